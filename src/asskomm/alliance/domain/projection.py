# SPDX-License-Identifier: EUPL-1.2
"""Keep the projection of status intervals; the verbs call this within their transaction."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from django.db import transaction

from asskomm.alliance.domain.counts import steps_of_events, steps_of_places, subject_of
from asskomm.alliance.domain.facts import now_known, read_facts, read_lives
from asskomm.alliance.domain.folding import Fact, Interval, Life, audiences, fold
from asskomm.alliance.models import Event, StatusInterval, StatusStep
from asskomm.territory.domain.queries.history import successors
from asskomm.territory.models import Municipality

_BATCH = 500
T = TypeVar("T")


class Folded(NamedTuple):
    """An interval as one audience sees it, and the end that all together know."""

    audience: str
    documented: bool
    interval: Interval
    true_end: dt.date


def refresh(places: Iterable[str]) -> None:
    """Fold anew the municipalities named and all that took them over."""
    touched = sorted(successors(places))
    _lock(touched)
    lives = read_lives()
    lines = _lines(lives)
    sources = {source for place in touched for source in lines[place]}
    _write(touched, read_facts(now_known, sources), lives, lines)


def _lock(places: Sequence[str]) -> None:
    """Let two writers to one municipality pass one after the other, always in the order of the keys.

    Without this, each would fold without seeing the other's event. SQLite has one writer anyway.
    """
    list(Municipality.objects.select_for_update().filter(ags__in=places).order_by("ags").values_list("ags"))


def rebuild() -> None:
    """Fold every municipality anew, after a load of many events or a change of kinds."""
    lives = read_lives()
    with transaction.atomic():
        _lock(sorted(lives))
        _write(sorted(lives), read_facts(now_known), lives, _lines(lives))


def _lines(lives: Mapping[str, Life]) -> dict[str, list[str]]:
    """Give for each municipality itself and all that went into it."""
    lines: dict[str, list[str]] = defaultdict(list)
    for place in lives:
        step: str | None = place
        while step is not None:
            lines[step].append(place)
            step = lives[step].successor
    return lines


def _write(touched: Sequence[str], facts: Iterable[Fact], lives: Mapping[str, Life], lines: Mapping[str, list[str]]) -> None:
    folded = _fold_all(touched, facts, lives, lines)
    gone = _replace_intervals(touched, folded)
    counted = [f for f in folded if f.audience == "all"]
    events = sorted(gone | {f.interval.event for f in counted})
    elsewhere = _counted_elsewhere(events, set(touched)) if len(touched) < len(lives) else []
    for part in _parts([*touched, *map(subject_of, events)]):
        StatusStep.objects.filter(subject__in=part).delete()
    StatusStep.objects.bulk_create(_steps(counted, elsewhere), batch_size=_BATCH)


def _fold_all(touched: Sequence[str], facts: Iterable[Fact], lives: Mapping[str, Life], lines: Mapping[str, list[str]]) -> list[Folded]:
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


def _replace_intervals(touched: Sequence[str], folded: Iterable[Folded]) -> set[int]:
    """Write the intervals anew, and give the events that had opened the former ones."""
    gone: set[int] = set()
    for part in _parts(touched):
        old = StatusInterval.objects.filter(municipality__in=part)
        gone |= set(old.values_list("event_id", flat=True))
        old.delete()
    StatusInterval.objects.bulk_create((_row(f) for f in folded), batch_size=_BATCH)
    return gone


def _counted_elsewhere(events: Sequence[int], touched: set[str]) -> list[Folded]:
    """Give the intervals that the same events opened in other municipalities; locked, because a writer there counts them too."""
    found = []
    for part in _parts(events):
        list(Event.objects.select_for_update().filter(pk__in=part).order_by("pk").values_list("pk"))
        found += [_read(row) for row in StatusInterval.objects.filter(audience="all", event__in=part).exclude(municipality__in=touched)]
    return found


def _steps(counted: Sequence[Folded], elsewhere: Sequence[Folded]) -> Iterator[StatusStep]:
    for documented in (False, True):
        here = [f.interval for f in counted if f.documented is documented]
        everywhere = here + [f.interval for f in elsewhere if f.documented is documented]
        for count, subject, day, change in (*steps_of_places(here), *steps_of_events(everywhere)):
            yield StatusStep(count=count, subject=subject, documented=documented, day=day, change=change)


def _parts(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    return (keys[begin : begin + _BATCH] for begin in range(0, len(keys), _BATCH))


def _row(folded: Folded) -> StatusInterval:
    i = folded.interval
    return StatusInterval(
        municipality_id=i.place,
        layer=i.layer,
        audience=folded.audience,
        documented=folded.documented,
        event_id=i.event,
        kind=i.kind,
        start=i.start,
        end=i.end,
        true_end=folded.true_end,
        until=i.until,
        since=i.since,
        example=i.example,
    )


def _read(row: StatusInterval) -> Folded:
    interval = Interval(row.municipality_id, row.layer, row.event_id, row.kind, row.start, row.end, row.until, row.since, row.example)
    return Folded(row.audience, row.documented, interval, row.true_end)


def differences() -> list[str]:
    """Give the municipalities and counts that do not equal the events; empty when all is well."""
    lives = read_lives()
    folded = _fold_all(sorted(lives), read_facts(now_known), lives, _lines(lives))
    kept = {_read(row) for row in StatusInterval.objects.iterator()}
    wrong = {f.interval.place for f in kept ^ set(folded)}
    expected = Counter((s.count, s.subject, s.documented, s.day, s.change) for s in _steps([f for f in folded if f.audience == "all"], []))
    found = Counter(StatusStep.objects.values_list("count", "subject", "documented", "day", "change").iterator())
    return sorted(wrong | {step[0] for step in (expected - found) + (found - expected)})
