# SPDX-License-Identifier: EUPL-1.2
"""Triggers that refuse to change or delete entries and seals, whoever tries; put up after every migration, which may have made the tables anew."""

from collections.abc import Iterator
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY = ("audit_entry", "audit_seal", "audit_sealedentry")
NEVER_CHANGED = ("audit_content",)

_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% may not be changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""


def put_guards(using: str, **_signal: Any) -> None:
    """Put the triggers up where they are not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for table, event in _guarded(connection):
            cursor.execute(_create(connection, table, event))


def lift_guards(using: str) -> None:
    """Take the triggers off; only tests that empty a whole database do that."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table, event in _guarded(connection):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, event)}{on}")


def missing_guards(using: str) -> list[str]:
    """Give the tables that have lost a trigger, or have it switched off."""
    connection = connections[using]
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'" if connection.vendor == "postgresql" else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
    return sorted({table for table, event in _guarded(connection) if _name(table, event) not in there})


def _guarded(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, str]]:
    deleting = ("delete", "truncate") if connection.vendor == "postgresql" else ("delete",)
    for table in (*APPEND_ONLY, *NEVER_CHANGED):
        yield table, "update"
        for event in deleting if table in APPEND_ONLY else ():
            yield table, event


def _name(table: str, event: str) -> str:
    return f"{table}_no_{event}"


def _create(connection: BaseDatabaseWrapper, table: str, event: str) -> str:
    if connection.vendor == "postgresql":
        return f"CREATE OR REPLACE TRIGGER {_name(table, event)} BEFORE {event} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    return f"CREATE TRIGGER IF NOT EXISTS {_name(table, event)} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{table} may not be changed'); END"
