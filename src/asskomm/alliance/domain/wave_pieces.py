# SPDX-License-Identifier: EUPL-1.2
"""Cut the events of a wave into pieces, so that memory does not grow with the file and each part folds few municipalities."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from asskomm.alliance.models import Event, EventQuerySet

READ_AT_ONCE = 240
MOST_EVENTS, MOST_PLACES = 60, 8


@dataclass(frozen=True)
class Piece:
    """Some events, and the municipalities by which they were found; none for events that lie in no municipality."""

    events: Sequence[Event]
    places: Sequence[str]


def in_pieces(events: EventQuerySet) -> Iterator[Piece]:
    """Read events municipality after municipality; one of several municipalities may come more than once.

    Each piece is read when it is asked for, so it sees what the parts before it have written.
    """
    places = events.filter(municipalities__isnull=False).order_by("municipalities").values_list("municipalities", flat=True).distinct()
    yield from _read(events.filter(municipalities__isnull=True), [])
    for some in cut(list(places), MOST_PLACES):
        yield from _read(events.filter(municipalities__in=some), some)


def _read(events: EventQuerySet, places: Sequence[str]) -> Iterator[Piece]:
    """Read on from the last key, because what was read may be changed before the next piece is."""
    found, last = READ_AT_ONCE, 0
    while found == READ_AT_ONCE:
        rows = list(events.filter(pk__gt=last).prefetch_related("municipalities", "parties").order_by("pk")[:READ_AT_ONCE])
        found = len(rows)
        if rows:
            last = rows[-1].pk
            yield Piece(list({row.pk: row for row in rows}.values()), places)


def places_of(events: Iterable[Event]) -> set[str]:
    """Give where some events lie."""
    return {place.ags for event in events for place in event.municipalities.all()}


def together(events: Sequence[Event]) -> Iterator[list[Event]]:
    """Cut events into parts of few municipalities, because each part folds all of theirs."""
    part: list[Event] = []
    for event in sorted(events, key=lambda event: (min(places_of([event]), default=""), event.pk)):
        if part and (len(part) == MOST_EVENTS or len(places_of([*part, event])) > MOST_PLACES):
            yield part
            part = []
        part.append(event)
    if part:
        yield part


def cut(keys: Iterable[str], most: int) -> Iterator[list[str]]:
    """Cut keys into parts."""
    rest = iter(keys)
    while part := list(islice(rest, most)):
        yield part
