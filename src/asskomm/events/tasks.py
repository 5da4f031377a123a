# SPDX-License-Identifier: EUPL-1.2
"""The room's own jobs."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from asskomm.core.jobs import EachMinute, Runner, Scheduled, Task


def _lapse(run: Runner) -> Mapping[str, Any]:
    from asskomm.core.clock import clock
    from asskomm.events.domain.registering import pass_on
    from asskomm.events.models import Gathering, Registration, Seat

    overdue = Q(registrations__in=Registration.objects.overdue(clock.now())) | Q(registrations__seats__in=Seat.objects.overdue(clock.now()))
    gatherings = list(Gathering.objects.filter(overdue).distinct())
    for gathering in gatherings:
        pass_on(gathering)
    return {"gatherings": len(gatherings)}


def _tell(run: Runner) -> Mapping[str, Any]:
    from asskomm.events.domain.letters import say_called_off
    from asskomm.events.models import Registration

    rows = Registration.objects.open().filter(gathering__reference=run.arguments["gathering"]).exclude(email="").select_related("gathering").order_by("number")
    for number, row in enumerate(rows, 1):
        say_called_off(row)
        run.progress(number, len(rows))
    return {"told": len(rows)}


def _ask(run: Runner) -> Mapping[str, Any]:
    from asskomm.events.domain.letters import ask_how_it_was
    from asskomm.events.domain.queries.arriving import who_was_there
    from asskomm.events.models import Gathering

    gathering = Gathering.objects.get(reference=run.arguments["gathering"])
    rows = who_was_there(gathering)
    for number, row in enumerate(rows, 1):
        ask_how_it_was(row)
        run.progress(number, len(rows))
    return {"asked": len(rows)}


ASK = Task("events.ask_for_feedback", _("Um Rückmeldung bitten"), _ask)
TELL = Task("events.tell_called_off", _("Absage mitteilen"), _tell)
LAPSE = Task("events.lapse", _("Nicht bestätigte Plätze weitergeben"), _lapse)
LAPSE_EACH_MINUTE = Scheduled(LAPSE.key, EachMinute())
