# SPDX-License-Identifier: EUPL-1.2
"""Events as they are known now, filtered, for programs."""

import datetime as dt
from dataclasses import dataclass

from asskomm.alliance.models import Event, EventQuerySet
from asskomm.core.visibility import Principal
from asskomm.territory.domain.queries.history import with_predecessors


@dataclass(frozen=True)
class EventFilters:
    """What is wanted; empty means all.

    Args:
        kind: key of a kind.
        place: key of a municipality; what happened in those that went into it is its own.
        start: what ended before this day is left out.
        end: what begins after this day is left out.
    """

    kind: str = ""
    place: str = ""
    start: dt.date | None = None
    end: dt.date | None = None


def events_of(principal: Principal, filters: EventFilters) -> EventQuerySet:
    """Give the open versions that the reader may see, newest first."""
    rows = Event.objects.current().visible_to(principal).for_reading()
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.place:
        line = [place.ags for line in with_predecessors([filters.place]).values() for place in line]
        rows = rows.filter(pk__in=Event.municipalities.through.objects.filter(municipality__in=line).values("event"))
    if filters.start:
        rows = rows.filter(counts_from__gte=filters.start)
    return rows.filter(first_day__lte=filters.end) if filters.end else rows
