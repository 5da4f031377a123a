# SPDX-License-Identifier: EUPL-1.2
"""Rows behind a figure, from events."""

from collections.abc import Iterable

from asskomm.alliance.domain.queries.readable import readable
from asskomm.alliance.models import Event
from asskomm.core.figures import Evidence, Question
from asskomm.territory.models import Municipality

EVENT_COLUMNS = ("reference", "kind__name", "first_day", "precision", "source", "example")
"""What a row shows of an event with named places."""


def evidence(event: Event, places: Iterable[Municipality] = ()) -> Evidence:
    """Give the row of an event, for some places or for the state."""
    named = sorted(places, key=lambda m: m.name)
    return Evidence(
        label=", ".join(m.name for m in named) or ", ".join(o.name for o in event.parties.all()) or str(event.kind),
        date=str(event.span),
        event=event.reference,
        kind=str(event.kind),
        place=named[0].ags if len(named) == 1 else "",
        district=", ".join(sorted({m.district.name for m in named})),
        source=event.source,
        example=event.example,
    )


def sources_of(events: Iterable[Event], question: Question) -> tuple[str, ...]:
    """Give the sources that the reader may know; the value counts everything, its words do not."""
    told = {event.pk: event.source for event in events if event.source}
    seen = readable(told, question.reader)
    return tuple(dict.fromkeys(source for key, source in told.items() if key in seen))
