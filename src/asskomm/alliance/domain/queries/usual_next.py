# SPDX-License-Identifier: EUPL-1.2
"""What municipalities of the same size class did next when they stood where this one stands: counted, not advised."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from asskomm.alliance.models import Event, EventKind
from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
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
_FEWEST = 3
_MOST_SHOWN = 2
_SAME_STEP = {"first_contact": "consultation", "model_municipality": "consultation", "council_reactivated": "council_constituted"}


@dataclass(frozen=True)
class NextStep:
    """A step that others took next.

    Args:
        kind: of the event.
        did: municipalities that took it next.
        of: municipalities that stood at the same point and went on since.
        example: the one that took it last, with its event.
    """

    kind: EventKind
    did: Estimate
    of: Estimate
    example: Event
    place: Municipality


@dataclass(frozen=True)
class UsualNext:
    """The steps that were usual next, the most frequent first.

    Args:
        after: the kind of the last step; `None` where there was none yet.
        same_size: whether only municipalities of the same size class were counted, because there were enough.
    """

    steps: tuple[NextStep, ...]
    after: EventKind | None
    same_size: bool


@dataclass(frozen=True)
class Way:
    """The first event of each step of one municipality, in order."""

    firsts: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, rows: Iterable[tuple[dt.date, int, str]]) -> Self:
        """Keep the first event of each step."""
        firsts: dict[str, int] = {}
        for _day, event, kind in sorted(rows):
            firsts.setdefault(_SAME_STEP.get(kind, kind), event)
        return cls(tuple(firsts.items()))

    @property
    def last(self) -> str | None:
        """The step taken last."""
        return self.firsts[-1][0] if self.firsts else None

    def after(self, step: str | None, without: frozenset[str]) -> tuple[str, int] | None:
        """Give the first new step that came after a step, with its event; `None` where it was not taken or nothing came."""
        kinds = [kind for kind, _event in self.firsts]
        if step is not None and step not in kinds:
            return None
        begin = 0 if step is None else kinds.index(step) + 1
        return next((first for first in self.firsts[begin:] if first[0] not in without), None)


def usual_next(place: Municipality, principal: Principal) -> UsualNext:
    """Count what others did next, of the events that the reader may see; of all sizes where fewer than three of the same size went on."""
    ways = _ways(principal)
    own = ways.pop(place.ags, Way(()))
    done = frozenset(kind for kind, _event in own.firsts)
    sizes = dict(Municipality.objects.on(clock.today()).values_list("ags", "size_class"))
    followed = {ags: found for ags, way in ways.items() if ags in sizes and (found := way.after(own.last, done))}
    alike = {ags: found for ags, found in followed.items() if sizes[ags] == place.size_class}
    same_size = len(alike) >= _FEWEST
    return UsualNext(_steps(alike if same_size else followed), EventKind.objects.filter(key=own.last).first(), same_size)


def _ways(principal: Principal) -> dict[str, Way]:
    links = Event.municipalities.through.objects.filter(
        event__in=Event.objects.current().visible_to(principal).order_by().filter(kind__in=[*STEPS, *_SAME_STEP])
    )
    rows: dict[str, list[tuple[dt.date, int, str]]] = defaultdict(list)
    for ags, day, event, kind in links.values_list("municipality", "event__first_day", "event", "event__kind"):
        rows[ags].append((day, event, kind))
    return {ags: Way.of(found) for ags, found in rows.items()}


def _steps(followed: dict[str, tuple[str, int]]) -> tuple[NextStep, ...]:
    counted = Counter(kind for kind, _event in followed.values())
    usual = [kind for kind, _count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:_MOST_SHOWN]]
    kinds = EventKind.objects.in_bulk(usual)
    events = Event.objects.select_related("kind").in_bulk([event for kind, event in followed.values() if kind in usual])
    steps = []
    for kind in usual:
        ags, event = max(((a, events[e]) for a, (k, e) in followed.items() if k == kind), key=lambda found: (found[1].counts_from, found[0]))
        example = Municipality.objects.select_related("district", "organisation").get(ags=ags)
        steps.append(NextStep(kinds[kind], Estimate(counted[kind]), Estimate(len(followed)), event, example))
    return tuple(steps)
