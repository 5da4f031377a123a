# SPDX-License-Identifier: EUPL-1.2
"""Events from files: what is accepted, what is refused at which cell, what is known already."""

import datetime as dt
import io
import json
import sqlite3
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from asskomm.alliance.domain.drafts import EventDraft
from asskomm.alliance.domain.events import record_events
from asskomm.alliance.interfaces.event_reader import COLUMNS, EventReader
from asskomm.alliance.interfaces.importer import EventImporter
from asskomm.alliance.models import Event
from asskomm.core.imports import Accepted, Duplicate, Rejection, Row, TableError
from asskomm.core.visibility import SYSTEM, Principal, Visibility
from tests.making import FRANKENBERG, GOERLITZ, OLBERNHAU, PFAFFRODA, event, member
from tests.processes import plain_environment, run_asskomm

pytestmark = pytest.mark.django_db
HEADER = ",".join(COLUMNS)


@dataclass
class Sorted:
    """What is found in a file, by kind; the drafts of the accepted rows."""

    accepted: list[EventDraft] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    duplicates: list[int] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)


def read(path: Path, by: Principal = SYSTEM) -> Sorted:
    reader, found = EventReader.load(by), Sorted()
    for each in EventImporter().open(by, {}).read(path):
        if isinstance(each, Accepted):
            found.accepted.append(reader.draft(Row(each.row, each.item)))
        elif isinstance(each, Rejection):
            found.rejected.append(each)
        elif isinstance(each, Duplicate):
            found.duplicates.append(each.row)
        else:
            found.repairs.append(each.text)
    return found


