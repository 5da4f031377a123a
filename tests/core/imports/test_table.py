# SPDX-License-Identifier: EUPL-1.2
"""Files of unknown origin: read where they are a table, refused in a sentence where they are none."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asskomm.core.imports import Row, TableError, read_table, table

ALIASES = {"date": "date", "datum": "date", "place": "place", "ort": "place", "note": "note", "notiz": "note"}
NEEDED = ("date", "place")
TEXT = "Datum;Ort;Notiz\r\n14.09.2023;Görlitz;für „alle“\r\n"
READ = [Row(2, {"date": "14.09.2023", "place": "Görlitz", "note": "für „alle“"})]
WINDOWS = "Zeichensatz Windows-1252 (Latin-1) erkannt und umgewandelt."
NO_TABLE = "Die Datei ist weder eine CSV- noch eine XLSX-Datei."


def _file(folder: Path, content: bytes | str) -> Path:
    path = folder / "datei.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _rows(folder: Path, content: bytes | str) -> list[Row]:
    return list(read_table(_file(folder, content), ALIASES, NEEDED).rows)


def _refusal(folder: Path, content: bytes | str) -> str:
    with pytest.raises(TableError) as refusal:
        _rows(folder, content)
    return str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    found = read_table(_file(tmp_path, TEXT.encode(encoding)), ALIASES, NEEDED)
    assert list(found.rows) == READ
    assert found.columns == ["date", "place", "note"]
    assert found.repairs == ([WINDOWS] if encoding == "cp1252" else [])


def test_utf_16_of_either_order_is_read(tmp_path: Path) -> None:
    assert _rows(tmp_path, b"\xff\xfe" + TEXT.encode("utf-16-le")) == READ
    assert _rows(tmp_path, b"\xfe\xff" + TEXT.encode("utf-16-be")) == READ


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("ö", "o").replace("ü", "u").replace("„", "").replace("“", "")])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_refused(tmp_path: Path, text: str, encoding: str) -> None:
    assert _refusal(tmp_path, text.encode(encoding)) == NO_TABLE


def test_bytes_of_no_encoding_are_refused(tmp_path: Path) -> None:
    assert _refusal(tmp_path, b"Datum;Ort\n\x81\x8d;\xff\n") == "Der Zeichensatz der Datei ist nicht lesbar. Speichern Sie sie als „CSV UTF-8“."


def test_a_mark_that_lies_is_not_believed(tmp_path: Path) -> None:
    assert _refusal(tmp_path, b"\xff\xfe\x00") == NO_TABLE


def test_a_null_character_far_down_is_refused_too(tmp_path: Path) -> None:
    assert _refusal(tmp_path, "Datum;Ort\n" + "14.09.2023;Görlitz\n" * 5000 + "14.09.2023;Gör\0litz\n") == NO_TABLE


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_usual_delimiter_is_read(tmp_path: Path, delimiter: str) -> None:
    assert _rows(tmp_path, TEXT.replace(";", delimiter)) == READ


def test_the_heading_decides_on_the_delimiter(tmp_path: Path) -> None:
    assert _rows(tmp_path, 'date,place\n2023,"a;b;c;d"\n') == [Row(2, {"date": "2023", "place": "a;b;c;d"})]


def test_empty_lines_before_the_heading_change_neither_delimiter_nor_row_numbers(tmp_path: Path) -> None:
    assert _rows(tmp_path, "\n\nDatum;Ort\n2023;Aue\n\n2024;Plauen\n") == [
        Row(4, {"date": "2023", "place": "Aue"}),
        Row(6, {"date": "2024", "place": "Plauen"}),
    ]


def test_headings_are_read_whatever_their_case_and_space(tmp_path: Path) -> None:
    assert _rows(tmp_path, " ORT ;Datum;\nAue;2023;\n") == [Row(2, {"place": "Aue", "date": "2023"})]


def test_short_rows_are_filled_and_blank_ones_left_out(tmp_path: Path) -> None:
    content = "Datum;Ort;Notiz\n2023\n;;\n  ; ;\n2024; Aue ;\n"
    assert _rows(tmp_path, content) == [
        Row(2, {"date": "2023", "place": "", "note": ""}),
        Row(5, {"date": "2024", "place": "Aue", "note": ""}),
    ]


def test_quoted_cells_keep_delimiters_and_line_breaks(tmp_path: Path) -> None:
    assert _rows(tmp_path, 'Datum;Ort;Notiz\n2023;Aue;"eins;\n„zwei“ ""drei"""\n') == [
        Row(2, {"date": "2023", "place": "Aue", "note": 'eins;\n„zwei“ "drei"'}),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "Die Datei ist leer."),
        ("\ufeff", "Die Datei ist leer."),
        ("\n\n\n", "Die Datei ist leer."),
        ("Datum;Notiz\n2023;x\n", "Zeile 1: Es fehlt die Spalte „place“. Gefunden: Datum, Notiz."),
        ("irgendein Text", "Zeile 1: Es fehlt die Spalte „date“. Gefunden: irgendein Text."),
        ("Datum;Ort;Wetter\n", "Zeile 1: Die Spalte „Wetter“ ist nicht bekannt."),
        ("Datum;Ort;place\n", "Zeile 1: Die Spalte „place“ kommt zweimal vor."),
        ('Datum;Ort\n2023;"Aue\n', "Die Anführungszeichen in der Datei gehen nicht auf."),
        ('Datum;Ort\n2023;"Aue"x\n', "Die Anführungszeichen in der Datei gehen nicht auf."),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", NO_TABLE),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, content: bytes | str, sentence: str) -> None:
    assert _refusal(tmp_path, content) == sentence


