# SPDX-License-Identifier: EUPL-1.2
"""Backup and restore as their users start them: the same figures, files and rows, across both databases."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import psycopg
import pytest

from tests.processes import plain_environment

UNSEEN = {"manifest.json"}


def run(data: Path, *arguments: str, **more: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "asskomm", "--data", str(data), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=plain_environment() | more)
    return done.returncode, done.stdout, done.stderr


def backup(data: Path, path: Path, **more: str) -> Path:
    code, output, errors = run(data, "backup", str(path), **more)
    assert (code, errors) == (0, "")
    assert output.startswith(f"{path}: ")
    return path


def restore(path: Path, data: Path, **more: str) -> Path:
    code, output, errors = run(data, "restore", str(path), **more)
    assert (code, errors) == (0, "")
    assert output.endswith("Weiter mit „asskomm up“. Alle müssen sich neu einloggen.\n")
    return data


def figures(data: Path, **more: str) -> Any:
    code, output, errors = run(data, "figures", "--json", "--on", "2025-12-31", **more)
    assert (code, errors) == (0, "")
    return json.loads(output)


def contents(path: Path) -> dict[str, list[Any]]:
    """Give what an archive says, without the order in which a database keeps the names within an object."""
    with ZipFile(path) as archive:
        return {
            name: [json.loads(line) for line in archive.read(name).splitlines()] if name.endswith(".jsonl") else [archive.read(name)]
            for name in archive.namelist()
            if name not in UNSEEN
        }


def change(data: Path, statement: str) -> None:
    with closing(sqlite3.connect(data / "asskomm.sqlite3")) as database, database:
        database.execute(statement)


@pytest.fixture(scope="module")
def sealed(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with files, sealed, in which numbers were given out that no row has any more; copy it before writing to it."""
    data = tmp_path_factory.mktemp("sealed") / "data"
    shutil.copytree(example_folder, data)
    shutil.copy(example_folder.with_name("data.secrets"), data.with_name("data.secrets"))
    assert run(data, "audit", "verify")[0] == 0
    change(data, "UPDATE sqlite_sequence SET seq = 4711 WHERE name = 'people_account'")
    (data / "incoming").mkdir(exist_ok=True)
    (data / "incoming" / "abcdefghijkl").write_bytes(bytes(range(256)) * 10)
    (data / "files" / "a").mkdir(parents=True, exist_ok=True)
    (data / "files" / "a" / "ä.txt").write_text("Größe", encoding="utf-8")
    return data


@pytest.fixture(scope="module")
def first(sealed: Path) -> Path:
    """A backup of it."""
    return backup(sealed, sealed.with_name("a.zip"))


@pytest.fixture
def source(sealed: Path, tmp_path: Path) -> Path:
    """The same to write to."""
    shutil.copytree(sealed, tmp_path / "data")
    shutil.copy(sealed.with_name("data.secrets"), tmp_path / "data.secrets")
    return tmp_path / "data"


def test_everything_comes_back(sealed: Path, first: Path, tmp_path: Path) -> None:
    assert first.stat().st_mode & 0o777 == 0o600
    again = restore(first, tmp_path / "neu" / "data")
    assert figures(again) == figures(sealed)
    with closing(sqlite3.connect(again / "asskomm.sqlite3")) as database:
        assert database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'people_account'").fetchall() == [(4711,)]
        (entries,) = database.execute("SELECT count(*) FROM audit_entry").fetchone()
    assert (again / "files" / "a" / "ä.txt").read_text(encoding="utf-8") == "Größe"
    code, output, _errors = run(again, "audit", "verify")
    assert (code, output.startswith(f"Das Änderungsprotokoll ist unversehrt: {entries} ")) == (0, True), output
    assert contents(backup(again, tmp_path / "b.zip")) == contents(first)
    assert run(again, "up", "--prepare-only") == (0, "Alles ist vorbereitet.\n", "")
    assert run(again, "check")[0] == 0


