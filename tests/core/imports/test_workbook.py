# SPDX-License-Identifier: EUPL-1.2
"""XLSX files: dates, numbers and formulas, and whatever pretends to be a workbook."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from asskomm.core.imports import Row, TableError, read_table, workbook

ALIASES = {"datum": "date", "ort": "place", "betrag": "amount"}
HEADING = ("Datum", "Ort", "Betrag")
DAMAGED = "Die XLSX-Datei ist beschädigt oder keine Arbeitsmappe."
TOO_LARGE = "Die XLSX-Datei ist entpackt viel zu groß und wurde nicht gelesen."
FORMULA = "Die Zelle enthält eine Formel. Bitte als Wert einfügen."


def _content(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value  # type: ignore[assignment]
    book.create_sheet("Weiteres")["A1"] = "bleibt ungelesen"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _rows(folder: Path, content: bytes) -> list[Row]:
    path = folder / "mappe.xlsx"
    path.write_bytes(content)
    return list(read_table(path, ALIASES, ("date", "place")).rows)


def _refusal(folder: Path, content: bytes) -> str:
    with pytest.raises(TableError) as refusal:
        _rows(folder, content)
    return str(refusal.value)


def _repacked(content: bytes, **changed: bytes) -> bytes:
    """Give a workbook with some of its parts replaced, by the last word of their names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, changed.get(Path(name).stem, before.read(name)))
    return buffer.getvalue()


def test_dates_and_numbers_become_text_as_a_clerk_reads_them(tmp_path: Path) -> None:
    content = _content(
        HEADING,
        (dt.date(2023, 9, 14), "Görlitz", 1100000),
        (dt.datetime(2023, 9, 14, 12, 30), " Aue ", 0.5),  # noqa: DTZ001 -- workbooks know no zones
        (2023, None, 17.0),
        (2024, "Aue", 12.345),
        (2025, "Aue", 1.5e-07),
        (None, None, None),
        ("Juli 2021", True, "1.100,50"),
    )
    assert _rows(tmp_path, content) == [
        Row(2, {"date": "2023-09-14", "place": "Görlitz", "amount": "1100000"}),
        Row(3, {"date": "2023-09-14 12:30:00", "place": "Aue", "amount": "0,5"}),
        Row(4, {"date": "2023", "place": "", "amount": "17"}),
        Row(5, {"date": "2024", "place": "Aue", "amount": "12,345"}),
        Row(6, {"date": "2025", "place": "Aue", "amount": "0,00000015"}),
        Row(8, {"date": "Juli 2021", "place": "True", "amount": "1.100,50"}),
    ]


def test_a_whole_number_stays_whole_however_it_is_stored(tmp_path: Path) -> None:
    cells = "".join(f'<c r="{place}" t="str"><v>{text}</v></c>' for place, text in (("A1", "Datum"), ("B1", "Ort"), ("C1", "Betrag")))
    rows = f'<row r="1">{cells}</row><row r="2"><c r="A2"><v>2023</v></c><c r="C2"><v>1.7E1</v></c></row>'
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    assert _rows(tmp_path, _repacked(_content(HEADING), sheet1=sheet.encode())) == [Row(2, {"date": "2023", "place": "", "amount": "17"})]


def test_a_formula_is_a_fault_of_its_cell(tmp_path: Path) -> None:
    content = _content(HEADING, ("2023", '=HYPERLINK("http://example.org")', 5), ("2024", "Aue", ArrayFormula("C3", "=SUM(C1:C2)")))
    first, second = _rows(tmp_path, content)
    assert first.faults == (("place", '=HYPERLINK("http://example.org")', FORMULA),)
    assert second.faults == (("amount", "=SUM(C1:C2)", FORMULA),)


def test_cells_beside_the_table_are_a_fault_of_the_row(tmp_path: Path) -> None:
    (row,) = _rows(tmp_path, _content(HEADING, ("2023", "Aue", 5, None, "Summe fehlt")))
    assert [(column, value) for column, value, _reason in row.faults] == [("", "Summe fehlt")]


