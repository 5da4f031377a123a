# SPDX-License-Identifier: EUPL-1.2
"""`asskomm audit` as an administrator calls it, on a folder of its own."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.processes import run_asskomm


def test_the_example_is_sound_and_a_changed_row_is_named(example_copy: Path) -> None:
    done = run_asskomm("audit", "verify", data=example_copy)
    assert (done.returncode, done.stdout.startswith("Das Änderungsprotokoll ist unversehrt: ")) == (0, True)
    kept = example_copy / "siegel.txt"
    kept.write_text(run_asskomm("audit", "export", data=example_copy).stdout, encoding="utf-8")
    assert run_asskomm("audit", "verify", "--against", str(kept), data=example_copy).returncode == 0
    with closing(sqlite3.connect(example_copy / "asskomm.sqlite3")) as database, database:
        database.execute("DROP TRIGGER audit_entry_no_update")
        database.execute("UPDATE audit_entry SET account = 1 WHERE id = 2")
    done = run_asskomm("audit", "verify", "--against", str(kept), "--json", data=example_copy)
    assert (done.returncode, json.loads(done.stdout)["findings"]) == (
        1,
        ["Die Tabelle audit_entry ist nicht mehr gegen Ändern und Löschen geschützt.", "Eintrag 2 wurde verändert."],
    )


def test_a_file_that_holds_no_seals(example_copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "liste.txt"
    path.write_text("1 2 3\n", encoding="utf-8")
    done = run_asskomm("audit", "verify", "--against", str(path), data=example_copy)
    assert (done.returncode, done.stderr) == (
        2,
        f"asskomm: {path}, Zeile 1: Das ist kein Siegel. Erwartet wird, was „asskomm audit export“ ausgibt.\n",
    )