def test_from_one_database_to_the_other_and_back(sealed: Path, first: Path, tmp_path: Path, own_postgres: str) -> None:
    there = restore(first, tmp_path / "dort" / "data", ASSKOMM_DATABASE_URL=own_postgres)
    assert figures(there, ASSKOMM_DATABASE_URL=own_postgres) == figures(sealed)
    assert run(there, "audit", "verify", ASSKOMM_DATABASE_URL=own_postgres)[0] == 0
    second = backup(there, tmp_path / "b.zip", ASSKOMM_DATABASE_URL=own_postgres)
    back = restore(second, tmp_path / "zurück" / "data")
    assert figures(back) == figures(sealed)
    assert run(back, "audit", "verify")[0] == 0
    assert contents(second).keys() == contents(first).keys()
    assert contents(backup(back, tmp_path / "c.zip")) == contents(second)
    full = "asskomm: Eine Sicherung lässt sich nur an einem leeren Ort einspielen. In der Datenbank stehen schon Tabellen.\n"
    assert run(tmp_path / "leer" / "data", "restore", str(first), ASSKOMM_DATABASE_URL=own_postgres) == (2, "", full)
    with psycopg.connect(own_postgres, autocommit=True) as database:
        database.execute("CREATE TABLE backup_unfinished (number integer)")
    assert run(there, "figures", ASSKOMM_DATABASE_URL=own_postgres) == (2, "", UNFINISHED)
    restore(first, there, ASSKOMM_DATABASE_URL=own_postgres)
    assert figures(there, ASSKOMM_DATABASE_URL=own_postgres) == figures(sealed)


UNFINISHED = "asskomm: Hier wurde eine Sicherung nicht zu Ende eingespielt. Führen Sie „asskomm restore“ noch einmal aus.\n"


def test_half_a_restore_never_goes_live_and_a_second_one_starts_over(source: Path, first: Path, tmp_path: Path) -> None:
    place = source
    change(place, "CREATE TABLE backup_unfinished (number integer)")
    (place / "files" / "übrig").write_text("")
    calls = (("up", "--prepare-only"), ("figures",), ("worker",), ("backup", str(tmp_path / "b.zip")))
    assert [run(place, *words) for words in calls] == [(2, "", UNFINISHED)] * 4
    restore(first, place)
    names = {found.name for found in (place / "files").rglob("*")}
    assert [name for name in ("a", "ä.txt", "übrig") if name in names] == ["a", "ä.txt"]
    assert run(place, "audit", "verify")[0] == 0


def test_a_fault_on_the_way_leaves_the_mark(source: Path, tmp_path: Path) -> None:
    change(source, "PRAGMA foreign_keys = OFF")
    change(source, "INSERT INTO imports_madeobject (batch_id, key, before) VALUES (4711, 'x', '{}')")
    path, place = backup(source, tmp_path / "a.zip"), tmp_path / "neu" / "data"
    code, output, errors = run(place, "restore", str(path))
    assert (code, output, errors.count("\n")) == (2, "", 1)
    assert run(place, "figures") == (2, "", UNFINISHED)


def test_a_place_that_holds_something_stays_as_it_is(source: Path, first: Path, tmp_path: Path) -> None:
    start = "asskomm: Eine Sicherung lässt sich nur an einem leeren Ort einspielen."
    assert run(source, "restore", str(first)) == (2, "", f"{start} In der Datenbank stehen schon Tabellen.\n")
    (tmp_path / "neu" / "data" / "incoming").mkdir(parents=True)
    (tmp_path / "neu" / "data" / "incoming" / "x").write_text("")
    assert run(tmp_path / "neu" / "data", "restore", str(first)) == (2, "", f"{start} Im Datenordner liegen schon Dateien.\n")


def test_a_migration_unknown_here_is_newer(tmp_path: Path) -> None:
    from asskomm.core.backup import Archive, Manifest
    from asskomm.core.backup.archive import ArchiveWriter

    later = Manifest(program="9.9", taken_at="", vendor="sqlite", migrations=[["library", "0099_later"]])
    with (tmp_path / "a.zip").open("wb") as file, ArchiveWriter(file, later):
        pass
    with (tmp_path / "a.zip").open("rb") as found, Archive(found) as archive:
        assert archive.manifest.program == "9.9"
    sentence = "asskomm: Diese Sicherung stammt von einem neueren Programm (9.9). Spielen Sie sie mit dessen Version ein.\n"
    assert run(tmp_path / "neu" / "data", "restore", str(tmp_path / "a.zip")) == (2, "", sentence)


