# SPDX-License-Identifier: EUPL-1.2
"""Keep the projection of status intervals; the verbs call this within their transaction."""

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from django.db import connection, transaction

from asskomm.alliance.domain.counts import changes_of_events, changes_of_places
from asskomm.alliance.domain.facts import Known, now_known, read_facts, read_lives, read_marks
from asskomm.alliance.domain.folding import Fact, Interval, Life, audiences, fold
from asskomm.alliance.models import CountChange, Event, StatusInterval
from asskomm.territory.domain.queries.history import successors
from asskomm.territory.models import Municipality

_BATCH = 500
_COUNTED_FOR = ("all", "alliance", "public")
_ADD = """
INSERT INTO alliance_countchange (audience, documented, figure, day, change) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (audience, documented, figure, day) DO UPDATE SET change = alliance_countchange.change + excluded.change
"""
T = TypeVar("T")


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


@dataclass(frozen=True)
class Plan:
    """What changes in the projection, worked out from facts; holds until one of them, or a neighbour that is counted too, changes."""

    touched: Sequence[str]
    sources: AbstractSet[str]
    marks: AbstractSet[tuple[int, str]]
    changed: Sequence[int]
    elsewhere: Sequence[Folded]
    gone: Sequence[int]
    new: str
    moved: Mapping[Change, int]


def refresh(places: Iterable[str]) -> None:
    """Fold anew the municipalities named and all that took them over."""
    _apply(_plan(lock(places), now_known, within=True))


def plan(places: Iterable[str], known: Known) -> Plan:
    """Work out before a transaction what will change when what is known becomes another; for changes of many municipalities."""
    return _plan(sorted(successors(places)), known, within=False)


def carry_out(planned: Plan) -> None:
    """Let the projection follow what is known now, by a plan if it still holds."""
    lock(planned.touched)
    holds = (
        read_marks(now_known, planned.sources) == planned.marks and _counted_elsewhere(planned.changed, set(planned.touched), within=True) == planned.elsewhere
    )
    if not (holds and _apply(planned)):
        _apply(_plan(planned.touched, now_known, within=True))


def _plan(touched: Sequence[str], known: Known, *, within: bool) -> Plan:
    lives = read_lives()
    lines = _lines(lives)
    sources = {source for place in touched for source in lines[place]}
    marks = set() if within else read_marks(known, sources)
    folded = _fold_all(touched, read_facts(known, sources), lives, lines)
    old = {_read(row): row.pk for part in _parts(touched) for row in StatusInterval.objects.filter(municipality__in=part)}
    wanted = set(folded)
    different = old.keys() ^ wanted
    changed = sorted({f.interval.event for f in different})
    elsewhere = _counted_elsewhere(changed, set(touched), within=within)
    moved = _changes(_beside(folded, different), elsewhere)
    moved.subtract(_changes(_beside(old, different), elsewhere))
    gone, new = [pk for f, pk in old.items() if f not in wanted], _written(f for f in folded if f not in old)
    return Plan(touched, sources, marks, changed, elsewhere, gone, new, {key: change for key, change in sorted(moved.items()) if change})


def _beside(folded: Iterable[Folded], different: AbstractSet[Folded]) -> list[Folded]:
    """Keep the intervals whose counts can change: in the places, or of the events, where something is different."""
    places, events = {f.interval.place for f in different}, {f.interval.event for f in different}
    return [f for f in folded if f.interval.place in places or f.interval.event in events]


def _apply(planned: Plan) -> bool:
    """Write what changes; false, with nothing written, where the rows are others by now."""
    with transaction.atomic():
        there = sum(StatusInterval.objects.filter(pk__in=part).count() for part in _parts(planned.gone))
        if there != len(planned.gone):
            return False
        for part in _parts(planned.gone):
            StatusInterval.objects.filter(pk__in=part).delete()
        _store(planned.new)
        _add(planned.moved.items())
    return True


def lock(places: Iterable[str]) -> list[str]:
    """Let two writers to one municipality, or to one that took it over, pass one after the other, always in the order of the keys; give them.

    Without this, each would fold without seeing the other's event. SQLite has one writer anyway.
    """
    touched = sorted(successors(places))
    list(Municipality.objects.select_for_update().filter(ags__in=touched).order_by("ags").values_list("ags"))
    return touched


def rebuild() -> None:
    """Fold every municipality anew, after a load of many events or a change of kinds."""
    lives = read_lives()
    everywhere = sorted(lives)
    with transaction.atomic():
        lock(everywhere)
        folded = _fold_all(everywhere, read_facts(now_known), lives, _lines(lives))
        StatusInterval.objects.all().delete()
        CountChange.objects.all().delete()
        _store(_written(folded))
        CountChange.objects.bulk_create((CountChange(**key._asdict(), change=change) for key, change in _changes(folded, []).items()), batch_size=_BATCH)