def test_a_heading_alone_has_no_rows(tmp_path: Path) -> None:
    assert _rows(tmp_path, "Datum;Ort\n") == []


SURPLUS = "Die Zeile hat mehr Zellen als die Kopfzeile. Steht ein Trennzeichen im Text, setzen Sie ihn in Anführungszeichen."


@pytest.mark.parametrize("heading", ["Datum;Ort", "Datum;Ort;;"])
def test_cells_without_a_heading_are_a_fault_of_the_row(tmp_path: Path, heading: str) -> None:
    assert _rows(tmp_path, f"{heading}\n2023;Aue; ;Rest\n2024;Plauen;;\n") == [
        Row(2, {"date": "2023", "place": "Aue"}, (("", "Rest", SURPLUS),)),
        Row(3, {"date": "2024", "place": "Plauen"}),
    ]


def test_a_text_over_the_limit_is_a_fault_of_its_cell(tmp_path: Path) -> None:
    longest, longer = "x" * 10_000, "y" * 10_001
    just, over = _rows(tmp_path, f"Datum;Ort\n2023;{longest}\n2024;{longer}\n")
    assert just == Row(2, {"date": "2023", "place": longest})
    assert over.faults == (("place", "y" * 60, "Der Text ist länger als 10000 Zeichen."),)


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_ROWS", 3)
    assert len(_rows(tmp_path, "Datum;Ort\n" + "2023;Aue\n" * 3)) == 3
    assert _refusal(tmp_path, "Datum;Ort\n" + "2023;Aue\n" * 4) == "Die Datei hat mehr als 3 Zeilen. Teilen Sie sie auf."


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300) | st.text(alphabet='Datum;Ort,\t\n\r"\0ä', max_size=60).map(lambda text: ("Datum;Ort\n" + text).encode()))
def test_no_bytes_break_the_reader(tmp_path: Path, content: bytes) -> None:
    try:
        _rows(tmp_path, content)
    except TableError as fault:
        assert str(fault).endswith(".")  # noqa: PT017 -- both ways are right


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30).map(str.strip).filter(bool), max_size=5))
def test_every_text_comes_through_unharmed(tmp_path: Path, cells: list[str]) -> None:
    lines = "".join('2023;"{}"\n'.format(cell.replace('"', '""')) for cell in cells)
    assert [row.cells["place"] for row in _rows(tmp_path, f"Datum;Ort\n{lines}")] == cells
