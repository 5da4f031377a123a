# SPDX-License-Identifier: EUPL-1.2
"""From dated events to intervals of status: the one place that knows what an event changes."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

FOREVER = dt.date.max


@dataclass(frozen=True)
class Fact:
    """What folding needs of one event for one municipality.

    Args:
        event: key of the event.
        place: key of the municipality as named on the event.
        day: day from which the event counts.
        begins: layers that it begins.
        ends: layers that it ends.
        visibility: level of the event.
        owner: organisation that recorded it.
        partners: organisations named for the level "partners".
        example: whether it is made up.
    """

    event: int
    place: str
    day: dt.date
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    visibility: str = "public"
    owner: int = 0
    partners: frozenset[int] = frozenset()
    example: bool = False


@dataclass(frozen=True)
class Life:
    """The days on which a municipality exists, and into which one it went: `None` if it still exists."""

    start: dt.date
    end: dt.date
    successor: str | None = None


@dataclass(frozen=True, order=True)
class Interval:
    """A municipality stands in a layer from `start` until before `end`."""

    place: str
    layer: str
    event: int
    start: dt.date
    end: dt.date
    since: dt.date
    example: bool


def fold(place: str, facts: Sequence[Fact], lives: Mapping[str, Life]) -> list[Interval]:
    """Fold the facts of a municipality and of all that went into it into its intervals.

    A municipality takes over what the other held on the day of the merger; from then on its own events end that too.
    On one day the beginning wins over the end.
    """
    handed_over = {source: _heirs(source, lives) for source in {fact.place for fact in facts}}
    after = _after(lives[place])
    intervals = []
    for fact in facts:
        held_since = handed_over[fact.place]
        for layer in fact.begins if fact.day < after else ():
            start = max(fact.day, held_since[place])
            end = max(start, min(_closed(layer, fact.day, facts, held_since), after))
            intervals.append(Interval(place, layer, fact.event, start, end, fact.day, fact.example))
    return intervals


def _after(life: Life) -> dt.date:
    return life.end + dt.timedelta(days=1) if life.end < FOREVER else FOREVER


def _heirs(place: str, lives: Mapping[str, Life]) -> dict[str, dt.date]:
    """Give from which day on a municipality and its heirs hold what began there."""
    since: dict[str, dt.date] = {place: dt.date.min}
    while (successor := lives[place].successor) is not None:
        since[successor] = _after(lives[place])
        place = successor
    return since


def _closed(layer: str, begun: dt.date, facts: Sequence[Fact], held_since: Mapping[str, dt.date]) -> dt.date:
    return min((f.day for f in facts if layer in f.ends and f.day > begun and f.day >= held_since.get(f.place, FOREVER)), default=FOREVER)


def audiences(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Sort facts by who sees them: all, alliance, public, and each organisation that sees more than the alliance."""
    known = list(facts)
    allied = [f for f in known if f.visibility in ("public", "alliance")]
    narrow = [f for f in known if f.visibility in ("private", "partners")]
    seen = {"all": known, "alliance": allied, "public": [f for f in allied if f.visibility == "public"]}
    insiders = {f.owner for f in narrow} | {partner for f in narrow if f.visibility == "partners" for partner in f.partners}
    for organisation in sorted(insiders):
        seen[f"org:{organisation}"] = [f for f in known if f in allied or _inside(f, organisation)]
    return seen


def _inside(fact: Fact, organisation: int) -> bool:
    return fact.owner == organisation or (fact.visibility == "partners" and organisation in fact.partners)
