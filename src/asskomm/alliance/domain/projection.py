# SPDX-License-Identifier: EUPL-1.2
"""Keep the projection of status intervals; the verbs call this within their transaction.

While a wave of events is made ready, the projection shows two views: what counts now, and what will count once the wave has turned.
Every writer keeps both, so that turning is a matter of one row, however many events it carries.
"""

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from django.db import connection, transaction
from django.db.models import Q

from asskomm.alliance.domain.counts import changes_of_events, changes_of_places
from asskomm.alliance.domain.facts import read_facts, read_lives
from asskomm.alliance.domain.folding import Fact, Interval, Life, audiences, fold
from asskomm.alliance.models import CountChange, Event, Side, StatusInterval, Wave
from asskomm.territory.domain.queries.history import successors
from asskomm.territory.models import Municipality

_BATCH = 500
_COUNTED_FOR = ("all", "alliance", "public")
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


Sided = dict[Folded, Side]
Moved = Mapping[Change, int]


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


def _views() -> list[View]:
    """Give what has to be kept: both views while a wave is made ready, else the one that is shown."""
    wave = Wave.objects.first()
    if wave is None:
        return [View(Side.BEFORE)]
    return [View(Side.AFTER)] if wave.turned_at else [View(Side.BEFORE), View(Side.AFTER)]


def refresh(places: Iterable[str]) -> None:
    """Fold anew the municipalities named and all that took them over, in every view."""
    touched = lock(places)
    views, lives = _views(), read_lives()
    lines = _lines(lives)
    sources = {source for place in touched for source in lines[place]}
    folded = [_fold_all(touched, read_facts(view.known, sources), lives, lines) for view in views]
    shown = {Side.ALWAYS, *(view.side for view in views)}
    rows = [row for part in _parts(touched) for row in StatusInterval.objects.filter(municipality__in=part, side__in=shown)]
    old: Sided = {_read(row): Side(row.side) for row in rows}
    new = _sided(views, folded, old)
    gone = [row.pk for row in rows if new.get(_read(row)) != row.side]
    changed = sorted({f.interval.event for f in (old.keys() | new.keys()) if old.get(f) != new.get(f)})
    elsewhere = _counted_elsewhere(changed, set(touched), shown)
    moved = [_moved(view.of(old), view.of(new), view.of(elsewhere)) for view in views]
    with transaction.atomic():
        for part in _parts(gone):
            StatusInterval.objects.filter(pk__in=part).delete()
        _store((f, side) for f, side in new.items() if old.get(f) != side)
        _add(_on_sides(moved))


def _sided(views: Sequence[View], folded: Sequence[Iterable[Folded]], old: Mapping[Folded, Side]) -> Sided:
    """Say where each interval stands: always if every view has it, else on the side of the one that has; where there is one view, wherever it stands."""
    in_views = [set(intervals) for intervals in folded]
    if len(views) == 1:
        return {f: old.get(f, Side.ALWAYS) for f in folded[0]}
    both = set.intersection(*in_views)
    return dict.fromkeys(both, Side.ALWAYS) | {f: view.side for view, own in zip(views, in_views, strict=True) for f in own - both}


def _moved(before: Sequence[Folded], after: Sequence[Folded], elsewhere: Sequence[Folded]) -> Counter[Change]:
    """Give by how much the counts change with the intervals of some municipalities."""
    different = set(before) ^ set(after)
    moved = _changes(_beside(after, different), elsewhere)
    moved.subtract(_changes(_beside(before, different), elsewhere))
    return moved


def _on_sides(moved: Sequence[Counter[Change]]) -> dict[tuple[Change, Side], int]:
    """Add to what counts always, and to the side after the wave by how much it differs there."""
    now, *later = moved
    sides = {(key, Side.ALWAYS): change for key, change in now.items()}
    for then in later:
        sides |= {(key, Side.AFTER): then[key] - now[key] for key in now.keys() | then.keys()}
    return {key: change for key, change in sides.items() if change}


def _beside(folded: Iterable[Folded], different: AbstractSet[Folded]) -> list[Folded]:
    """Keep the intervals whose counts can change: in the places, or of the events, where something is different."""
    places, events = {f.interval.place for f in different}, {f.interval.event for f in different}
    return [f for f in folded if f.interval.place in places or f.interval.event in events]


def lock(places: Iterable[str]) -> list[str]:
    """Let two writers to one municipality, or to one that took it over, pass one after the other, always in the order of the keys; give them.

    Without this, each would fold without seeing the other's event. SQLite has one writer anyway.
    """
    touched = sorted(successors(places))
    list(Municipality.objects.select_for_update().filter(ags__in=touched).order_by("ags").values_list("ags"))
    return touched


def lock_everywhere() -> None:
    """Wait until nobody writes; who comes after sees what this transaction did."""
    list(Municipality.objects.select_for_update().order_by("ags").values_list("ags"))


def rebuild() -> None:
    """Fold every municipality anew, after a load of many events or a change of kinds."""
    with transaction.atomic():
        lock_everywhere()
        sided, counts = _everything(_views())
        StatusInterval.objects.all().delete()
        CountChange.objects.all().delete()
        _store(sided.items())
        _add(counts)


def _everything(views: Sequence[View]) -> tuple[Sided, dict[tuple[Change, Side], int]]:
    """Fold every municipality from the events alone; give all intervals and counts."""
    lives = read_lives()
    folded = [_fold_all(sorted(lives), read_facts(view.known), lives, _lines(lives)) for view in views]
    return _sided(views, folded, {}), _on_sides([_changes(intervals, []) for intervals in folded])


