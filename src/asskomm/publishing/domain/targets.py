# SPDX-License-Identifier: EUPL-1.2
"""Verbs: set what a figure is to reach by a day, and take it back."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.figures import FIGURES
from asskomm.core.visibility import Principal, require
from asskomm.publishing.models import FigureTarget

_TRAIL, _LARGEST = "targets", Decimal(10) ** 13


class TargetError(ValueError):
    """A target that cannot be; the message is a sentence."""


def set_target(figure: str, day: dt.date, value: Decimal, *, note: str = "", by: Principal) -> FigureTarget:
    """Set what a figure is to reach by a day; a second call for the same day puts the new value in place of the old one.

    Raises
    ------
        TargetError: no such figure, a day that has passed, or a value out of range.
        PermissionDenied: she may not.
    """
    require("publishing.set_targets", by)
    if figure not in FIGURES:
        raise TargetError(_("Diese Kennzahl gibt es nicht."))
    if day <= clock.today():
        raise TargetError(_("Der Tag muss in der Zukunft liegen."))
    if not 0 <= value < _LARGEST:
        raise TargetError(_("Das Ziel ist keine Zahl ab 0."))
    with transaction.atomic():
        target, new = FigureTarget.objects.update_or_create(figure=figure, day=day, defaults={"value": value, "note": note.strip()})
        record(_TRAIL, [target], Action.CREATED if new else Action.CHANGED, by=by)
    return target


def drop_target(target: FigureTarget, *, by: Principal) -> None:
    """Take a target back.

    Raises
    ------
        PermissionDenied: she may not.
    """
    require("publishing.set_targets", by)
    with transaction.atomic():
        record(_TRAIL, [target], Action.ENDED, by=by)
        target.delete()
