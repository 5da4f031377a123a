# SPDX-License-Identifier: EUPL-1.2
"""The last number that each table gave out: histories name rows by number, so a number of a deleted row must not come again."""

from collections.abc import Iterable

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import AutoField, Max, Model


def numbered(models: Iterable[type[Model]]) -> list[type[Model]]:
    """Keep the models whose numbers the database gives out."""
    return [model for model in models if isinstance(model._meta.pk, AutoField)]


def last_numbers(models: Iterable[type[Model]]) -> dict[str, int]:
    """Give the last number by table, 0 where none was given out yet."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            found = dict(cursor.fetchall())
            return {model._meta.db_table: found.get(model._meta.db_table, 0) for model in numbered(models)}
        return {model._meta.db_table: _last(cursor, model) for model in numbered(models)}


def _last(cursor: CursorWrapper, model: type[Model]) -> int:
    name = _sequence(cursor, model)
    cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {name}")  # noqa: S608 -- a name that the database gave, quoted
    return int(cursor.fetchone()[0])


def _sequence(cursor: CursorWrapper, model: type[Model]) -> str:
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(model._meta.db_table), model._meta.pk.column])
    return str(cursor.fetchone()[0])


def go_on_after(models: Iterable[type[Model]], numbers: dict[str, int]) -> None:
    """Let each table go on behind the last number given out, and behind every number that it holds."""
    with connection.cursor() as cursor:
        for model in numbered(models):
            table = model._meta.db_table
            held = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
            if (last := max(held, numbers.get(table, 0))) > 0:
                _set(cursor, model, last)


def _set(cursor: CursorWrapper, model: type[Model], last: int) -> None:
    if connection.vendor == "sqlite":
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [model._meta.db_table, last])
    else:
        cursor.execute("SELECT setval(%s, %s)", [_sequence(cursor, model), last])