def settle(places: Sequence[str]) -> None:
    """Let what stands after a wave that has turned stand always, in some municipalities, and remove what stood before."""
    rows = StatusInterval.objects.filter(municipality__in=lock(places))
    rows.filter(side=Side.BEFORE).delete()
    rows.filter(side=Side.AFTER).update(side=Side.ALWAYS)


def settle_counts(most: int) -> None:
    """Add up to so many changes of a wave that has turned to those that count always."""
    rows = list(CountChange.objects.filter(side=Side.AFTER).order_by("audience", "documented", "figure", "day")[:most])
    _add({(Change(row.audience, row.documented, row.figure, row.day), Side.ALWAYS): row.change for row in rows})
    CountChange.objects.filter(pk__in=[row.pk for row in rows]).delete()


def drop_counts(most: int) -> None:
    """Drop up to so many changes of a wave that was given up; they come to nothing, because everything was taken back."""
    CountChange.objects.filter(pk__in=list(CountChange.objects.filter(side=Side.AFTER).order_by("pk").values_list("pk", flat=True)[:most])).delete()


def _lines(lives: Mapping[str, Life]) -> dict[str, list[str]]:
    """Give for each municipality itself and all that went into it."""
    lines: dict[str, list[str]] = defaultdict(list)
    for place in lives:
        step: str | None = place
        while step is not None:
            lines[step].append(place)
            step = lives[step].successor
    return lines


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


def _counted_elsewhere(events: Sequence[int], touched: set[str], shown: set[Side]) -> Sided:
    """Give the intervals that the same events opened in other municipalities, and lock the events, because a writer there counts them too."""
    found: Sided = {}
    for part in _parts(events):
        list(Event.objects.select_for_update().filter(pk__in=part).order_by("pk").values_list("pk"))
        rows = StatusInterval.objects.filter(audience__in=_COUNTED_FOR, event__in=part, side__in=shown).exclude(municipality__in=touched)
        found |= {_read(row): Side(row.side) for row in rows.order_by("pk")}
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


_INTERVAL = {
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
    "side": "smallint",
}
_COUNT = {"audience": "varchar", "documented": "boolean", "figure": "varchar", "day": "date", "side": "smallint", "change": "integer"}
_SELECT = {"sqlite": "json_extract(value, '$[{number}]')", "postgresql": "(value->>{number})::{kind}"}
_FROM = {"sqlite": "json_each(%s)", "postgresql": "json_array_elements(%s::json)"}
_ADDING = "ON CONFLICT (audience, documented, figure, day, side) DO UPDATE SET change = alliance_countchange.change + excluded.change"


def _insert(table: str, columns: Mapping[str, str], rows: Sequence[tuple[object, ...]], conflict: str = "") -> None:
    """Insert rows that are written down as JSON, in one statement with one value, in their order: thousands take a few hundredths of a second."""
    names = ", ".join(f'"{name}"' for name in columns)
    cells = ", ".join(_SELECT[connection.vendor].format(number=number, kind=kind) for number, kind in enumerate(columns.values()))
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {table} ({names}) SELECT {cells} FROM {_FROM[connection.vendor]} WHERE true {conflict}"  # noqa: S608 -- names from above
        cursor.execute(statement, [json.dumps(rows)])


def _store(sided: Iterable[tuple[Folded, Side]]) -> None:
    _insert("alliance_statusinterval", _INTERVAL, [_cells(f, side) for f, side in sided])


def _add(changes: Mapping[tuple[Change, Side], int]) -> None:
    """Add to the counts in the order of their keys, so that two writers never wait for each other; the ORM can replace on conflict, but not add."""
    rows = [(*key[:-1], key.day.isoformat(), side.value, change) for (key, side), change in sorted(changes.items())]
    _insert("alliance_countchange", _COUNT, rows, _ADDING)


def _cells(folded: Folded, side: Side) -> tuple[object, ...]:
    i = folded.interval
    days = (day.isoformat() for day in (i.start, i.end, folded.true_end, i.until, i.since))
    return (i.place, i.layer, folded.audience, folded.documented, i.event, i.kind, *days, i.example, side.value)


def _read(row: StatusInterval) -> Folded:
    interval = Interval(row.municipality_id, row.layer, row.event_id, row.kind, row.start, row.end, row.until, row.since, row.example)
    return Folded(row.audience, row.documented, interval, row.true_end)


def differences() -> list[str]:
    """Give the municipalities and counts that do not equal the events, in any view; empty when all is well."""
    views = _views()
    sided, counts = _everything(views)
    wrong: set[str] = set()
    for view in views:
        kept = [_read(row) for row in StatusInterval.objects.filter(side__in=(Side.ALWAYS, view.side)).iterator()]
        wrong |= {f.interval.place for f in set(kept) ^ set(view.of(sided))}
        found, expected = Counter[Change](), Counter[Change]()
        for *key, change in CountChange.objects.filter(side__in=(Side.ALWAYS, view.side)).values_list(*Change._fields, "change").iterator():
            found[Change(*key)] += change
        for (counted, side), change in counts.items():
            expected[counted] += change if side in (Side.ALWAYS, view.side) else 0
        wrong |= {f"{key.figure} {key.day:%d.%m.%Y}" for key in found.keys() | expected.keys() if found[key] != expected[key]}
    return sorted(wrong)
