# SPDX-License-Identifier: EUPL-1.2
"""What this room puts on the desk: what is usual next, what waits for a confirmation, from whom nothing was heard."""

import datetime as dt

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from asskomm.alliance.domain.queries.contacts import due_contacts
from asskomm.alliance.domain.queries.unseen import unseen_since_long
from asskomm.alliance.domain.queries.usual_next import usual_next
from asskomm.alliance.enums import Confirmation
from asskomm.alliance.models import Event
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, ReaderRequest, allowed
from asskomm.people.slots import FirstStep
from asskomm.territory.models import Municipality

_MOST, _AHEAD = 5, dt.timedelta(days=28)


def _own_place(principal: Principal) -> Municipality | None:
    """Give the municipality in which she serves; who serves in several sees what is usual on their pages."""
    own = list(Municipality.objects.on(clock.today()).filter(organisation__in=principal.organisations)[:2])
    return own[0] if len(own) == 1 else None


def next_steps(request: ReaderRequest) -> str:
    """Show what municipalities of this size did next, with one example and its contact."""
    place = _own_place(request.principal)
    return next_steps_of(request, place) if place else ""


def next_steps_of(request: ReaderRequest, place: Municipality) -> str:
    """Show the same for a municipality."""
    found = usual_next(place, request.principal)
    reached = [(step, _reached(step.place)) for step in found.steps]
    return render_to_string("alliance/box_next.html", {"found": found, "usual": reached, "place": place}, request)


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
    """Let her enter the first event."""
    place = _own_place(request.principal)
    if place is None or not allowed("alliance.enter_events", request.principal):
        return None
    done = Event.objects.filter(owner__in=request.principal.organisations).exists()
    return FirstStep(_("Tragen Sie Ihr erstes Ereignis ein."), reverse("alliance:enter"), done)
