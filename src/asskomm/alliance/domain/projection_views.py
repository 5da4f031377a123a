# SPDX-License-Identifier: EUPL-1.2
"""What the projection shows, as data: intervals as each audience sees them, on the sides of a wave, and how the counts change with them."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import Q

from asskomm.alliance.domain.counts import Changes, changes_of_events, changes_of_places
from asskomm.alliance.domain.folding import Fact, Interval, Life, audiences, fold
from asskomm.alliance.models import Side, Wave

COUNTED_FOR = ("all", "alliance", "public")


class Folded(NamedTuple):
    """An interval as one audience sees it, and the end that all together know."""

    audience: str
    documented: bool
    interval: Interval
    true_end: dt.date


class Change(NamedTuple):
    """What is summed: the count of a figure on a day as one audience sees it."""

    audience: str
    documented: bool
    figure: str
    day: dt.date


Sided = dict[Folded, Side]


@dataclass(frozen=True)
class View:
    """What is shown before or after the wave turns: what stands there always, and what stands on one side."""

    side: Side

    def known(self, path: str = "") -> Q:
        """The condition on events that this view knows."""
        return Q(**{f"{path}closed_at__isnull": True, f"{path}side__in": (Side.ALWAYS, self.side)})

    def of(self, sided: Mapping[Folded, Side]) -> list[Folded]:
        """Keep what this view shows."""
        return [folded for folded, side in sided.items() if side in (Side.ALWAYS, self.side)]


def views_now() -> list[View]:
    """Give what has to be kept: both views while a wave is made ready, else the one that is shown."""
    wave = Wave.objects.first()
    if wave is None:
        return [View(Side.BEFORE)]
    return [View(Side.AFTER)] if wave.turned_at else [View(Side.BEFORE), View(Side.AFTER)]


def on_sides(views: Sequence[View], folded: Sequence[Iterable[Folded]], old: Mapping[Folded, Side]) -> Sided:
    """Say where each interval stands: always if every view has it, else on the side of the one that has; where there is one view, wherever it stands."""
    in_views = [set(intervals) for intervals in folded]
    if len(views) == 1:
        return {f: old.get(f, Side.ALWAYS) for f in folded[0]}
    both = set.intersection(*in_views)
    return dict.fromkeys(both, Side.ALWAYS) | {f: view.side for view, own in zip(views, in_views, strict=True) for f in own - both}


def counts_on_sides(moved: Sequence[Counter[Change]]) -> dict[tuple[Change, Side], int]:
    """Add to what counts always, and to the side after the wave by how much it differs there."""
    now, *later = moved
    sides = {(key, Side.ALWAYS): change for key, change in now.items()}
    for then in later:
        sides |= {(key, Side.AFTER): then[key] - now[key] for key in now.keys() | then.keys()}
    return {key: change for key, change in sides.items() if change}


def lines_of(lives: Mapping[str, Life]) -> dict[str, list[str]]:
    """Give for each municipality itself and all that went into it."""
    lines: dict[str, list[str]] = defaultdict(list)
    for place in lives:
        step: str | None = place
        while step is not None:
            lines[step].append(place)
            step = lives[step].successor
    return lines


def fold_all(touched: Sequence[str], facts: Iterable[Fact], lives: Mapping[str, Life], lines: Mapping[str, list[str]]) -> list[Folded]:
    """Fold municipalities for every audience from the facts of all that went into them."""
    at: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        at[fact.place].append(fact)
    return [folded for place in touched for folded in _folded(place, [f for source in lines[place] for f in at[source]], lives)]


def _folded(place: str, facts: list[Fact], lives: Mapping[str, Life]) -> Iterator[Folded]:
    for documented in (False, True):
        by_audience = audiences(f for f in facts if not (documented and f.example))
        ends = {(i.layer, i.event): i.end for i in fold(place, by_audience["all"], lives)}
        for audience, seen in by_audience.items():
            for interval in fold(place, seen, lives):
                yield Folded(audience, documented, interval, ends[interval.layer, interval.event])


def changes_in(counted: Sequence[Folded], elsewhere: Sequence[Folded]) -> Counter[Change]:
    """Give the changes of the counts; an event counts once, however many municipalities it names."""
    changes = changes_of(changes_of_places, counted)
    changes.update(changes_of(changes_of_events, [*counted, *elsewhere]))
    return changes


def changes_of(count: Callable[[Iterable[Interval]], Changes], folded: Iterable[Folded]) -> Counter[Change]:
    """Give how the counts of one sort change with intervals."""
    changes: Counter[Change] = Counter()
    for (audience, documented), intervals in _by_audience(folded).items():
        for (figure, day), change in count(intervals).items():
            changes[Change(audience, documented, figure, day)] += change
    return changes


def _by_audience(folded: Iterable[Folded]) -> dict[tuple[str, bool], list[Interval]]:
    """Sort the intervals that count, each up to the end that all together know."""
    found: dict[tuple[str, bool], list[Interval]] = defaultdict(list)
    for f in folded:
        if f.audience in COUNTED_FOR:
            found[f.audience, f.documented].append(replace(f.interval, end=f.true_end))
    return found
