# SPDX-License-Identifier: EUPL-1.2
"""How far a municipality is on its way, and for how long it has stood there beside others; for itself and the state council alone."""

import datetime as dt
from dataclasses import dataclass
from statistics import median

from asskomm.alliance.domain.queries.usual_next import UsualNext, usual_of
from asskomm.alliance.domain.queries.ways import STEPS, Compared, compared
from asskomm.alliance.models import Event, EventKind
from asskomm.core.clock import months_between
from asskomm.core.estimates import Estimate
from asskomm.core.visibility import Principal
from asskomm.territory.models import Municipality

_FEWEST = 3


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
    def is_long(self) -> bool:
        """Whether it has stood there for longer than half of the others did."""
        return self.usual is not None and (self.since.value or 0) > (self.usual.value or 0)


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


def _pace(found: Compared, kinds: dict[str, EventKind], on: dt.date) -> Pace | None:
    last = found.own.last
    if last is None:
        return None
    since = Estimate(max(0, months_between(last.day, on)), "months")
    return Pace(kinds[last.kind], since, _usual(found, last.kind), found.same_size)


def _usual(found: Compared, last: str) -> Estimate | None:
    stood = ((found.others[ags].taken(last), step) for ags, step in found.followed.items())
    months = [months_between(begun.day, step.day) for begun, step in stood if begun]
    return Estimate(median(months), "months", base=len(months)) if len(months) >= _FEWEST else None
