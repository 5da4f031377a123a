# SPDX-License-Identifier: EUPL-1.2
"""What happened to a municipality: its events, those of its predecessors included."""

import datetime as dt

from django.db.models import QuerySet

from asskomm.alliance.domain.queries.status import open_on
from asskomm.alliance.models import Event
from asskomm.core.visibility import Principal
from asskomm.territory.domain.queries.history import with_predecessors
from asskomm.territory.models import Municipality


def journey(place: Municipality, principal: Principal) -> QuerySet[Event]:
    """Give the events that the reader may see, newest first, up to the last day of a former municipality."""
    line = with_predecessors([place.ags])[place.ags]
    keys = Event.municipalities.through.objects.filter(municipality__in=[m.ags for m in line]).values("event")
    return Event.objects.current().visible_to(principal).filter(pk__in=keys, first_day__lte=place.valid_to).for_reading()


def leading_sentence(place: Municipality, principal: Principal, on: dt.date) -> dict[str, Event]:
    """Give for each layer that is open on a day its earliest visible opening event."""
    first: dict[str, int] = {}
    for found in sorted(open_on(on, principal, places=[place.ags]), key=lambda found: (found.since, found.event)):
        first.setdefault(found.layer, found.event)
    events = Event.objects.in_bulk(list(first.values()))
    return {layer: events[event] for layer, event in first.items()}
