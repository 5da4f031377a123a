# SPDX-License-Identifier: EUPL-1.2
"""Verbs: restore a backup on an empty place, which stays marked until everything is there."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from asskomm.core.backup.archive import Archive, ArchiveError, Manifest
from asskomm.core.backup.domain.taking import FOLDERS, kept_files
from asskomm.core.backup.numbers import go_on_after
from asskomm.core.backup.rows import models_of, put_rows
from asskomm.core.installation.maintenance import settle

MARK = "backup_unfinished"
"""A table that stands in the database from the first step of restoring to the last, so that no half of it ever goes live."""


def is_unfinished() -> bool:
    """Whether somebody began to restore here and did not come to the end."""
    return MARK in connection.introspection.table_names()


def restore(archive: Archive) -> None:
    """Bring in everything; the place stays marked until `finish`.

    Raises
    ------
        ArchiveError: the archive is newer than this program, or the place is not empty.
    """
    executor = MigrationExecutor(connection)
    _refuse_newer(archive.manifest, executor)
    _make_room()
    _bring_files(archive)
    executor = MigrationExecutor(connection)  # which looks again at what is applied: nothing
    state = executor.migrate(_newest(archive.manifest, executor))
    _bring_tables(archive, models_of(state.apps))
    call_command("migrate", verbosity=0, interactive=False)  # onwards from an older state; puts up the guards too
    settle()


def finish() -> None:
    """Take the mark off: from here on the place is live."""
    _drop([MARK])


def _refuse_newer(manifest: Manifest, executor: MigrationExecutor) -> None:
    known = executor.loader.graph.nodes
    if any((app, name) not in known for app, name in manifest.migrations):
        raise ArchiveError(f"Diese Sicherung stammt von einem neueren Programm ({manifest.program}). Spielen Sie sie mit dessen Version ein.")


def _newest(manifest: Manifest, executor: MigrationExecutor) -> list[tuple[str, str]]:
    """Give the migrations that no other one of the archive follows: whoever goes there goes through all of them."""
    there = {(app, name) for app, name in manifest.migrations}
    nodes = executor.loader.graph.node_map
    return sorted(key for key in there if not any(child.key in there for child in nodes[key].children))


def _make_room() -> None:
    """Mark an empty place, or empty a marked one.

    Raises
    ------
        ArchiveError: there is something, and it is not from a restore that broke off.
    """
    tables = connection.introspection.table_names()
    if MARK in tables:
        _drop([table for table in tables if table != MARK])
        for folder in FOLDERS:
            shutil.rmtree(Path(settings.DATA_FOLDER) / folder, ignore_errors=True)
        return
    if tables or kept_files():
        what = "In der Datenbank stehen schon Tabellen" if tables else "Im Datenordner liegen schon Dateien"
        raise ArchiveError(f"Eine Sicherung lässt sich nur an einem leeren Ort einspielen. {what}.")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {MARK} (number integer)")


def _drop(tables: Iterable[str]) -> None:
    cascade = " CASCADE" if connection.vendor == "postgresql" else ""
    connection.disable_constraint_checking()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}{cascade}")
    finally:
        connection.enable_constraint_checking()


def _bring_files(archive: Archive) -> None:
    root = Path(settings.DATA_FOLDER)
    for folder in FOLDERS:
        (root / folder).mkdir(exist_ok=True)
    for name, blocks in archive.files():
        if name.split("/")[0] not in FOLDERS:
            raise ArchiveError(f"Diese Sicherung ist beschädigt: {name} gehört nicht hinein.")
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(blocks)
            file.flush()
            os.fsync(file.fileno())


def _bring_tables(archive: Archive, models: dict[str, type[Model]]) -> None:
    """Write all rows in one transaction; keys of other tables are checked at its end, so the order of the tables is free."""
    if models.keys() != archive.manifest.tables.keys():
        raise ArchiveError("Diese Sicherung ist beschädigt: Ihre Tabellen passen nicht zu ihrem Stand.")
    with transaction.atomic():
        for label, model in models.items():
            _empty(model)
            columns, rows = archive.table(label)
            put_rows(model, columns, rows)
        connection.check_constraints()
        go_on_after(models.values(), archive.manifest.sequences)


def _empty(model: type[Model]) -> None:
    """Delete what a migration put there."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 -- the name of our own table
