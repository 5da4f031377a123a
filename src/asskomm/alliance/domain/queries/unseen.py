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


def last_heard(place: Municipality, principal: Principal, on: dt.date) -> dt.date | None:
    """Give the day of the last event of a municipality that the reader may see, up to a day; `None` where there is none."""
    day: dt.date | None = _links(principal, on).filter(municipality=place).aggregate(day=Max("event__counts_from"))["day"]
    return day


def unseen_since_long(principal: Principal, on: dt.date, most: int | None = None) -> list[Heard]:
    """Give the municipalities of a day with events whose last one lies twelve months back, the longest first, up to `most`."""
    there = _links(principal, on).filter(municipality__in=Municipality.objects.on(on).order_by())
    last = there.values("municipality").annotate(day=Max("event__counts_from")).filter(day__lt=add_months(on, -LONG)).order_by("day", "municipality")
    long_ago = dict(last.values_list("municipality", "day")[:most])
    places = Municipality.objects.select_related("district", "organisation__profile").in_bulk(long_ago)
    return [Heard(places[ags], day) for ags, day in long_ago.items()]


def last_events(places: Iterable[Municipality], principal: Principal, on: dt.date) -> dict[str, Event]:
    """Give by municipality its last event that the reader may see."""
    links = _links(principal, on).filter(municipality__in=[place.ags for place in places]).order_by("event__counts_from", "event")
    last = dict(links.values_list("municipality", "event"))
    events = Event.objects.select_related("kind").in_bulk(last.values())
    return {ags: events[event] for ags, event in last.items()}


def _links(principal: Principal, on: dt.date) -> QuerySet[Event.municipalities.through]:  # type: ignore[name-defined] # -- made by Django
    seen = Event.objects.current().visible_to(principal).filter(counts_from__lte=on).order_by()
    return Event.municipalities.through.objects.filter(event__in=seen)
