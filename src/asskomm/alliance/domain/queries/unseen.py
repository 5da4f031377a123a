# SPDX-License-Identifier: EUPL-1.2
"""When something was heard of a municipality last: for the state council and the municipality itself, never for others."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from asskomm.alliance.models import Event
from asskomm.core.clock import add_months
from asskomm.core.visibility import Principal
from asskomm.territory.models import Municipality

LONG = 12
"""Months without an event after which a municipality is named."""


@dataclass(frozen=True)
class Heard:
    """A municipality and the day of its last event."""

    place: Municipality
    day: dt.date


def last_heard(principal: Principal, on: dt.date) -> dict[str, dt.date]:
    """Give by municipality the day of its last event that the reader may see, up to a day."""
    rows = _links(principal, on).values("municipality").annotate(day=Max("event__counts_from")).order_by()
    return dict(rows.values_list("municipality", "day"))


def unseen_since_long(principal: Principal, on: dt.date) -> list[Heard]:
    """Give the municipalities of a day with events whose last one lies twelve months back, the longest first."""
    limit = add_months(on, -LONG)
    long_ago = {ags: day for ags, day in last_heard(principal, on).items() if day < limit}
    places = Municipality.objects.on(on).filter(ags__in=long_ago).select_related("district", "organisation__profile")
    return sorted((Heard(place, long_ago[place.ags]) for place in places), key=lambda heard: (heard.day, heard.place.ags))


def last_events(places: Iterable[Municipality], principal: Principal, on: dt.date) -> dict[str, Event]:
    """Give by municipality its last event that the reader may see."""
    links = _links(principal, on).filter(municipality__in=[place.ags for place in places]).order_by("event__counts_from", "event")
    last = dict(links.values_list("municipality", "event"))
    events = Event.objects.select_related("kind").in_bulk(last.values())
    return {ags: events[event] for ags, event in last.items()}


def _links(principal: Principal, on: dt.date) -> QuerySet[Event.municipalities.through]:  # type: ignore[name-defined] # -- made by Django
    seen = Event.objects.current().visible_to(principal).filter(counts_from__lte=on).order_by()
    return Event.municipalities.through.objects.filter(event__in=seen)