def test_a_folder_gets_a_file_with_the_day_and_no_file_is_overwritten(source: Path, tmp_path: Path) -> None:
    (tmp_path / "ziel").mkdir()
    code, output, errors = run(source, "backup", str(tmp_path / "ziel"))
    (made,) = (tmp_path / "ziel").iterdir()
    assert (code, output.split(":")[0], errors) == (0, str(made), "")
    assert made.match("asskomm-????-??-??-??????.zip")
    assert run(source, "backup", str(made)) == (2, "", f"asskomm: Die Datei {made} gibt es schon.\n")
    assert run(source, "backup", "/gibt/es/nicht.zip") == (2, "", "asskomm: Den Ordner /gibt/es gibt es nicht.\n")
    assert run(source, "restore", "/gibt/es/nicht.zip") == (2, "", "asskomm: Die Datei /gibt/es/nicht.zip gibt es nicht.\n")


def test_a_full_disk_leaves_nothing_behind(source: Path, tmp_path: Path) -> None:
    (tmp_path / "ziel").mkdir()
    limited = f"ulimit -f 100; trap '' XFSZ; exec {sys.executable} -m asskomm --data {source} backup {tmp_path}/ziel"
    environment = {key: value for key, value in plain_environment().items() if not key.startswith("COVERAGE_")}  # whose file would be too large as well
    done = subprocess.run(["bash", "-c", limited], capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"asskomm: Der Platz in {tmp_path}/ziel reicht für die Sicherung nicht.\n")
    assert list((tmp_path / "ziel").iterdir()) == []


def test_a_passphrase_closes_it(source: Path, tmp_path: Path) -> None:
    secret = {"ASSKOMM_BACKUP_PASSPHRASE": "Regenschirm am Markt"}
    path, place = backup(source, tmp_path / "a.asskomm", **secret), tmp_path / "neu" / "data"
    wrong = "asskomm: Die Passphrase passt nicht zu dieser Sicherung, oder die Sicherung ist beschädigt.\n"
    assert run(place, "restore", str(path), ASSKOMM_BACKUP_PASSPHRASE="Regenschirm im Markt") == (2, "", wrong)
    assert b"PK" not in path.read_bytes()[:50]
    assert figures(restore(path, place, **secret)) == figures(source)


def test_a_passphrase_is_asked_for(source: Path, tmp_path: Path) -> None:
    path, place = tmp_path / "a.asskomm", tmp_path / "neu" / "data"
    calls = [(source, "backup", str(path), "--encrypt"), (place, "restore", str(path))]
    for data, *words in calls:
        command = [sys.executable, "-m", "asskomm", "--data", str(data), *words]
        done = subprocess.run(command, input="Regenschirm am Markt\n", capture_output=True, text=True, check=False, env=plain_environment())
        assert (done.returncode, done.stderr) == (0, "")
    short = "asskomm: Die Passphrase ist zu kurz. Sie muss mindestens 12 Zeichen enthalten.\n"
    assert run(source, "backup", str(tmp_path / "b.asskomm"), ASSKOMM_BACKUP_PASSPHRASE="kurz") == (2, "", short)
    assert sorted(found.name for found in tmp_path.glob("*b.asskomm*")) == []


def test_a_backup_of_an_older_program_is_brought_to_this_state(tmp_path: Path) -> None:
    from asskomm.core.backup import Manifest
    from asskomm.core.backup.archive import ArchiveWriter

    older, place = Manifest(program="0", taken_at="2020-01-01", vendor="sqlite", migrations=[["installation", "0001_initial"]]), tmp_path / "neu" / "data"
    columns = ["number", "example", "created_at", "shipped"]
    with (tmp_path / "a.zip").open("wb") as file, ArchiveWriter(file, older) as writer:
        writer.add_table("installation.installation", columns, [[1, False, "2020-02-01T10:00:00+00:00", ""]])
    restore(tmp_path / "a.zip", place)
    assert run(place, "up", "--prepare-only") == (0, "Alles ist vorbereitet.\n", "")
    assert run(place, "check")[0] == 0
    with closing(sqlite3.connect(place / "asskomm.sqlite3")) as database:
        assert database.execute("SELECT example, created_at FROM installation_installation").fetchall() == [(0, "2020-02-01 10:00:00")]
