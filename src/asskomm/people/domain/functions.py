# SPDX-License-Identifier: EUPL-1.2
"""Verbs: say on what terms a function is held and who stands in, and end it."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, require
from asskomm.people.domain.accounts import TRAIL, AppointmentError, check_terms
from asskomm.people.domain.queries.responsibility import may_stand_in
from asskomm.people.models import Function, Person


def change_function(function: Function, *, title: str, share: Decimal | None, funded_until: dt.date | None, deputy: Person | None, by: Principal) -> Function:
    """Say what a function is called, what pays for it until when, and who stands in.

    Raises
    ------
        AppointmentError: the share is none, or the deputy does not serve in the same organisation.
        PermissionDenied: she may not.
    """
    require("people.change_function", by, function)
    check_terms(start=function.start, end=function.end, share=share)
    if deputy is not None and not may_stand_in(function, clock.today()).filter(pk=deputy.pk).exists():
        raise AppointmentError(_("Vertreten kann nur, wer selbst eine Funktion in „%(organisation)s“ hat.") % {"organisation": function.organisation})
    with transaction.atomic():
        locked = Function.objects.select_for_update().get(pk=function.pk)
        locked.title, locked.share, locked.funded_until, locked.deputy = title, share, funded_until, deputy
        locked.save(update_fields=["title", "share", "funded_until", "deputy"])
        record(TRAIL, [locked.person], Action.CHANGED, by=by)
    return locked


def end_function(function: Function, *, last_day: dt.date, by: Principal) -> Function:
    """Let a function end; every right that follows from it is gone on the day after.

    Raises
    ------
        AppointmentError: it begins later, or has ended already.
        PermissionDenied: she may not.
    """
    require("people.end_function", by, function)
    with transaction.atomic():
        locked = Function.objects.select_for_update().select_related("person").get(pk=function.pk)
        if last_day < locked.start:
            raise AppointmentError(_("Die Funktion beginnt erst am %(day)s.") % {"day": f"{locked.start:%d.%m.%Y}"})
        if locked.end is not None and locked.end <= min(last_day, clock.today()):
            raise AppointmentError(_("Die Funktion endete schon am %(day)s.") % {"day": f"{locked.end:%d.%m.%Y}"})
        locked.end = last_day
        locked.save(update_fields=["end"])
        record(TRAIL, [locked.person], Action.ENDED, by=by)
    return locked
