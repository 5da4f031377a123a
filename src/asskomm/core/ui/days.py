# SPDX-License-Identifier: EUPL-1.2
"""Days in the address line: read in one way on every page."""

import datetime as dt

from django.http import HttpRequest
from django.utils.translation import gettext as _

from asskomm.core.clock import Precision, Span, SpanError, clock


class ParameterError(ValueError):
    """A parameter in the address that cannot be read; the message is a sentence."""


def day_from(request: HttpRequest, name: str = "stand") -> dt.date:
    """Give the day of a parameter, today without one.

    Raises
    ------
        ParameterError: it is no day, or one outside of what can be asked.
    """
    text = request.GET.get(name, "").strip()
    return read_day(text) if text else clock.today()


def optional_day(request: HttpRequest, name: str) -> dt.date | None:
    """Give the day of a parameter or nothing.

    Raises
    ------
        ParameterError: as `day_from`.
    """
    text = request.GET.get(name, "").strip()
    return read_day(text) if text else None


def read_day(text: str, *, future: bool = True) -> dt.date:
    """Read a day between 1990 and ten years from now, or until today.

    Raises
    ------
        ParameterError: it is none.
    """
    try:
        span = Span.parse(text)
    except SpanError as fault:
        raise ParameterError(str(fault)) from None
    if span.precision is not Precision.DAY:
        raise ParameterError(_("„%(value)s“ ist kein Tag. Schreiben Sie zum Beispiel 14.09.2023.") % {"value": text})
    if not dt.date(1990, 1, 1) <= span.first <= clock.today() + dt.timedelta(days=3653):
        raise ParameterError(_("Der Tag muss zwischen 1990 und in zehn Jahren liegen."))
    if not future and span.first > clock.today():
        raise ParameterError(_("Der Tag liegt in der Zukunft."))
    return span.first
