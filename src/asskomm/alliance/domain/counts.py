# SPDX-License-Identifier: EUPL-1.2
"""What the figures count over the status intervals, as data; the projection keeps the steps of each count."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from asskomm.alliance.domain.folding import FOREVER, Interval

_COUNCIL = ("council_constituted", "council_reactivated")
Step = tuple[str, str, dt.date, int]
"""Key of the count, what is counted (municipality or event), the day, and +1 or -1."""


@dataclass(frozen=True)
class Count:
    """Municipalities or events in a layer.

    Args:
        layer: the status layer.
        by_event: count opening events instead of municipalities.
        ever: count what has begun up to the day, ended or not.
        opened_by: kinds of opening events that count; empty for all.
    """

    layer: str
    by_event: bool = False
    ever: bool = False
    opened_by: tuple[str, ...] = ()


COUNTS = {
    "municipalities_advised": Count("advised", ever=True, opened_by=("consultation",)),
    "councils": Count("council", ever=True),
    "agreements": Count("agreement"),
    "coaching_processes": Count("coaching", by_event=True, ever=True, opened_by=("coaching_started",)),
    "safety_analyses": Count("analysis", by_event=True, ever=True, opened_by=("analysis_started",)),
    "municipalities_contacted": Count("contacted", ever=True),
    "model_municipalities": Count("model", ever=True),
    "councils_active": Count("council", opened_by=_COUNCIL),
    "agreement_documents": Count("agreement", by_event=True),
    "safety_analysis_municipalities": Count("analysis", ever=True, opened_by=("analysis_started",)),
}


def steps_of_places(intervals: Iterable[Interval]) -> Iterator[Step]:
    """Give the days on which a municipality enters or leaves a count."""
    return _steps(intervals, by_event=False)


def steps_of_events(intervals: Iterable[Interval]) -> Iterator[Step]:
    """Give the days on which an event enters or leaves a count; needs its intervals in all municipalities."""
    return _steps(intervals, by_event=True)


def _steps(intervals: Iterable[Interval], *, by_event: bool) -> Iterator[Step]:
    known = list(intervals)
    for key, count in COUNTS.items():
        if count.by_event is by_event:
            for subject, spells in _spells(count, known).items():
                yield from ((key, subject, day, change) for start, end in _merged(spells) for day, change in ((start, 1), (end, -1)) if day < FOREVER)


def subject_of(event: int) -> str:
    """Give the name under which an event is counted; a municipality is counted under its key."""
    return f"e{event}"


def _spells(count: Count, intervals: Iterable[Interval]) -> dict[str, list[tuple[dt.date, dt.date]]]:
    spells: dict[str, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    for i in intervals:
        end = i.until if count.ever else i.end
        if i.layer == count.layer and i.start < end and (not count.opened_by or i.kind in count.opened_by):
            spells[subject_of(i.event) if count.by_event else i.place].append((i.start, end))
    return spells


def _merged(spells: Iterable[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    merged: list[tuple[dt.date, dt.date]] = []
    for start, end in sorted(spells):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
