# SPDX-License-Identifier: EUPL-1.2
"""Rows behind a figure, from events."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from asskomm.alliance.domain.queries.readable import readable
from asskomm.alliance.models import Event, EventQuerySet
from asskomm.core.clock import Precision, Span
from asskomm.core.figures import Evidence, Question


class EventRow(NamedTuple):
    """What a row shows of an event; no more is read, because there are many."""

    reference: str
    kind: str
    first_day: dt.date
    precision: str
    source: str
    example: bool


class PlaceRow(NamedTuple):
    """What a row shows of a municipality."""

    ags: str
    name: str
    district: str


EVENT_COLUMNS = ("reference", "kind__name", "first_day", "precision", "source", "example")
PLACE_COLUMNS = ("ags", "name", "district__name")


def evidence(event: EventRow, places: Iterable[PlaceRow]) -> Evidence:
    """Give the row of an event for some municipalities."""
    named = sorted(places, key=lambda place: place.name)
    return _evidence(
        event,
        label=", ".join(place.name for place in named),
        place=named[0].ags if len(named) == 1 else "",
        district=", ".join(sorted({place.district for place in named})),
    )


def evidence_of_state(event: Event) -> Evidence:
    """Give the row of an event of the whole state; fetched by `with_parties`."""
    row = EventRow(event.reference, event.kind.name, event.first_day, event.precision, event.source, event.example)
    return _evidence(row, label=", ".join(body.name for body in event.parties.all()) or str(event.kind))


def with_parties(events: EventQuerySet) -> EventQuerySet:
    """Fetch along what the row of an event of the whole state shows."""
    return events.select_related("kind").prefetch_related("parties")


def _evidence(event: EventRow, *, label: str, place: str = "", district: str = "") -> Evidence:
    return Evidence(
        label=label,
        date=str(Span(event.first_day, Precision(event.precision))),
        event=event.reference,
        url=reverse("alliance:event", args=[event.reference]),
        kind=_(event.kind),
        place=place,
        district=district,
        source=event.source,
        example=event.example,
    )


def sources_of(events: Iterable[Event], question: Question) -> tuple[str, ...]:
    """Give the sources that the reader may know; the value counts everything, its words do not."""
    told = {event.pk: event.source for event in events if event.source}
    seen = readable(told, question.reader)
    return tuple(dict.fromkeys(source for key, source in told.items() if key in seen))
