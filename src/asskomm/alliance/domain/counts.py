# SPDX-License-Identifier: EUPL-1.2
"""What the figures count over the status intervals, as data; the projection keeps by how much each count changes on a day."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from asskomm.alliance.domain.folding import FOREVER, Interval

_COUNCIL = ("council_constituted", "council_reactivated")
Changes = Counter[tuple[str, dt.date]]
"""By how much a count, named by its key, changes on a day."""


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


def changes_of_places(intervals: Iterable[Interval]) -> Changes:
    """Give by how much each count of municipalities changes on each day."""
    return _changes(intervals, by_event=False)


def changes_of_events(intervals: Iterable[Interval]) -> Changes:
    """Give by how much each count of events changes on each day; needs their intervals in all municipalities."""
    return _changes(intervals, by_event=True)


def _changes(intervals: Iterable[Interval], *, by_event: bool) -> Changes:
    known, changes = list(intervals), Changes()
    for key, count in COUNTS.items():
        if count.by_event is by_event:
            for spells in _spells(count, known).values():
                for start, end in _merged(spells):
                    changes[key, start] += 1
                    if end < FOREVER:
                        changes[key, end] -= 1
    return changes


def _spells(count: Count, intervals: Iterable[Interval]) -> dict[int | str, list[tuple[dt.date, dt.date]]]:
    spells: dict[int | str, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    for i in intervals:
        end = i.until if count.ever else i.end
        if i.layer == count.layer and i.start < end and (not count.opened_by or i.kind in count.opened_by):
            spells[i.event if count.by_event else i.place].append((i.start, end))
    return spells


def _merged(spells: Iterable[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    merged: list[tuple[dt.date, dt.date]] = []
    for start, end in sorted(spells):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