def test_only_the_first_sheet_is_read_and_an_empty_one_refused(tmp_path: Path) -> None:
    assert _refusal(tmp_path, _content()) == "Die Datei ist leer."


def test_a_heading_alone_has_no_rows(tmp_path: Path) -> None:
    assert _rows(tmp_path, _content(HEADING)) == []


@pytest.mark.parametrize("kept", [4, 30, 500, 3000])
def test_a_workbook_cut_short_is_refused(tmp_path: Path, kept: int) -> None:
    assert _refusal(tmp_path, _content(HEADING, ("2023", "Aue", 5))[:kept]) == DAMAGED


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("brief.txt", "kein Blatt")
    assert _refusal(tmp_path, buffer.getvalue()) == DAMAGED


@pytest.mark.parametrize("part", ["sheet1", "workbook", "styles"])
@pytest.mark.parametrize("content", [b"", b"<x", b"<x/>", b"\xff\xfe", b"kein XML"])
def test_a_broken_part_never_breaks_the_reader(tmp_path: Path, part: str, content: bytes) -> None:
    broken = _repacked(_content(HEADING, ("2023", "Aue", 5)), **{part: content})
    assert _refusal(tmp_path, broken) in {DAMAGED, "Die Datei ist leer."}


def test_entities_are_not_unfolded(tmp_path: Path) -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>'
    )
    assert _refusal(tmp_path, _repacked(_content(HEADING), sheet1=bomb)) == DAMAGED


def test_a_locked_archive_is_refused(tmp_path: Path) -> None:
    content = bytearray(_content(HEADING, ("2023", "Aue", 5)))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(sign)
        while start >= 0:
            content[start + offset] |= 1  # the flag "encrypted"
            start = content.find(sign, start + 1)
    assert _refusal(tmp_path, bytes(content)) == DAMAGED


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = _repacked(_content(HEADING, ("2023", "Aue", 5)), sheet1=b" " * 11_000_000)
    assert len(bomb) < 50_000
    assert _refusal(tmp_path, bomb) == TOO_LARGE


def test_the_limits_of_what_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = _content(HEADING, ("2023", "Aue", 5))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    monkeypatch.setattr(workbook, "LARGEST_UNPACKED", unpacked)
    assert len(_rows(tmp_path, content)) == 1
    monkeypatch.setattr(workbook, "LARGEST_UNPACKED", unpacked - 1)
    assert _refusal(tmp_path, content) == TOO_LARGE


SOUND = _content(HEADING, *((f"{1990 + n}", f"Ort {n * n}", n) for n in range(30)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(changes=st.lists(st.tuples(st.integers(4, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_no_damaged_byte_breaks_the_reader(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    content = bytearray(SOUND)
    for position, value in changes:
        content[position] = value
    try:
        _rows(tmp_path, bytes(content))
    except TableError as fault:
        assert str(fault).endswith(".")  # noqa: PT017 -- a byte that nobody reads does no harm


def test_a_version_of_zip_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    content = bytearray(SOUND)
    content[content.index(b"PK\x01\x02") + 6] = 200
    assert _refusal(tmp_path, bytes(content)) == "Die XLSX-Datei ist beschädigt oder keine Arbeitsmappe."


def test_the_workbooks_of_these_tests_are_sound(tmp_path: Path) -> None:
    assert len(load_workbook(io.BytesIO(SOUND)).worksheets) == 2
    assert len(_rows(tmp_path, SOUND)) == 30


def test_an_archive_of_very_many_parts_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO(_content(HEADING))
    with zipfile.ZipFile(buffer, "a") as archive:
        for number in range(workbook.MOST_PARTS):
            archive.writestr(f"xl/{number}", b"")
    assert _refusal(tmp_path, buffer.getvalue()) == TOO_LARGE
