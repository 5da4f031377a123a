# SPDX-License-Identifier: EUPL-1.2
"""A member's first page: what is due, what is usual next, whom to ask."""

import datetime as dt
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from asskomm.core.clock import clock
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.people.interfaces.desk_boxes import due_deadlines
from asskomm.people.models import Account, Function
from asskomm.people.slots import DESK_ACTIONS, DESK_BOXES, FIRST_STEPS

_MORNING, _EVENING = 11, 18
_WEEK = dt.timedelta(days=7)


@login_required
def desk(request: ReaderRequest) -> HttpResponse:
    """Show the desk; whoever has no function yet is shown her access instead."""
    own = cast("Account", request.user)
    functions = list(Function.objects.on(clock.today()).filter(person=own.person_id).select_related("organisation", "deputy"))
    if not functions:
        return redirect("people:account")
    steps = [step for entry in FIRST_STEPS if (step := entry(request))]
    context = {
        "functions": functions,
        "greeting": f"{_greeting(clock.now())}, {own.person}.",
        "due": _due_this_week(request),
        "boxes": [box for entry in DESK_BOXES if (box := entry(request))],
        "actions": [action for action in DESK_ACTIONS if not action.rule or allowed(action.rule, request.principal)],
        "steps": steps if any(not step.done for step in steps) else [],
        "next_step": next((step for step in steps if not step.done), None),
    }
    return render(request, "people/desk.html", context)


def _greeting(now: dt.datetime) -> str:
    if now.hour < _MORNING:
        return _("Guten Morgen")
    return _("Guten Tag") if now.hour < _EVENING else _("Guten Abend")


def _due_this_week(request: ReaderRequest) -> str:
    count = sum(deadline.day <= clock.today() + _WEEK for deadline in due_deadlines(request))
    if not count:
        return _("Diese Woche ist nichts fällig.")
    return ngettext("Diese Woche ist %(count)d Sache fällig.", "Diese Woche sind %(count)d Sachen fällig.", count) % {"count": count}
