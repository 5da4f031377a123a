# SPDX-License-Identifier: EUPL-1.2
"""Days and pages in the address line: read in one way on every page."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from asskomm.core.clock import Precision, Span, SpanError, clock

PAGE_SIZE = 50
_DIGITS = 6


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


def read_day(text: str) -> dt.date:
    """Read a day between 1990 and ten years from now.

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
        raise ParameterError(_("Der Stand muss zwischen 1990 und in zehn Jahren liegen."))
    return span.first


def page_of(request: HttpRequest, rows: object, size: int = PAGE_SIZE) -> "Page[object]":
    """Give the page of a list that the address asks for.

    Raises
    ------
        ParameterError: the number is none.
    """
    return Paginator(rows, size).get_page(_page_number(request))  # type: ignore[arg-type] # -- Django takes whatever can be counted and sliced


@dataclass(frozen=True)
class Stretch:
    """A page of a list that nobody counted: it costs what it shows, however long the list is."""

    object_list: Sequence[object]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before."""
        return self.number > 1

    @property
    def previous_page_number(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        """The number of the next page."""
        return self.number + 1

    def __iter__(self) -> Iterator[object]:
        """Give the rows."""
        return iter(self.object_list)


def stretch_of(request: HttpRequest, rows: QuerySet[Any], size: int = PAGE_SIZE) -> Stretch:
    """Give the page of a long list without counting it.

    Raises
    ------
        ParameterError: the number is none.
    """
    number = _page_number(request)
    found = list(rows[(number - 1) * size : number * size + 1])
    return Stretch(found[:size], number, len(found) > size)


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("seite", "1")
    if not text.isdecimal() or len(text) > _DIGITS or int(text) < 1:
        raise ParameterError(_("„%(value)s“ ist keine Seitenzahl.") % {"value": text})
    return int(text)
