# SPDX-License-Identifier: EUPL-1.2
"""Exports read back as what was written, and never as a formula."""

import csv
import io
import re
from collections.abc import Sequence

import pytest
from django.utils.translation import gettext_lazy, override
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from asskomm.core.exports import FORMATS, Column, Sheet, export, formats_for
from asskomm.core.exports.formats import Value

COLUMNS = (
    Column("name", gettext_lazy("Kommune"), gettext_lazy("Amtlicher Name")),
    Column("share", "Anteil", "0 bis 1"),
    Column("count", "Anzahl; gezählt", "so viele"),
)
ROWS: tuple[tuple[Value, ...], ...] = (("Görlitz", 0.25, 418), ('Sagt "ja"; immer', -1234.5, -5), ("zwei\nZeilen", None, 0))
SHEET = Sheet("Kommunen", COLUMNS, ROWS, ("Stand: 14.09.2023", "Lizenz: keine"))
DANGEROUS = {
    "=1+1": "'=1+1",
    "+1": "'+1",
    "-1+1": "'-1+1",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1": "'\t=1",
    "\r=1": "'\n=1",
    "\r\n=1": "'\n=1",
    "\n=1": "'\n=1",
    "Text\r=1": "Text\n=1",
    "=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0",
}


def _plain(sheet: Sheet) -> list[list[str]]:
    return list(csv.reader(io.StringIO(FORMATS["csv"].write(sheet).decode("utf-8"), newline="")))


def _excel(sheet: Sheet) -> list[list[str]]:
    return list(csv.reader(io.StringIO(FORMATS["excel.csv"].write(sheet).decode("utf-8-sig"), newline=""), delimiter=";"))


def _xlsx(sheet: Sheet, number: int = 0) -> list[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].write(sheet)))
    return list(book.worksheets[number].iter_rows(values_only=True))


def _one_cell(text: str) -> Sheet:
    return Sheet("Probe", COLUMNS[:1], [(text,)])


def test_plain_csv_has_keys_points_and_no_mark() -> None:
    assert FORMATS["csv"].write(SHEET).startswith(b"name,share,count\nG\xc3\xb6rlitz,0.25,418\n")
    assert _plain(SHEET) == [
        ["name", "share", "count"],
        ["Görlitz", "0.25", "418"],
        ['Sagt "ja"; immer', "-1234.5", "-5"],
        ["zwei\nZeilen", "", "0"],
    ]


def test_csv_for_excel_has_headings_decimal_commas_and_a_mark() -> None:
    assert FORMATS["excel.csv"].write(SHEET).startswith(b'\xef\xbb\xbfKommune;Anteil;"Anzahl; gez\xc3\xa4hlt"\r\nG\xc3\xb6rlitz;0,25;418\r\n')
    assert _excel(SHEET) == [
        ["Kommune", "Anteil", "Anzahl; gezählt"],
        ["Görlitz", "0,25", "418"],
        ['Sagt "ja"; immer', "-1234,5", "-5"],
        ["zwei\nZeilen", "", "0"],
    ]


def test_xlsx_keeps_numbers_as_numbers() -> None:
    assert _xlsx(SHEET) == [
        ("Kommune", "Anteil", "Anzahl; gezählt"),
        ("Görlitz", 0.25, 418),
        ('Sagt "ja"; immer', -1234.5, -5),
        ("zwei\nZeilen", None, 0),
    ]


def test_xlsx_explains_itself_on_a_second_sheet() -> None:
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].write(SHEET)))
    assert book.sheetnames == ["Kommunen", "Erläuterung"]
    assert book.worksheets[0].freeze_panes == "A2"
    assert _xlsx(SHEET, 1) == [
        ("Kommune", "Amtlicher Name"),
        ("Anteil", "0 bis 1"),
        ("Anzahl; gezählt", "so viele"),
        (None, None),
        ("Stand: 14.09.2023", None),
        ("Lizenz: keine", None),
    ]


@pytest.mark.parametrize(("text", "written"), DANGEROUS.items())
def test_no_text_becomes_a_formula_in_csv(text: str, written: str) -> None:
    assert _plain(_one_cell(text))[1:] == [[written]]
    assert _excel(_one_cell(text))[1:] == [[written]]


@pytest.mark.parametrize(("text", "written"), DANGEROUS.items())
def test_no_text_becomes_a_formula_in_xlsx(text: str, written: str) -> None:
    cell = load_workbook(io.BytesIO(FORMATS["xlsx"].write(_one_cell(text)))).worksheets[0]["A2"]
    assert (cell.data_type, cell.value) == ("s", written)


@pytest.mark.parametrize("text", ["https://example.org", "mailto:wer@example.org", "internal:Blatt!A1", "0123", "1e5"])
def test_xlsx_leaves_texts_texts(text: str) -> None:
    cell = load_workbook(io.BytesIO(FORMATS["xlsx"].write(_one_cell(text)))).worksheets[0]["A2"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)


SAFE_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


@given(st.lists(st.tuples(SAFE_TEXT, st.integers()), max_size=6))
def test_csv_reads_back_as_written(rows: Sequence[tuple[str, int]]) -> None:
    sheet = Sheet("Probe", COLUMNS[::2], rows)
    texts = [re.sub("\r\n?", "\n", text) for text, _number in rows]
    expected = [[re.sub("^(?=[=+@\t\n-])", "'", text), str(number)] for text, (_text, number) in zip(texts, rows, strict=True)]
    assert _plain(sheet)[1:] == expected
    assert _excel(sheet)[1:] == expected


@pytest.mark.parametrize(
    ("form", "ending", "media_type"),
    [
        ("csv", "csv", "text/csv; charset=utf-8"),
        ("excel.csv", "csv", "text/csv; charset=utf-8"),
        ("xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_a_file_is_named_and_typed(form: str, ending: str, media_type: str) -> None:
    response = export(SHEET, form, "kommunen")
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == f'attachment; filename="kommunen.{ending}"'
    if form != "xlsx":
        assert response.content == FORMATS[form].write(SHEET)


def test_an_unknown_format_is_a_fault() -> None:
    assert list(FORMATS) == ["csv", "excel.csv", "xlsx", "json", "geojson"]
    assert list(formats_for(areas=False)) == ["csv", "excel.csv", "xlsx", "json"]
    with pytest.raises(KeyError):
        export(SHEET, "pdf", "kommunen")


def test_a_long_name_is_cut_to_what_a_sheet_may_have() -> None:
    with override("de"):
        book = load_workbook(io.BytesIO(FORMATS["xlsx"].write(Sheet("K" * 40, COLUMNS, []))))
    assert book.sheetnames[0] == "K" * 31
