# SPDX-License-Identifier: EUPL-1.2
"""What this room puts on the desk: what is usual next, what waits for a confirmation, from whom nothing was heard."""

import datetime as dt

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from asskomm.alliance.domain.queries.contacts import due_contacts
from asskomm.alliance.domain.queries.unseen import unseen_since_long
from asskomm.alliance.domain.queries.usual_next import UsualNext, usual_next
from asskomm.alliance.enums import Confirmation
from asskomm.alliance.models import Event
from asskomm.core.clock import clock
from asskomm.core.visibility import ReaderRequest, Role, allowed
from asskomm.people.slots import FirstStep
from asskomm.territory.models import Municipality

_MOST, _MOST_PLACES, _AHEAD = 5, 3, dt.timedelta(days=28)
_OF_A_PLACE = (Role.COORDINATOR, Role.MAYOR, Role.DISTRICT)


def next_steps(request: ReaderRequest) -> str:
    """Show what municipalities of this size did next, with one example and its contact, for each of hers up to three."""
    own = list(Municipality.objects.on(clock.today()).filter(organisation__in=request.principal.organisations)[: _MOST_PLACES + 1])
    shown = [next_steps_of(request, place, usual_next(place, request.principal), named=len(own) > 1) for place in own[:_MOST_PLACES]]
    if len(own) > _MOST_PLACES:
        shown.append(render_to_string("alliance/box_more.html", {}, request))
    return mark_safe("".join(shown))  # noqa: S308 -- finished markup, each piece made by a template


def next_steps_of(request: ReaderRequest, place: Municipality, found: UsualNext, *, named: bool = False) -> str:
    """Show what was found for a municipality, with its name where it is one of several."""
    reached = [(step, _reached(step.place)) for step in found.steps]
    return render_to_string("alliance/box_next.html", {"found": found, "usual": reached, "place": place, "named": named}, request)


def _reached(place: Municipality) -> dict[str, str]:
    profile = getattr(getattr(place, "organisation", None), "profile", None)
    return dict(profile.as_read(member=True)) if profile else {}


def unconfirmed(request: ReaderRequest) -> str:
    """Show the state council what was reported and waits for its confirmation."""
    if not allowed("alliance.confirm_event", request.principal):
        return ""
    waiting = Event.objects.current().visible_to(request.principal).filter(status=Confirmation.REPORTED).for_reading()
    return render_to_string("alliance/box_unconfirmed.html", {"events": list(waiting[:_MOST])}, request)


def unheard(request: ReaderRequest) -> str:
    """Show the state council from whom nothing was heard for long."""
    if not allowed("alliance.see_unseen", request.principal):
        return ""
    places = unseen_since_long(request.principal, clock.today(), _MOST)
    return render_to_string("alliance/box_unseen.html", {"places": places}, request)


def not_in_yet(request: ReaderRequest) -> str:
    """Show the state council with whom it speaks in the next weeks."""
    if not allowed("alliance.plan_contacts", request.principal):
        return ""
    today = clock.today()
    return render_to_string("alliance/box_not_in_yet.html", {"due": due_contacts(today + _AHEAD)[:_MOST], "today": today}, request)


def first_event_step(request: ReaderRequest) -> FirstStep | None:
    """Let her enter the first event, for whichever of her houses."""
    if not request.principal.has(*_OF_A_PLACE) or not allowed("alliance.enter_events", request.principal):
        return None
    done = Event.objects.filter(owner__in=request.principal.organisations).exists()
    return FirstStep(_("Tragen Sie Ihr erstes Ereignis ein."), reverse("alliance:enter"), done)
