# SPDX-License-Identifier: EUPL-1.2
"""Nobody writes while the database is brought to a new version, nor with a program of another version."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.core.installation.models import Installation

VOID_AFTER = dt.timedelta(hours=1)
"""An upgrade whose process was killed must not lock everybody out for ever."""


@cache
def schema_digest() -> str:
    """Give a digest of the migrations that this program knows."""
    leaves = MigrationLoader(None).graph.leaf_nodes()
    return hashlib.sha256(repr(sorted(leaves)).encode()).hexdigest()


def note_schema() -> None:
    """Remember that the database is in the state of this program."""
    Installation.objects.update(schema=schema_digest())


def settle() -> None:
    """Say of what was brought here from elsewhere that it is in the state of this program, and that nobody is bringing it to another."""
    Installation.objects.update(schema=schema_digest(), maintenance_since=None)


def hindrance() -> str:
    """Say why nothing may be written now; empty where it may."""
    since, schema = Installation.objects.values_list("maintenance_since", "schema").first() or (None, "")
    if since and clock.now() - since < VOID_AFTER:
        return _("Die Anwendung wird gerade auf eine neue Version umgestellt. Lesen geht weiter, gespeichert wurde nichts.")
    if schema and schema != schema_digest():
        return _("Die Datenbank gehört zu einer anderen Version des Programms. Lesen geht weiter, gespeichert wurde nichts.")
    return ""


def is_outdated() -> bool:
    """Whether the database has been brought to another version than this program is."""
    return Installation.objects.exclude(schema__in=("", schema_digest())).exists()


@contextmanager
def maintenance() -> Iterator[None]:
    """Let nobody write until the block ends, however it ends."""
    _set(clock.now())
    try:
        yield
    finally:
        _set(None)


def _set(since: dt.datetime | None) -> None:
    if _knows_maintenance():
        Installation.objects.update(maintenance_since=since)


def _knows_maintenance() -> bool:
    """Whether the database is old enough not to have the column yet."""
    table = Installation._meta.db_table
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return False
        return "maintenance_since" in {column.name for column in connection.introspection.get_table_description(cursor, table)}
