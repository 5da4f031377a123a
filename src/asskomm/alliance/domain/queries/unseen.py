# SPDX-License-Identifier: EUPL-1.2
"""When something was heard of a municipality last: for the state council and the municipality itself, never for others."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from asskomm.alliance.domain.queries.status import open_on
from asskomm.alliance.enums import Layer
from asskomm.alliance.models import Event, NextContact, Rhythm
from asskomm.core.clock import add_months
from asskomm.core.visibility import Principal
from asskomm.territory.models import Municipality


@dataclass(frozen=True)
class Heard:
    """A municipality, the day of its last event, and how often something should be heard."""

    place: Municipality
    day: dt.date
    rhythm: Rhythm


def rhythm_of(place: Municipality) -> Rhythm:
    """Give how often something should be heard of a municipality: every twelve months where nothing else is set."""
    plan = NextContact.objects.filter(municipality=place).first()
    return Rhythm(plan.rhythm) if plan else Rhythm.YEAR


def last_heard(place: Municipality, principal: Principal, on: dt.date) -> dt.date | None:
    """Give the day of the last event of a municipality that the reader may see, up to a day; `None` where there is none."""
    day: dt.date | None = links_seen(principal, on).filter(municipality=place).aggregate(day=Max("event__counts_from"))["day"]
    return day


def unseen_since_long(principal: Principal, on: dt.date, most: int | None = None) -> list[Heard]:
    """Give the municipalities of which nothing was heard for longer than their rhythm, the longest first, up to `most`.

    An agreement counts from its day, also one that came from a municipality that is no more.
    """
    heard = {row.place: row.since for row in open_on(on, principal) if row.layer == Layer.AGREEMENT} | _last_days(principal, on)
    rhythms = dict(NextContact.objects.values_list("municipality", "rhythm"))
    late = sorted((day, ags) for ags, day in heard.items() if day < add_months(on, -rhythms.get(ags, Rhythm.YEAR)))[:most]
    places = Municipality.objects.select_related("district", "organisation__profile").in_bulk([ags for _day, ags in late])
    return [Heard(places[ags], day, Rhythm(rhythms.get(ags, Rhythm.YEAR))) for day, ags in late]


def _last_days(principal: Principal, on: dt.date) -> dict[str, dt.date]:
    there = links_seen(principal, on).filter(municipality__in=Municipality.objects.on(on).order_by())
    return dict(there.values("municipality").annotate(day=Max("event__counts_from")).values_list("municipality", "day"))


def last_events(places: Iterable[Municipality], principal: Principal, on: dt.date) -> dict[str, Event]:
    """Give by municipality its last event that the reader may see."""
    links = links_seen(principal, on).filter(municipality__in=[place.ags for place in places]).order_by("event__counts_from", "event")
    last = dict(links.values_list("municipality", "event"))
    events = Event.objects.select_related("kind").in_bulk(last.values())
    return {ags: events[event] for ags, event in last.items()}


def links_seen(principal: Principal, on: dt.date) -> QuerySet[Event.municipalities.through]:  # type: ignore[name-defined] # -- made by Django
    """Give which event touches which municipality, of events up to a day that the reader may see."""
    seen = Event.objects.current().visible_to(principal).filter(counts_from__lte=on).order_by()
    return Event.municipalities.through.objects.filter(event__in=seen)