def _lines(lives: Mapping[str, Life]) -> dict[str, list[str]]:
    """Give for each municipality itself and all that went into it."""
    lines: dict[str, list[str]] = defaultdict(list)
    for place in lives:
        step: str | None = place
        while step is not None:
            lines[step].append(place)
            step = lives[step].successor
    return lines


def _add(changes: Iterable[tuple[Change, int]]) -> None:
    """Add to the counts in the order of their keys, so that two writers never wait for each other; the ORM can replace on conflict, but not add."""
    as_day = connection.ops.adapt_datefield_value
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, [(*key[:-1], as_day(key.day), change) for key, change in changes])


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


def _store(rows: str) -> None:
    """Insert rows that were written down as JSON, in one statement with one value: thousands take a few hundredths of a second."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT[connection.vendor], [rows])


def _counted_elsewhere(events: Sequence[int], touched: set[str], *, within: bool) -> list[Folded]:
    """Give the intervals that the same events opened in other municipalities; within a transaction locked, because a writer there counts them too."""
    found = []
    for part in _parts(events):
        if within:
            list(Event.objects.select_for_update().filter(pk__in=part).order_by("pk").values_list("pk"))
        rows = StatusInterval.objects.filter(audience__in=_COUNTED_FOR, event__in=part).exclude(municipality__in=touched)
        found += [_read(row) for row in rows.order_by("pk")]
    return found


def _changes(counted: Iterable[Folded], elsewhere: Iterable[Folded]) -> Counter[Change]:
    """Give the changes of the counts; an event counts once, however many municipalities it names."""
    here, beside = _by_audience(counted), _by_audience(elsewhere)
    changes: Counter[Change] = Counter()
    for audience, documented in here.keys() | beside.keys():
        mine, others = here[audience, documented], beside[audience, documented]
        for part in (changes_of_places(mine), changes_of_events(mine + others)):
            for (figure, day), change in part.items():
                changes[Change(audience, documented, figure, day)] += change
    return changes


def _by_audience(folded: Iterable[Folded]) -> dict[tuple[str, bool], list[Interval]]:
    """Sort the intervals that count, each up to the end that all together know."""
    found: dict[tuple[str, bool], list[Interval]] = defaultdict(list)
    for f in folded:
        if f.audience in _COUNTED_FOR:
            found[f.audience, f.documented].append(replace(f.interval, end=f.true_end))
    return found


def _parts(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    return (keys[begin : begin + _BATCH] for begin in range(0, len(keys), _BATCH))


_COLUMNS = {
    "municipality_id": "varchar",
    "layer": "varchar",
    "audience": "varchar",
    "documented": "boolean",
    "event_id": "bigint",
    "kind": "varchar",
    "start": "date",
    "end": "date",
    "true_end": "date",
    "until": "date",
    "since": "date",
    "example": "boolean",
}
_NAMES = ", ".join(f'"{name}"' for name in _COLUMNS)
_INSERT = {
    "sqlite": f"INSERT INTO alliance_statusinterval ({_NAMES}) SELECT "  # noqa: S608 -- names from above
    + ", ".join(f"json_extract(value, '$[{number}]')" for number in range(len(_COLUMNS)))
    + " FROM json_each(%s)",
    "postgresql": f"INSERT INTO alliance_statusinterval ({_NAMES}) SELECT "  # noqa: S608 -- names from above
    + ", ".join(f"(value->>{number})::{kind}" for number, kind in enumerate(_COLUMNS.values()))
    + " FROM json_array_elements(%s::json)",
}


def _written(folded: Iterable[Folded]) -> str:
    """Write rows down as JSON, in the order of the columns."""
    return json.dumps([_cells(f) for f in folded])


def _cells(folded: Folded) -> tuple[object, ...]:
    i = folded.interval
    days = (day.isoformat() for day in (i.start, i.end, folded.true_end, i.until, i.since))
    return (i.place, i.layer, folded.audience, folded.documented, i.event, i.kind, *days, i.example)


def _read(row: StatusInterval) -> Folded:
    interval = Interval(row.municipality_id, row.layer, row.event_id, row.kind, row.start, row.end, row.until, row.since, row.example)
    return Folded(row.audience, row.documented, interval, row.true_end)


def differences() -> list[str]:
    """Give the municipalities and counts that do not equal the events; empty when all is well."""
    lives = read_lives()
    folded = _fold_all(sorted(lives), read_facts(now_known), lives, _lines(lives))
    kept = {_read(row) for row in StatusInterval.objects.iterator()}
    wrong = {f.interval.place for f in kept ^ set(folded)}
    expected = {key: change for key, change in _changes(folded, []).items() if change}
    found = {Change(*row[:-1]): row[-1] for row in CountChange.objects.exclude(change=0).values_list(*Change._fields, "change").iterator()}
    return sorted(wrong | {f"{key.figure} {key.day:%d.%m.%Y}" for key, _change in expected.items() ^ found.items()})
