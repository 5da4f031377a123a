# SPDX-License-Identifier: EUPL-1.2
"""Bring the database to this version: all of it in one transaction, so that a fault leaves everything as it was.

Both databases take back changes of tables too. SQLite only wants its check of keys switched off before the transaction; PostgreSQL wants keys
checked at once, or a table that was just written to could not be changed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from asskomm.alliance.domain import projection_anew
from asskomm.core.installation.maintenance import maintenance, note_schema
from asskomm.core.operation import Level
from asskomm.core.operation.checks.database import integrity, migrations

_LOCK = 0x41_53_53_4B
"""Number of the lock by which several nodes that start at once go one after another."""


class UpgradeError(ValueError):
    """The database is not sound afterwards; the message is a sentence."""


def pending() -> int:
    """Count the migrations that the database has still to go through."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def bring_up_to_date(follow: Callable[[], None]) -> None:
    """Go through what is pending and what follows from it; meanwhile others read, and nobody writes.

    Args:
        follow: does what follows, such as loading shipped tables, in the same transaction.

    Raises
    ------
        UpgradeError: the database would not be sound; it is as before.
    """
    with maintenance(), _one_transaction():
        call_command("migrate", verbosity=0, interactive=False)
        follow()
        note_schema()
        _refuse_unsound()


@contextmanager
def _one_transaction() -> Iterator[None]:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        connection.disable_constraint_checking()
    try:
        with transaction.atomic(durable=True):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            yield
            connection.check_constraints()
    finally:
        if connection.vendor == "sqlite":
            connection.enable_constraint_checking()


def _refuse_unsound() -> None:
    if projection_anew.differences():
        projection_anew.rebuild()
    for finding in (integrity(), migrations()):
        if finding.level == Level.FAULT:
            raise UpgradeError(finding.text)
    if wrong := projection_anew.differences():
        raise UpgradeError(f"Der abgeleitete Stand weicht ab bei: {', '.join(wrong[:5])}.")
