# SPDX-License-Identifier: EUPL-1.2
"""The room's own jobs."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from asskomm.core.jobs import EachMinute, EachNight, Runner, Scheduled, Task


def _lapse(run: Runner) -> Mapping[str, Any]:
    from asskomm.core.clock import clock
    from asskomm.events.domain.registering import pass_on
    from asskomm.events.models import Gathering, Registration, Seat

    overdue = Q(registrations__in=Registration.objects.overdue(clock.now())) | Q(registrations__seats__in=Seat.objects.overdue(clock.now()))
    gatherings, faults = list(Gathering.objects.filter(overdue).distinct()), []
    for gathering in gatherings:
        try:
            pass_on(gathering)
        except Exception as fault:  # noqa: BLE001 -- one must not hold up those after it; the job fails when all have had their turn
            faults.append(fault)
            run.say(f"{gathering}: {fault}")
    if faults:
        raise faults[0]
    return {"gatherings": len(gatherings)}


def _tell(run: Runner) -> Mapping[str, Any]:
    from asskomm.events.domain.invitation_letters import say_contribution_off
    from asskomm.events.domain.letters import say_called_off
    from asskomm.events.domain.stand_letters import say_stand_off
    from asskomm.events.models import Invitation, Registration, Stand

    rows = Registration.objects.open().filter(gathering__reference=run.arguments["gathering"]).exclude(email="").select_related("gathering").order_by("number")
    for number, row in enumerate(rows, 1):
        say_called_off(row)
        run.progress(number, len(rows))
    asked = Invitation.objects.awaited().with_all().filter(session__gathering__reference=run.arguments["gathering"]).order_by("speaker__email", "pk")
    for invitation in asked:
        say_contribution_off(invitation)
    shown = Stand.objects.awaited().with_all().filter(fair__gathering__reference=run.arguments["gathering"]).order_by("email", "pk")
    for stand in shown:
        say_stand_off(stand)
    return {"told": len(rows) + len(asked) + len(shown) + _tell_proposers(run.arguments["gathering"])}


def _tell_moved(run: Runner) -> Mapping[str, Any]:
    from asskomm.core.clock import clock
    from asskomm.events.domain.letters import say_moved
    from asskomm.events.models import Gathering, Registration

    gathering = Gathering.objects.get(reference=run.arguments["gathering"])
    if not gathering.is_ahead(clock.now()):
        return {"told": 0}  # called off meanwhile
    rows = list(Registration.objects.open().filter(gathering=gathering).exclude(email="").select_related("gathering").order_by("number"))
    for number, row in enumerate(rows, 1):
        say_moved(row, run.arguments["change"])
        run.progress(number, len(rows))
    return {"told": len(rows)}


def _tell_proposers(reference: str) -> int:
    """Tell whoever still waits for a word on her proposal; give how many."""
    from asskomm.events.domain.proposal_letters import say_proposal_off
    from asskomm.events.enums import ProposalState
    from asskomm.events.models import Proposal

    undecided = Proposal.objects.with_all().filter(call__gathering__reference=reference, state__in=(ProposalState.SUBMITTED, ProposalState.WAITING))
    rows = list(undecided.order_by("email", "pk"))
    for proposal in rows:
        say_proposal_off(proposal)
    return len(rows)


def _remind(run: Runner) -> Mapping[str, Any]:
    from asskomm.events.domain.inviting import remind_speakers

    return {"reminded": remind_speakers()}


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


def _tell_assigned(run: Runner) -> Mapping[str, Any]:
    from asskomm.events.domain.letters import say_assigned
    from asskomm.events.enums import RegistrationState
    from asskomm.events.models import Registration

    wished = Registration.objects.filter(gathering__reference=run.arguments["gathering"], state=RegistrationState.CONFIRMED, wishes__isnull=False)
    rows = list(wished.distinct().select_related("gathering", "brought_by").order_by("number"))
    for number, row in enumerate(rows, 1):
        say_assigned(row)
        run.progress(number, len(rows))
    return {"told": len(rows)}


def _invite_region(run: Runner) -> Mapping[str, Any]:
    from asskomm.core.clock import clock
    from asskomm.events.domain.regional import Region, recipients_of, say_invited
    from asskomm.events.models import Gathering

    gathering = Gathering.objects.select_related("owner").get(reference=run.arguments["gathering"])
    if not gathering.is_ahead(clock.now()):
        return {"invited": 0}  # called off meanwhile
    accounts = recipients_of(Region(run.arguments["districts"], run.arguments["sizes"]), run.principal).accounts
    for number, account in enumerate(accounts, 1):
        say_invited(gathering, account)
        run.progress(number, len(accounts))
    return {"invited": len(accounts)}


def _register_speakers(run: Runner) -> Mapping[str, Any]:
    from asskomm.events.domain.registering_speakers import register_speakers
    from asskomm.events.models import Gathering

    gathering = Gathering.objects.filter(reference=run.arguments["gathering"], places__contingent="").first()
    return {"registered": len(register_speakers(gathering, by=run.principal)) if gathering else 0}  # nobody registers any more


REGISTER_SPEAKERS = Task("events.register_speakers", _("Mitwirkende anmelden"), _register_speakers)
INVITE_REGION = Task("events.invite_region", _("Kommunen einladen"), _invite_region)
TELL_ASSIGNED = Task("events.tell_assigned", _("Zugeteilte Workshops mitteilen"), _tell_assigned)
ASK = Task("events.ask_for_feedback", _("Um Rückmeldung bitten"), _ask)
TELL = Task("events.tell_called_off", _("Absage mitteilen"), _tell)
TELL_MOVED = Task("events.tell_moved", _("Neue Zeit oder neuen Ort mitteilen"), _tell_moved)
LAPSE = Task("events.lapse", _("Nicht bestätigte Plätze weitergeben"), _lapse)
LAPSE_EACH_MINUTE = Scheduled(LAPSE.key, EachMinute())
REMIND = Task("events.remind_speakers", _("Mitwirkende an ihre Antwort erinnern"), _remind)
REMIND_EACH_MORNING = Scheduled(REMIND.key, EachNight(dt.time(7)))
ALL = (LAPSE, TELL, TELL_MOVED, TELL_ASSIGNED, INVITE_REGION, ASK, REMIND, REGISTER_SPEAKERS)
