# SPDX-License-Identifier: EUPL-1.2
"""What `asskomm check` looks at."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from asskomm.config.options import secrets_file

FIXED_SQLITE = (3, 51, 3)
LEAST_FREE = 500 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    key: str
    ok: bool
    text: str


def examine() -> list[Finding]:
    """Look at everything; a database that does not answer ends the list, after what was found before."""
    findings = [*_files()]
    try:
        for check in _DATABASE_CHECKS:
            findings.append(check())  # noqa: PERF401 -- what was found stays when the next one fails
    except DatabaseError as fault:
        findings.append(Finding("database", ok=False, text=f"Die Datenbank antwortet nicht: {fault}"))
    return findings


def _files() -> Iterator[Finding]:
    mode = secrets_file().stat().st_mode & 0o777
    yield Finding("secrets", mode == 0o600, f"Geheimnisse in {secrets_file()} sind nur für den Eigentümer lesbar (Rechte {mode:o}).")
    free = shutil.disk_usage(settings.DATA_FOLDER).free
    yield Finding("disk", free >= LEAST_FREE, f"Freier Platz im Datenordner: {free // 1024**2} MB.")
    static = Path(settings.STATIC_ROOT) / "staticfiles.json"
    yield Finding(
        "static", static.exists(), "Gestaltung und Schriften liegen bereit." if static.exists() else "Gestaltung fehlt: „asskomm up --prepare-only“ ausführen."
    )


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Finding(
        "migrations", not pending, f"{len(pending)} Umstellungen der Datenbank stehen aus." if pending else "Die Datenbank hat den Stand dieses Programms."
    )


def _integrity() -> Finding:
    if connection.vendor != "sqlite":
        return Finding("integrity", ok=True, text="PostgreSQL antwortet.")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        answer = str(cursor.fetchone()[0])
    return Finding("integrity", answer == "ok", "Die Datenbank ist unversehrt." if answer == "ok" else f"Die Datenbank ist beschädigt: {answer}")


def _engine() -> Finding:
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < FIXED_SQLITE:
        return Finding(
            "sqlite", ok=True, text=f"Hinweis: SQLite {sqlite3.sqlite_version} ist älter als 3.51.3; nach einem Stromausfall kann der letzte Eintrag fehlen."
        )
    return Finding("sqlite", ok=True, text="Die Version der Datenbank ist aktuell.")


def _projection() -> Finding:
    from asskomm.alliance.domain.projection import differences

    wrong = differences()
    return Finding(
        "projection",
        not wrong,
        "Der abgeleitete Stand stimmt mit den Ereignissen überein." if not wrong else f"Der abgeleitete Stand weicht ab bei: {', '.join(wrong[:5])}.",
    )


def _mail() -> Finding:
    from asskomm.core.installation.domain import is_example

    if settings.EMAIL_HOST:
        return Finding("mail", ok=True, text=f"E-Mails nimmt {settings.EMAIL_HOST} an. Ob sie ankommen, zeigt „asskomm mail ADRESSE“.")
    if is_example():
        return Finding("mail", ok=True, text="Im Beispiel verlässt keine E-Mail den Rechner.")
    return Finding("mail", ok=True, text="Hinweis: Es ist kein Mailserver eingestellt (ASSKOMM_MAIL_HOST); E-Mails warten und werden nicht verschickt.")


_DATABASE_CHECKS: tuple[Callable[[], Finding], ...] = (_integrity, _engine, _migrations, _projection, _mail)
