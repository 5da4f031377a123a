# SPDX-License-Identifier: EUPL-1.2
"""How far a municipality is on its way, and for how long it has stood there beside others; for itself and the state council alone."""

import datetime as dt
from dataclasses import dataclass
from statistics import median

from asskomm.alliance.domain.queries.usual_next import UsualNext, usual_of
from asskomm.alliance.domain.queries.ways import FEWEST, STEPS, Compared, Way, compared, everyone
from asskomm.alliance.models import Event, EventKind
from asskomm.core.clock import months_between
from asskomm.core.estimates import Estimate
from asskomm.core.visibility import Principal
from asskomm.territory.models import Municipality


@dataclass(frozen=True)
class Pace:
    """For how long a municipality has stood at its last step.

    Args:
        after: the kind of that step.
        since: whole months since then.
        usual: after how many whole months others took their next step, the median; its base are those others. `None` where they are fewer than three.
        same_size: whether only municipalities of the same size class are among them.
    """

    after: EventKind
    since: Estimate
    usual: Estimate | None
    same_size: bool

    @property
    def beyond(self) -> float:
        """How many months it has stood there longer than half of the others did; negative where it has not, 0 where they are too few."""
        return (self.since.value or 0) - (self.usual.value or 0) if self.usual else 0

    @property
    def is_long(self) -> bool:
        """Whether it has stood there for longer than half of the others did."""
        return self.beyond > 0


@dataclass(frozen=True)
class Line:
    """A step of the list: the event with which it was taken, or whether it is usual next."""

    kind: EventKind
    taken: Event | None
    is_usual: bool


@dataclass(frozen=True)
class Progress:
    """All of it; `pace` is `None` where no step was taken yet."""

    lines: tuple[Line, ...]
    pace: Pace | None
    usual: UsualNext


def progress(place: Municipality, principal: Principal, on: dt.date) -> Progress:
    """Give how far a municipality is on a day, by the events that the reader may see."""
    found = compared(place, principal)
    usual, kinds = usual_of(found), EventKind.objects.in_bulk(STEPS)
    events = Event.objects.in_bulk([step.event for step in found.own.firsts])
    taken = {step.kind: events[step.event] for step in found.own.firsts}
    next_kinds = {step.kind.key for step in usual.steps}
    lines = tuple(Line(kinds[key], taken.get(key), key in next_kinds) for key in STEPS)
    return Progress(lines, _pace(found, kinds, on), usual)


@dataclass(frozen=True)
class Slow:
    """A municipality that has stood at its last step for longer than half of the others did."""

    place: Municipality
    pace: Pace


def slow_steps(principal: Principal, on: dt.date, most: int) -> list[Slow]:
    """Give the municipalities that have stood at a step for longer than usual on a day, those that are the most beyond it first; for the state council.

    Whoever took the same steps and is of the same size is compared with the same others, which is worked out once.
    """
    them, kinds = everyone(principal), EventKind.objects.in_bulk(STEPS)
    known: dict[tuple[str, frozenset[str], int], tuple[Estimate | None, bool]] = {}
    paces: dict[str, Pace] = {}
    for ags, way in them.ways.items():
        if way.last is None or ags not in them.sizes:
            continue
        key = (way.last.kind, way.done, them.sizes[ags])
        if key not in known:
            found = them.beside(way, them.sizes[ags])
            known[key] = (_usual(found, way.last.kind), found.same_size)
        paces[ags] = Pace(kinds[way.last.kind], _since(way, on), *known[key])
    late = sorted((ags for ags, pace in paces.items() if pace.is_long), key=lambda ags: (-paces[ags].beyond, ags))[:most]
    places = Municipality.objects.in_bulk(late)
    return [Slow(places[ags], paces[ags]) for ags in late]


def _pace(found: Compared, kinds: dict[str, EventKind], on: dt.date) -> Pace | None:
    last = found.own.last
    if last is None:
        return None
    return Pace(kinds[last.kind], _since(found.own, on), _usual(found, last.kind), found.same_size)


def _since(way: Way, on: dt.date) -> Estimate:
    return Estimate(max(0, months_between(way.last.day, on)) if way.last else None, "months")


def _usual(found: Compared, last: str) -> Estimate | None:
    stood = ((found.others[ags].taken(last), step) for ags, step in found.followed.items())
    months = [months_between(begun.day, step.day) for begun, step in stood if begun]
    return Estimate(median(months), "months", base=len(months)) if len(months) >= FEWEST else None
