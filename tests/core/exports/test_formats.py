# SPDX-License-Identifier: EUPL-1.2
"""Exports read back as what was written, and never as a formula."""

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.utils.translation import gettext_lazy, override
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from asskomm.core.estimates import Basis, Estimate, Quality
from asskomm.core.exports import FORMATS, Column, Licence, Sheet, export, formats_for
from asskomm.core.exports.formats import Value

COLUMNS = (
    Column("name", gettext_lazy("Kommune"), gettext_lazy("Amtlicher Name")),
    Column("share", "Anteil", "0 bis 1", bounds=(Column("low", "mindestens", "untere Grenze"), Column("high", "höchstens", "obere Grenze"))),
    Column("count", "Anzahl; gezählt", "so viele"),
)
ROWS: tuple[tuple[Value, ...], ...] = (
    ("Görlitz", Estimate(0.25, "share", Basis.MEASURED, interval=(0.2, 0.3)), Estimate(418)),
    ('Sagt "ja"; immer', Estimate(-1234.5), Estimate(-5)),
    ("zwei\nZeilen", None, Estimate(0)),
    ("Geheim", Estimate(0.5, "share", Basis.MEASURED, interval=(0.4, 0.6), quality=Quality.NOT_SHOWN), Estimate(None)),
)
OPEN = Licence("Offene Lizenz", "https://example.org/licence")
SHEET = Sheet("Kommunen", COLUMNS, ROWS, ("Stand: 14.09.2023", "Lizenz: keine"), licence=OPEN)
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
    assert FORMATS["csv"].write(SHEET).startswith(b"name,share,low,high,count\nG\xc3\xb6rlitz,0.25,0.2,0.3,418\n")
    assert _plain(SHEET) == [
        ["name", "share", "low", "high", "count"],
        ["Görlitz", "0.25", "0.2", "0.3", "418"],
        ['Sagt "ja"; immer', "-1234.5", "", "", "-5"],
        ["zwei\nZeilen", "", "", "", "0"],
        ["Geheim", "", "", "", ""],
    ]


def test_csv_for_excel_has_headings_decimal_commas_and_a_mark() -> None:
    assert (
        FORMATS["excel.csv"]
        .write(SHEET)
        .startswith(b'\xef\xbb\xbfKommune;Anteil;mindestens;h\xc3\xb6chstens;"Anzahl; gez\xc3\xa4hlt"\r\nG\xc3\xb6rlitz;0,25;0,2;0,3;418\r\n')
    )
    assert _excel(SHEET) == [
        ["Kommune", "Anteil", "mindestens", "höchstens", "Anzahl; gezählt"],
        ["Görlitz", "0,25", "0,2", "0,3", "418"],
        ['Sagt "ja"; immer', "-1234,5", "", "", "-5"],
        ["zwei\nZeilen", "", "", "", "0"],
        ["Geheim", "", "", "", ""],
    ]


def test_xlsx_keeps_numbers_as_numbers() -> None:
    assert _xlsx(SHEET) == [
        ("Kommune", "Anteil", "mindestens", "höchstens", "Anzahl; gezählt"),
        ("Görlitz", 0.25, 0.2, 0.3, 418),
        ('Sagt "ja"; immer', -1234.5, None, None, -5),
        ("zwei\nZeilen", None, None, None, 0),
        ("Geheim", None, None, None, None),
    ]


def test_json_says_what_is_allowed_with_it_and_gives_the_same_numbers() -> None:
    content = json.loads(FORMATS["json"].write(SHEET))
    assert content["licence"] == {"name": "Offene Lizenz", "url": "https://example.org/licence"}
    assert [column["key"] for column in content["columns"]] == ["name", "share", "low", "high", "count"]
    assert content["rows"][0] == {"name": "Görlitz", "share": 0.25, "low": 0.2, "high": 0.3, "count": 418}
    assert json.loads(FORMATS["json"].write(Sheet("Liste", COLUMNS, [])))["licence"] is None


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("bare", [0, 3, -1.5, True])
def test_a_bare_number_does_not_leave(form: str, bare: Any) -> None:
    with pytest.raises(TypeError, match="count: a number leaves as an Estimate"):
        FORMATS[form].write(Sheet("Probe", COLUMNS[2:], [(bare,)]))


def test_a_place_in_an_order_measures_nothing() -> None:
    assert _plain(Sheet("Probe", [Column("number", "Nummer", "Reihenfolge", ordinal=True)], [(3,), (None,)])) == [["number"], ["3"], [""]]


def test_an_interval_is_not_lost() -> None:
    with pytest.raises(ValueError, match="count: has no columns for the bounds"):
        FORMATS["csv"].write(Sheet("Probe", COLUMNS[2:], [(Estimate(1, basis=Basis.ESTIMATED, interval=(0, 2)),)]))


def test_xlsx_explains_itself_on_a_second_sheet() -> None:
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].write(SHEET)))
    assert book.sheetnames == ["Kommunen", "Erläuterung"]
    assert book.worksheets[0].freeze_panes == "A2"
    assert _xlsx(SHEET, 1) == [
        ("Kommune", "name", "Amtlicher Name"),
        ("Anteil", "share", "0 bis 1"),
        ("mindestens", "low", "untere Grenze"),
        ("höchstens", "high", "obere Grenze"),
        ("Anzahl; gezählt", "count", "so viele"),
        (None, None, None),
        ("Stand: 14.09.2023", None, None),
        ("Lizenz: keine", None, None),
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
    sheet = Sheet("Probe", COLUMNS[::2], [(text, Estimate(number)) for text, number in rows])
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
    assert response["Link"] == '<https://example.org/licence>; rel="license"'
    assert "Link" not in export(_one_cell("x"), form, "probe").headers
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
