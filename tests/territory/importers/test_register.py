# SPDX-License-Identifier: EUPL-1.2
"""The state's register changes names, post codes and addresses, and all of it can be put back."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from asskomm.core.imports.domain import door
from asskomm.core.imports.enums import BatchState
from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.territory.domain.municipalities import change_municipality
from tests.making import FRANKENBERG, GOERLITZ, place, work_off
from tests.territory.importers.test_census import received, taken_over

pytestmark = pytest.mark.django_db
HEAD = "ID;SCHLNR;NR_KRS;GEMEINDE;PLZ;HOMEPAGE\n"


def row(key: str = GOERLITZ, name: str = "Görlitz, Stadt", postcode: str = "02827", homepage: str = "www.goerlitz.de/neu") -> str:
    return f"1;{key};{key[:5]};{name};{postcode};{homepage}\n"


def test_what_changes_is_shown_and_changed_and_put_back() -> None:
    before = (place(GOERLITZ).postcode, place(GOERLITZ).homepage)
    batch = taken_over(HEAD + row() + "2;14626;14626;Landkreis;;\n" + row(FRANKENBERG, place(FRANKENBERG).name, place(FRANKENBERG).postcode, ""))
    assert (batch.importer, batch.written, batch.duplicates, batch.rejected) == ("register", 1, 1, 0)
    assert batch.first_rows == [["2", "Görlitz", "PLZ: 02827; Internetseite: http://www.goerlitz.de/neu"]]
    assert (place(GOERLITZ).postcode, place(GOERLITZ).homepage) == ("02827", "http://www.goerlitz.de/neu")
    door.undo(batch, by=SYSTEM)
    work_off()
    batch.refresh_from_db()
    assert (batch.state, (place(GOERLITZ).postcode, place(GOERLITZ).homepage)) == (BatchState.UNDONE, before)


def test_refusals_name_cell_and_reason() -> None:
    batch = received(HEAD + row("14999999") + row(postcode="2827") + row(homepage="ht tp://x") + row(postcode="D 02827"))
    assert [(r.row, r.column, r.reason, r.nearest) for r in batch.rejections.all()] == [
        (2, "key", "Eine Kommune mit dem Schlüssel 14999999 ist nicht bekannt.", GOERLITZ),
        (3, "postcode", "Eine Postleitzahl hat fünf Ziffern.", "02827"),
        (4, "homepage", "Das ist keine Internetadresse.", place(GOERLITZ).homepage),
        (5, "postcode", "Eine Postleitzahl hat fünf Ziffern.", place(GOERLITZ).postcode),
    ]


def test_what_is_put_right_is_counted_and_listed() -> None:
    batch = received(
        HEAD + row(homepage="http://https://goerlitz.de/neu") + row(FRANKENBERG, "Frankenberg/Sa., Stadt", "09669", "frankenberg.de") + row("14999999")
    )
    assert {text: count for text, count in batch.repairs.items() if not text.startswith("Die Spalte")} == {
        "Der Zusatz „Stadt“ hinter dem Namen ist weggelassen": 2,
        "Vor der Internetadresse stand „http://“ doppelt": 1,
        "Vor die Internetadresse ist „http://“ gesetzt": 1,
    }
    assert [cells[2] for cells in batch.first_rows] == ["PLZ: 02827; Internetseite: https://goerlitz.de/neu", "Internetseite: http://frankenberg.de"]


def test_a_later_file_stands_in_the_way_of_undoing_an_earlier_one() -> None:
    first = taken_over(HEAD + row())
    second = taken_over(HEAD + row(postcode="02828"))
    with pytest.raises(door.DoorError, match="von einer späteren Datei noch einmal geändert"):
        door.undo(first, by=SYSTEM)
    door.undo(second, by=SYSTEM)
    work_off()
    assert place(GOERLITZ).postcode == "02827"
    door.undo(first, by=SYSTEM)
    work_off()
    assert place(GOERLITZ).postcode == "02826"


def test_only_some_fields_and_only_some_people() -> None:
    with pytest.raises(KeyError):
        change_municipality(GOERLITZ, {"population": "5"}, by=SYSTEM)
    with pytest.raises(PermissionDenied):
        change_municipality(GOERLITZ, {"postcode": "02827"}, by=ANYONE)


def test_the_register_of_the_state_is_known_already(shared_data: Path) -> None:
    batch = received((shared_data / "municipalities/register_saxony_2026-02.csv").read_text("utf-8"))
    assert [(r.column, r.value, r.reason) for r in batch.rejections.all()] == []
    assert (batch.importer, batch.rejected, batch.accepted + batch.duplicates) == ("register", 0, 418)
