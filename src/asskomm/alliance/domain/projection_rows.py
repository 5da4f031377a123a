# SPDX-License-Identifier: EUPL-1.2
"""The rows of the projection: intervals and counts, written thousands at a time."""

import json
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from asskomm.alliance.domain.folding import Interval
from asskomm.alliance.domain.projection_views import Change, Folded
from asskomm.alliance.models import Side, StatusInterval

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


def store_intervals(sided: Iterable[tuple[Folded, Side]]) -> None:
    """Write intervals with the sides on which they stand."""
    _insert("alliance_statusinterval", _INTERVAL, [_cells(f, side) for f, side in sided])


def add_counts(changes: Mapping[tuple[Change, Side], int]) -> None:
    """Add to the counts in the order of their keys, so that two writers never wait for each other; the ORM can replace on conflict, but not add."""
    rows = [(*key[:-1], key.day.isoformat(), side.value, change) for (key, side), change in sorted(changes.items())]
    _insert("alliance_countchange", _COUNT, rows, _ADDING)


def _cells(folded: Folded, side: Side) -> tuple[object, ...]:
    i = folded.interval
    days = (day.isoformat() for day in (i.start, i.end, folded.true_end, i.until, i.since))
    return (i.place, i.layer, folded.audience, folded.documented, i.event, i.kind, *days, i.example, side.value)


def folded_of(row: StatusInterval) -> Folded:
    """Read an interval."""
    interval = Interval(row.municipality_id, row.layer, row.event_id, row.kind, row.start, row.end, row.until, row.since, row.example)
    return Folded(row.audience, row.documented, interval, row.true_end)
