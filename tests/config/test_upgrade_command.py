# SPDX-License-Identifier: EUPL-1.2
"""An upgrade from each release that there was: the same figures afterwards; and after a migration that fails everything as before."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

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
        """Give tables and rows as text."""
        if self.settings:
            command = [str(find_programs() / "pg_dump"), self.settings["ASSKOMM_DATABASE_URL"]]
            lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
            outside = ("\\restrict", "\\unrestrict", "SELECT pg_catalog.setval(")  # numbers once given out are never taken back
            return [line for line in lines if not line.startswith(outside)]
        with closing(sqlite3.connect(self.data / "asskomm.sqlite3")) as database:
            return list(database.iterdump())


@pytest.fixture
def place(tmp_path: Path, own_database: str) -> Place:
    """An empty place, in the kind of database that these tests run on."""
    return Place(tmp_path / "data", {"ASSKOMM_DATABASE_URL": own_database} if own_database else {})


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_an_upgrade_keeps_every_figure_and_a_failing_one_changes_nothing(place: Place, release: Path) -> None:
    code, _output, errors = place.run("tests.config.laying_out", str(release))
    assert (code, errors) == (0, "")
    waits = "asskomm: Die Datenbank hat noch nicht den Stand dieses Programms. Führen Sie zuerst „asskomm upgrade“ aus.\n"
    assert place.run("asskomm", "figures") == (2, "", waits)
    before = place.dump()

    code, output, errors = place.run("asskomm", "upgrade", DJANGO_SETTINGS_MODULE="tests.failing.settings")
    first, _, kept = errors.rstrip(".\n").partition(" Die Sicherung von vorher liegt in ")
    assert (code, output, first) == (2, "", "asskomm: Die Umstellung ist gescheitert, alles ist wie vorher (mit Absicht).")
    assert place.dump() == before
    assert Path(kept).parent == place.data.with_name("data.backups")

    code, output, errors = place.run("asskomm", "upgrade", "--backup", str(place.data))
    assert (code, errors, output.splitlines()[-1]) == (0, "", "Starten Sie jetzt die Dienste neu: systemctl restart asskomm-web asskomm-worker")
    figures, then = json.loads(place.run("asskomm", "figures", "--json", "--on", "2023-09-14")[1]), json.loads(release.with_suffix(".json").read_text())
    assert {key: figures[key] for key in then} == then  # there may be more by now
    found = {finding["key"]: finding["level"] for finding in json.loads(place.run("asskomm", "check", "--json")[1])}
    assert [key for key, level in found.items() if level == "fault"] == []

    restored = Place(place.data.with_name("zurück"))
    assert restored.run("asskomm", "restore", kept)[0] == 0
    again = json.loads(restored.run("asskomm", "figures", "--json", "--on", "2023-09-14")[1])
    assert {key: again[key] for key in then} == then
    assert place.run("asskomm", "upgrade")[1].startswith("Umstellungen der Datenbank: 0.\n")


def test_every_migration_can_be_taken_back_as_a_part_of_one_transaction() -> None:
    assert [key for key, migration in MigrationLoader(None).disk_migrations.items() if not migration.atomic] == []
