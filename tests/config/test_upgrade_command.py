# SPDX-License-Identifier: EUPL-1.2
"""An upgrade from each state that was kept: the same figures, files and rows afterwards; and after a migration that fails everything as before."""

import hashlib
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.db.migrations.loader import MigrationLoader

from tests.processes import plain_environment
from tools.with_postgres import find_programs

ROOT = Path(__file__).resolve().parents[2]
RELEASES = sorted((ROOT / "tests/fixtures/releases").glob("*.zip"))


@dataclass
class Place:
    """A data folder and its database."""

    data: Path
    settings: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, **more: str) -> tuple[int, str, str]:
        env = plain_environment() | self.settings | {"ASSKOMM_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "asskomm.config.settings"} | more
        done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, timeout=120, check=False, env=env, cwd=ROOT)
        return done.returncode, done.stdout, done.stderr

    def dump(self) -> list[str]:
        """Give tables and rows as text; that a backup was taken is noted all the same."""
        if self.settings:
            command = [str(find_programs() / "pg_dump"), "--exclude-table-data=backup_takenbackup", self.settings["ASSKOMM_DATABASE_URL"]]
            lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
            outside = ("\\restrict", "\\unrestrict", "SELECT pg_catalog.setval(")  # numbers once given out are never taken back
            return [line for line in lines if not line.startswith(outside)]
        with closing(sqlite3.connect(self.data / "asskomm.sqlite3")) as database:
            return [line for line in database.iterdump() if not line.startswith('INSERT INTO "backup_takenbackup"')]

    def figures(self, names: dict[str, Any]) -> dict[str, Any]:
        """Give those figures; there may be more by now."""
        code, output, errors = self.run("asskomm", "figures", "--json", "--on", "2023-09-14")
        assert (code, errors) == (0, "")
        found = json.loads(output)
        return {name: found[name] for name in names}

    def files(self, names: dict[str, str]) -> dict[str, str]:
        """Give the sums of those files; the example may bring more by now."""
        return {name: hashlib.sha256((self.data / name).read_bytes()).hexdigest() for name in names}


def _contents(archive: Path) -> dict[str, Any]:
    with ZipFile(archive) as opened:
        found: dict[str, Any] = json.loads(opened.read("manifest.json"))
    return found


@pytest.fixture
def place(tmp_path: Path, own_database: str) -> Place:
    """An empty place, in the kind of database that these tests run on."""
    return Place(tmp_path / "data", {"ASSKOMM_DATABASE_URL": own_database} if own_database else {})


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_an_upgrade_keeps_figures_files_and_rows_and_a_failing_one_changes_nothing(place: Place, release: Path) -> None:
    then, contents = json.loads(release.with_suffix(".json").read_text("utf-8")), _contents(release)
    code, _output, errors = place.run("tests.config.laying_out", str(release))
    assert (code, errors) == (0, "")
    if MigrationLoader(None).disk_migrations.keys() - {tuple(key) for key in contents["migrations"]}:
        waits = "asskomm: Die Datenbank hat noch nicht den Stand dieses Programms. Führen Sie zuerst „asskomm upgrade“ aus.\n"
        assert place.run("asskomm", "figures") == (2, "", waits)
    before = place.dump()

    code, output, errors = place.run("asskomm", "upgrade", DJANGO_SETTINGS_MODULE="tests.failing.settings")
    first, _, kept = errors.rstrip(".\n").partition(" Die Sicherung von vorher liegt in ")
    assert (code, output, first) == (2, "", "asskomm: Die Umstellung ist gescheitert, alles ist wie vorher (mit Absicht).")
    assert (place.dump(), place.files(then["files"])) == (before, then["files"])
    assert Path(kept).parent == place.data.with_name("data.backups")

    code, output, errors = place.run("asskomm", "upgrade", "--backup", str(place.data))
    assert (code, errors, output.splitlines()[-1]) == (0, "", "Starten Sie jetzt die Dienste neu: systemctl restart asskomm-web asskomm-worker")
    assert (place.figures(then["figures"]), place.files(then["files"])) == (then["figures"], then["files"])
    found = {finding["key"]: finding["level"] for finding in json.loads(place.run("asskomm", "check", "--json")[1])}
    assert [key for key, level in found.items() if level == "fault"] == []

    archive = place.data.with_name("danach.zip")
    assert place.run("asskomm", "backup", str(archive))[0] == 0
    rows = _contents(archive)["tables"]
    assert {label: rows[label] for label, count in contents["tables"].items() if rows[label] < count} == {}

    for number, source in enumerate((kept, str(archive))):
        restored = Place(place.data.with_name(f"zurück-{number}"))
        assert restored.run("asskomm", "restore", source)[0] == 0
        assert (restored.figures(then["figures"]), restored.files(then["files"])) == (then["figures"], then["files"])
    assert place.run("asskomm", "upgrade")[1].startswith("Umstellungen der Datenbank: 0.\n")


def test_the_newest_state_that_was_kept_has_what_people_hand_in() -> None:
    """Without it a folder of a release would be kept that says nothing about events, files, mails, jobs, imports and the sealed history."""
    tables = [_contents(release)["tables"] for release in RELEASES]
    wanted = ("events.registration", "events.standfile", "audit.seal", "imports.batch", "jobs.job", "mail.mail", "mail.unsubscription", "mfa.authenticator")
    assert any(all(rows.get(label) for label in wanted) for rows in tables)


def test_every_migration_can_be_taken_back_as_a_part_of_one_transaction() -> None:
    assert [key for key, migration in MigrationLoader(None).disk_migrations.items() if not migration.atomic] == []