def preview(tmp_path: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8", by: Principal = SYSTEM) -> Sorted:
    path = tmp_path / "events.csv"
    path.write_bytes("\n".join([header, *rows]).encode(encoding))
    return read(path, by)


def row(**cells: str) -> str:
    given = {"date": "2023-03-01", "kind": "consultation", "municipality": "Görlitz"} | cells
    return ",".join('"' + given.get(column, "").replace('"', '""') + '"' for column in COLUMNS)


GOOD = [
    ({}, [GOERLITZ]),
    ({"municipality": "GOERLITZ, Stadt"}, [GOERLITZ]),
    ({"municipality": "Große Kreisstadt Görlitz"}, [GOERLITZ]),
    ({"municipality": GOERLITZ}, [GOERLITZ]),
    ({"municipality": "146260110110"}, [GOERLITZ]),
    ({"municipality": "Frankenberg|Görlitz"}, [FRANKENBERG, GOERLITZ]),
    ({"municipality": "Pfaffroda", "date": "2016-05"}, [PFAFFRODA]),
    ({"municipality": "Pfaffroda", "date": "2020-05-01"}, [OLBERNHAU]),
    ({"municipality": PFAFFRODA, "date": "2016"}, [PFAFFRODA]),
]


@pytest.mark.parametrize(("cells", "places"), GOOD)
def test_places_by_what_people_write(tmp_path: Path, cells: dict[str, str], places: list[str]) -> None:
    found = preview(tmp_path, row(**cells))
    assert found.rejected == []
    assert sorted(m.ags for draft in found.accepted for m in draft.municipalities) == sorted(places)


BAD = [
    ({"kind": "consultatoin"}, "kind", "Die Art „consultatoin“ ist nicht bekannt. Meinten Sie „Beratung“?"),
    ({"kind": ""}, "kind", "Die Art „“ ist nicht bekannt."),
    ({"date": "31.02.2023"}, "date", "Den Tag „31.02.2023“ gibt es nicht."),
    ({"date": "1989-12-31"}, "date", "31.12.1989 liegt vor 1990. Bitte das Jahr prüfen."),
    ({"date": "2199-01-01"}, "date", "01.01.2199 liegt in der Zukunft. Ein Ereignis kann spätestens morgen sein."),
    ({"date": "gestern"}, "date", "„gestern“ ist kein Datum. Schreiben Sie zum Beispiel 14.09.2023, 09.2023, September 2023 oder 2023."),
    ({"date": "2023-03", "precision": "day"}, "date", "„2023-03“ nennt keinen genauen Tag oder Monat, wie es die Genauigkeit „Tag“ verlangt."),
    ({"municipality": "Gorlitz-West"}, "municipality", None),
    ({"municipality": "99999999"}, "municipality", "Eine Kommune mit dem Schlüssel 99999999 ist nicht bekannt."),
    (
        {"municipality": "Auerbach"},
        "municipality",
        "„Auerbach“ ist nicht eindeutig. Gemeint sein kann: Auerbach (Erzgebirgskreis, 14521040); Auerbach/Vogtl. (Vogtlandkreis, 14523020).",
    ),
    ({"municipality": "Jahnatal", "date": "2021-01-01"}, "municipality", None),
    ({"municipality": ""}, "municipality", "Zu „Beratung“ gehört eine Kommune."),
    ({"kind": "grant_awarded"}, "amount", "Zu „Zuwendung bewilligt“ gehört ein Betrag in Euro."),
    ({"valid_until": "31.12.2030"}, "valid_until", "Zu „Beratung“ gehört kein Ende. Lassen Sie „Gilt bis“ leer."),
    (
        {"kind": "agreement_signed", "date": "14.09.2023", "valid_until": "13.09.2023"},
        "valid_until",
        "Das Ende liegt vor dem Datum des Ereignisses.",
    ),
    ({"kind": "agreement_signed", "valid_until": "bald"}, "valid_until", None),
    ({"amount": "viel"}, "amount", "„viel“ ist kein Betrag. Schreiben Sie zum Beispiel 12.500,00."),
    ({"amount": "0.125"}, "amount", "„0.125“ ist kein Betrag. Schreiben Sie zum Beispiel 12.500,00."),
    ({"amount": "-5"}, "amount", "„-5“ ist kein Betrag. Schreiben Sie zum Beispiel 12.500,00."),
    ({"detail": "participants=12"}, "detail", "„Beratung“ kennt die Angabe „Teilnehmende“ nicht. Möglich: keine."),
    ({"parties": "Polizeidirektion Bonn"}, "parties", None),
    ({"fields": "Wetter"}, "fields", "Das Handlungsfeld „Wetter“ ist nicht bekannt."),
    ({"reported_by": "Nachbar"}, "reported_by", "Die Angabe „Nachbar“ ist nicht bekannt."),
    ({"status": "vielleicht"}, "status", "Der Status „vielleicht“ ist nicht bekannt."),
    ({"source": "x" * 301}, "source", "Die Quelle ist länger als 300 Zeichen."),
]


@pytest.mark.parametrize(("cells", "column", "reason"), BAD)
def test_refusals_name_cell_and_reason(tmp_path: Path, cells: dict[str, str], column: str, reason: str | None) -> None:
    found = preview(tmp_path, row(), row(**cells))
    assert [(r.row, r.column, r.value) for r in found.rejected] == [(3, column, cells.get(column, ""))]
    assert len(found.accepted) == 1
    if reason:
        assert found.rejected[0].reason == reason


@pytest.mark.parametrize(
    ("cells", "nearest"),
    [
        ({"municipality": "14626119"}, GOERLITZ),
        ({"municipality": "Görlits"}, "Görlitz"),
        ({"kind": "Beratumg"}, "Beratung"),
        ({"status": "bestetigt"}, "bestätigt"),
        ({"reported_by": "Komune"}, "Eigene Angelegenheit der Kommune"),
        ({"reported_by": "Nachbar"}, ""),
    ],
)
def test_the_nearest_valid_value_is_one_that_would_do(tmp_path: Path, cells: dict[str, str], nearest: str) -> None:
    assert [r.nearest for r in preview(tmp_path, row(**cells)).rejected] == [nearest]


def test_an_agreement_may_say_how_long_it_holds(tmp_path: Path) -> None:
    cells = {"date": "14.09.2023", "kind": "Kooperationsvereinbarung unterzeichnet", "valid_until": "31.12.2030"}
    record_events(preview(tmp_path, row(**cells)).accepted, by=SYSTEM)
    assert Event.objects.get().valid_until == dt.date(2030, 12, 31)


def test_everything_a_row_can_say(tmp_path: Path) -> None:
    cells = {
        "date": "14.09.2023",
        "kind": "Fachtag",
        "municipality": "",
        "parties": "LPR|Polizeidirektion Görlitz",
        "reported_by": "LPR",
        "status": "bestätigt",
        "fields": "Verkehr|graffiti",
        "amount": "1.100.000,50 €",
        "detail": "Teilnehmende=230; police_share=25 %; schöner Tag",
        "source": "Medieninformation",
    }
    record_events(preview(tmp_path, row(**cells)).accepted, by=SYSTEM)
    found = Event.objects.get()
    assert (str(found.span), found.kind_id, found.reported_by, found.status, str(found.amount)) == (
        "14.09.2023",
        "conference_held",
        "state_council",
        "confirmed",
        "1100000.50",
    )
    assert (found.measures, found.note, found.source, found.visibility) == (
        {"participants": 230, "police_share": 0.25},
        "schöner Tag",
        "Medieninformation",
        "alliance",
    )
    assert sorted(o.name for o in found.parties.all()) == ["Landespräventionsrat Sachsen", "Polizeidirektion Görlitz"]
    assert sorted(f.key for f in found.fields.all()) == ["graffiti", "traffic"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    header = delimiter.join(map(str, COLUMNS.values()))
    cells = ["01.03.2023", "", "Beratung", "Lößnitz", "", "", "", "Sucht und Drogen", "", "erstes Gespräch", ""]
    found = preview(tmp_path, delimiter.join(cells), header=header, encoding=encoding)
    assert [m.name for draft in found.accepted for m in draft.municipalities] == ["Lößnitz"]
    assert found.repairs == (["Zeichensatz Windows-1252 (Latin-1) erkannt und umgewandelt."] if encoding == "cp1252" else [])


def test_the_same_twice_is_known(tmp_path: Path) -> None:
    event("consultation", "2023-03-01", GOERLITZ)
    found = preview(tmp_path, row(), row(municipality="Frankenberg"), row(municipality=FRANKENBERG))
    assert (found.duplicates, len(found.accepted), found.rejected) == ([2, 4], 1, [])


def test_what_only_others_see_is_not_given_away_as_known(tmp_path: Path) -> None:
    event("consultation", "2023-03-01", GOERLITZ, visibility=Visibility.PRIVATE)
    _account, coordinator = member("coordinator", GOERLITZ)
    found = preview(tmp_path, row(), by=coordinator)
    assert (found.duplicates, len(found.accepted)) == ([], 1)


def test_a_coordinator_reads_in_for_her_own_place_only(tmp_path: Path) -> None:
    _account, coordinator = member("coordinator", GOERLITZ)
    found = preview(tmp_path, row(), row(municipality="Frankenberg"), by=coordinator)
    assert [(r.row, r.column, r.reason) for r in found.rejected] == [(3, "municipality", "Für diese Kommune dürfen Sie nichts eintragen.")]
    recorded = record_events(found.accepted, by=coordinator)
    assert [str(e.owner) for e in recorded] == ["Görlitz"]


def workbook(tmp_path: Path, *rows: list[Any]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    header: list[Any] = [*COLUMNS]
    for cells in (header, *rows):
        sheet.append(cells)
    book.save(tmp_path / "events.xlsx")
    return tmp_path / "events.xlsx"


def test_a_workbook_with_real_dates_and_numbers(tmp_path: Path) -> None:
    import datetime as dt

    path = workbook(tmp_path, [dt.datetime(2023, 3, 1), "Tag", "grant_awarded", 14626110, None, None, None, None, 12500.5])  # noqa: DTZ001 -- as Excel stores days
    found = read(path)
    assert [(str(d.span), str(d.amount), [m.ags for m in d.municipalities]) for d in found.accepted] == [("01.03.2023", "12500.5", [GOERLITZ])]


def test_an_amount_of_a_workbook_with_three_decimals_is_not_taken_for_thousands(tmp_path: Path) -> None:
    rows = [[dt.date(2023, 3, day), "Tag", "grant_awarded", 14626110, None, None, None, None, amount] for day, amount in ((1, 12.345), (2, "12.345"))]
    found = read(workbook(tmp_path, *rows))
    assert ([(r.row, r.column, r.value) for r in found.rejected], [str(d.amount) for d in found.accepted]) == ([(2, "amount", "12,345")], ["12345"])


def test_a_formula_is_refused_at_its_cell(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["=TODAY()", "", "consultation", "Görlitz"], ["2023-03-01", "", "consultation", "Görlitz"])
    found = read(path)
    assert [(r.row, r.column, r.value, r.reason) for r in found.rejected] == [
        (2, "date", "=TODAY()", "Die Zelle enthält eine Formel. Bitte als Wert einfügen.")
    ]
    assert len(found.accepted) == 1


def test_a_zip_bomb_is_refused_unread(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(packed.getvalue())
    with pytest.raises(TableError, match="entpackt viel zu groß"):
        read(path)


@pytest.mark.once
def test_command_line(example_copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("\n".join([HEADER, row(date="2024-05-06"), row(municipality="Auerbach")]), encoding="utf-8")
    first = run_asskomm("import", "events", str(path), "--json", data=example_copy)
    assert (first.returncode, json.loads(first.stdout)["accepted"], first.stderr) == (1, 1, "")
    second = run_asskomm("import", "events", str(path), "--commit", "--json", data=example_copy)
    found = json.loads(second.stdout)
    assert (second.returncode, found["accepted"], found["duplicates"], found["committed"]) == (1, 1, 0, True)
    assert [(r["row"], r["column"], r["value"]) for r in found["rejected"]] == [(3, "municipality", "Auerbach")]
    third = run_asskomm("import", "events", str(path), "--commit", "--json", data=example_copy)
    assert [json.loads(third.stdout)[key] for key in ("accepted", "duplicates")] == [0, 1]


WORDS = """1 Zeilen können übernommen werden, 0 nicht, 0 schon bekannt.
Die ersten Zeilen (Zeile | Datum | Art | Kommune):
  2 | 06.05.2024 | Beratung | Görlitz
Übernehmen mit --commit.
"""


@pytest.mark.once
def test_command_line_in_words(example_copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("\n".join([HEADER, row(date="2024-05-06")]), encoding="utf-8")
    done = run_asskomm("import", "events", str(path), data=example_copy)
    assert (done.returncode, done.stdout) == (0, WORDS)
    missing = run_asskomm("import", "events", str(tmp_path / "nix.csv"), data=example_copy)
    assert (missing.returncode, missing.stderr) == (2, f"asskomm: Die Datei {tmp_path / 'nix.csv'} gibt es nicht.\n")


@pytest.mark.once
def test_killed_in_the_middle_all_or_nothing_counts(example_copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    days = [f"2024-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    path.write_text("\n".join([HEADER, *(row(date=day, municipality=place) for day in days for place in ("Görlitz", "Frankenberg"))]), encoding="utf-8")
    before = count_events(example_copy)
    command = [sys.executable, "-m", "asskomm", "--data", str(example_copy), "import", "events", str(path), "--commit"]
    found = set()
    for tenths in (5, 7, 8, 9, 10, 11, 12, 14):
        process = subprocess.Popen(command, env=plain_environment(), stdout=subprocess.DEVNULL)
        try:
            process.wait(tenths / 10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        found.add(count_events(example_copy))
    assert found <= {before, before + 2 * len(days)}
    done = run_asskomm("check", "--json", data=example_copy)
    assert {check["key"]: check["level"] for check in json.loads(done.stdout)}["projection"] == "ok"


def count_events(folder: Path) -> int:
    with sqlite3.connect(folder / "asskomm.sqlite3") as database:
        return int(database.execute("SELECT COUNT(*) FROM alliance_event WHERE closed_at IS NULL").fetchone()[0])
