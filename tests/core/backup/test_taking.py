# SPDX-License-Identifier: EUPL-1.2
"""A backup shows one moment, whoever writes meanwhile."""

import json
import subprocess
import sys
from pathlib import Path
from threading import Event as Signal
from threading import Thread

import pytest
from django.apps import apps
from django.db import connection

from asskomm.alliance.models import Event
from asskomm.core.backup.domain.taking import take_backup
from asskomm.core.backup.rows import models_of
from asskomm.core.database.snapshot import snapshot
from asskomm.core.installation.domain import settle_installation
from tests.making import FRANKENBERG, event
from tests.processes import plain_environment

pytestmark = pytest.mark.usefixtures("loaded")


def _write_one() -> None:
    try:
        event("consultation", "2023-05-01", FRANKENBERG)
    finally:
        connection.close()


def test_within_a_snapshot_nothing_changes_and_nobody_waits() -> None:
    counts = []
    with snapshot():
        counts.append(Event.objects.count())
        writer = Thread(target=_write_one)
        writer.start()
        writer.join()
        counts.append(Event.objects.count())
    counts.append(Event.objects.count())
    assert counts == [0, 0, 1]


def test_while_somebody_writes_the_backup_fits_together(tmp_path: Path) -> None:
    settle_installation(example=False)
    begun, enough = Signal(), Signal()

    def write() -> None:
        try:
            while not enough.is_set():
                event("consultation", "2023-05-01", FRANKENBERG)
                begun.set()
        finally:
            begun.set()
            connection.close()

    writer = Thread(target=write)
    writer.start()
    try:
        begun.wait()
        manifest = take_backup(tmp_path / "a.zip", program="1")
    finally:
        enough.set()
        writer.join()
    kept = manifest.tables["alliance.event"]
    assert 1 <= kept <= Event.objects.count()
    assert manifest.tables["audit.entry"] == kept
    assert _asskomm(tmp_path, "restore", str(tmp_path / "a.zip"))[0] == 0
    assert {f["key"]: f["level"] for f in json.loads(_asskomm(tmp_path, "check", "--json")[1])}["projection"] == "ok"
    assert _asskomm(tmp_path, "audit", "verify") == (0, f"Das Änderungsprotokoll ist unversehrt: {kept} versiegelte Einträge geprüft.\n")


def _asskomm(folder: Path, *words: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "asskomm", "--data", str(folder / "neu" / "data"), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=plain_environment())
    return done.returncode, done.stdout


def test_no_field_would_set_the_time_of_restoring() -> None:
    fields = [field for model in models_of(apps).values() for field in model._meta.concrete_fields]
    assert [str(field) for field in fields if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)] == []
