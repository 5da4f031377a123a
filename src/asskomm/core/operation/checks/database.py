# SPDX-License-Identifier: EUPL-1.2
"""Whether the database is whole, new enough, and in the state of this program."""

import sqlite3

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from asskomm.core.operation.registry import Finding

FIXED_SQLITE = (3, 51, 3)
OLDEST_POSTGRESQL = 15_00_00


def integrity() -> Finding:
    """Let SQLite read its whole file, every index with it; ask PostgreSQL what it noticed itself while reading."""
    if connection.vendor != "sqlite":
        return _noticed(*_asked())
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        answer = str(cursor.fetchone()[0])
    if answer == "ok":
        return Finding.ok(_("Die Datenbank ist unversehrt."))
    return Finding.fault(
        _("Die Datenbank ist beschädigt: %(answer)s") % {"answer": answer}, _("Halten Sie die Seite an, und spielen Sie die letzte Sicherung ein.")
    )


def _asked() -> tuple[bool, int, list[str]]:
    """Give whether blocks carry checksums, how many did not fit so far, and the indexes that are not to be trusted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('data_checksums') = 'on', coalesce(checksum_failures, 0) FROM pg_stat_database WHERE datname = current_database()"
        )
        summed, failures = cursor.fetchone()
        cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT (indisvalid AND indisready) ORDER BY 1")
        return summed, failures, [name for (name,) in cursor.fetchall()]


def _noticed(summed: bool, failures: int, invalid: list[str]) -> Finding:  # noqa: FBT001 -- a row of an answer
    if failures:
        return Finding.fault(
            _("PostgreSQL hat Blöcke gelesen, deren Prüfsumme nicht stimmt: %(count)s.") % {"count": failures},
            _("Der Datenträger ist beschädigt. Halten Sie die Seite an, und spielen Sie die letzte Sicherung auf einem anderen ein."),
        )
    if invalid:
        text = _("Indexe der Datenbank sind ungültig: %(names)s.") % {"names": ", ".join(invalid)}
        return Finding.fault(text, _("Bauen Sie jeden neu: REINDEX INDEX CONCURRENTLY Name;"))
    if summed:
        return Finding.ok(_("PostgreSQL prüft jeden Block beim Lesen und hat keinen Fehler gefunden; alle Indexe sind gültig."))
    return Finding.ok(_("Alle Indexe sind gültig. Prüfsummen sind aus, ein Fehler des Datenträgers fiele nicht auf; pg_checksums schaltet sie ein."))


def engine() -> Finding:
    """Compare the version with the oldest that is known to be good."""
    if connection.vendor != "sqlite":
        return _postgresql(int(getattr(connection, "pg_version")))  # noqa: B009 -- only this kind of connection has it
    if sqlite3.sqlite_version_info >= FIXED_SQLITE:
        return Finding.ok(_("SQLite %(version)s ist aktuell.") % {"version": sqlite3.sqlite_version})
    text = _("SQLite %(version)s ist älter als 3.51.3; nach einem Stromausfall kann der letzte Eintrag fehlen.")
    return Finding.warning(
        text % {"version": sqlite3.sqlite_version}, _("SQLite gehört zum Betriebssystem: Halten Sie es aktuell, und sichern Sie jede Nacht.")
    )


def _postgresql(version: int) -> Finding:
    name = f"{version // 10_000}.{version % 10_000}"
    if version >= OLDEST_POSTGRESQL:
        return Finding.ok(_("PostgreSQL %(version)s wird unterstützt.") % {"version": name})
    return Finding.fault(_("PostgreSQL %(version)s ist zu alt.") % {"version": name}, _("Nötig ist Version 15 oder neuer."))


def migrations() -> Finding:
    """Count what the database has still to go through."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not pending:
        return Finding.ok(_("Die Datenbank hat den Stand dieses Programms."))
    return Finding.fault(_("Umstellungen der Datenbank, die noch ausstehen: %(count)s.") % {"count": len(pending)}, _("Führen Sie „asskomm upgrade“ aus."))
