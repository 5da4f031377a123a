# SPDX-License-Identifier: EUPL-1.2
"""The ways of municipalities: which step each took when, and with whom one of them can be compared."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from asskomm.alliance.models import Event
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal
from asskomm.territory.models import Municipality

STEPS = (
    "consultation",
    "council_resolution",
    "agreement_signed",
    "council_constituted",
    "coordinator_hired",
    "coaching_started",
    "analysis_started",
    "analysis_presented",
    "strategy_adopted",
    "project_started",
    "report_published",
)
"""Kinds that are steps on the way; all others may come at any time."""
FEWEST = 3
"""Municipalities that others are compared with are at least so many."""
_SAME_STEP = {"first_contact": "consultation", "model_municipality": "consultation", "council_reactivated": "council_constituted"}


@dataclass(frozen=True)
class Step:
    """The first time that a municipality took a step.

    Args:
        kind: one of `STEPS`.
        event: key of the event.
        day: its first day.
    """

    kind: str
    event: int
    day: dt.date


@dataclass(frozen=True)
class Way:
    """The first event of each step of one municipality, in order."""

    firsts: tuple[Step, ...] = ()

    @classmethod
    def of(cls, rows: Iterable[tuple[dt.date, int, str]]) -> Self:
        """Keep the first event of each step."""
        firsts: dict[str, Step] = {}
        for day, event, kind in sorted(rows):
            step = _SAME_STEP.get(kind, kind)
            firsts.setdefault(step, Step(step, event, day))
        return cls(tuple(firsts.values()))

    @property
    def last(self) -> Step | None:
        """The step taken last."""
        return self.firsts[-1] if self.firsts else None

    @property
    def done(self) -> frozenset[str]:
        """The kinds of the steps taken."""
        return frozenset(step.kind for step in self.firsts)

    def taken(self, kind: str) -> Step | None:
        """Give the step of a kind; `None` where it was not taken."""
        return next((step for step in self.firsts if step.kind == kind), None)

    def after(self, kind: str | None, without: frozenset[str]) -> Step | None:
        """Give the first new step that came after a step; `None` where it was not taken or nothing came."""
        steps = iter(self.firsts)
        if kind is not None and not any(step.kind == kind for step in steps):  # goes on behind it below
            return None
        return next((step for step in steps if step.kind not in without), None)


@dataclass(frozen=True)
class Compared:
    """A municipality beside those that stood where it stands and went on.

    Args:
        own: its way.
        others: the ways of those, by key.
        followed: the step that each of them took next.
        same_size: whether only municipalities of the same size class are among them, because there were enough.
    """

    own: Way
    others: Mapping[str, Way]
    followed: Mapping[str, Step]
    same_size: bool


@dataclass(frozen=True)
class Everyone:
    """The ways of all that a reader may see, and the size class of each municipality of today."""

    ways: Mapping[str, Way]
    sizes: Mapping[str, int]

    def beside(self, own: Way, size: int) -> Compared:
        """Compare a way with those that stood where it ends and went on; with all sizes where fewer than three of the same size did.

        Whoever took the same steps is not among them, and neither is the way itself.
        """
        alike = self._followed(own, {size})
        same_size = len(alike) >= FEWEST
        return Compared(own, self.ways, alike if same_size else self._followed(own, set(self.sizes.values())), same_size)

    def _followed(self, own: Way, sizes: Collection[int]) -> dict[str, Step]:
        last, done = own.last.kind if own.last else None, own.done
        return {ags: found for ags, way in self.ways.items() if self.sizes.get(ags) in sizes and (found := way.after(last, done))}


def everyone(principal: Principal) -> Everyone:
    """Give all ways by the events that the reader may see, in two queries."""
    return Everyone(_ways(principal), dict(Municipality.objects.on(clock.today()).values_list("ags", "size_class")))


def compared(place: Municipality, principal: Principal) -> Compared:
    """Compare a municipality by the events that the reader may see."""
    them = everyone(principal)
    return them.beside(them.ways.get(place.ags, Way()), place.size_class)


def _ways(principal: Principal) -> dict[str, Way]:
    links = Event.municipalities.through.objects.filter(
        event__in=Event.objects.current().visible_to(principal).order_by().filter(kind__in=[*STEPS, *_SAME_STEP])
    )
    rows: dict[str, list[tuple[dt.date, int, str]]] = defaultdict(list)
    for ags, day, event, kind in links.values_list("municipality", "event__first_day", "event", "event__kind"):
        rows[ags].append((day, event, kind))
    return {ags: Way.of(found) for ags, found in rows.items()}
