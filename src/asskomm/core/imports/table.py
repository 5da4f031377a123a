# SPDX-License-Identifier: EUPL-1.2
"""Read a table from a CSV or XLSX file of unknown origin."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.imports.workbook import FormulaCell, is_workbook, read_workbook

MOST_ROWS = 1_000_000
LONGEST_CELL = 10_000
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 64 * 1024
_OTHER = "\0"  # the name of a column that is left out
_FORMULA = gettext_lazy("Die Zelle enthält eine Formel. Bitte als Wert einfügen.")
_SURPLUS = gettext_lazy("Die Zeile hat mehr Zellen als die Kopfzeile. Steht ein Trennzeichen im Text, setzen Sie ihn in Anführungszeichen.")
SHAPE_FAULTS = (_FORMULA, _SURPLUS)
"""Reasons that name nothing out of the file."""


class TableError(ValueError):
    """A file that cannot be read as a table at all; the message is a sentence."""


@dataclass(frozen=True)
class Row:
    """One row: its number in the sheet, its cells by column, and the faults of its shape."""

    number: int
    cells: Mapping[str, str]
    faults: tuple[tuple[str, str, str], ...] = ()


@dataclass
class Table:
    """Columns, rows to be read once, and what was put right."""

    columns: Sequence[str]
    rows: Iterable[Row]
    repairs: list[str] = field(default_factory=list)


def read_table(path: Path, aliases: Mapping[str, str], needed: Sequence[str], *, others_ignored: bool = False) -> Table:
    """Read a file whose first row names its columns.

    Args:
        path: the file.
        aliases: every accepted heading, in small letters, to its column.
        needed: columns without which the file makes no sense.
        others_ignored: leave out columns that are not known, with a note, instead of refusing the file.

    Raises
    ------
        TableError: not a table, no such columns, or too large when unpacked.
    """
    repairs: list[str] = []
    lines = enumerate(read_lines(path, repairs), 1)
    header = next((line for _number, line in lines if any(line)), None)
    if header is None:
        raise TableError(_("Die Datei ist leer."))
    if others_ignored:
        others = [str(cell) for cell in header if str(cell).strip() and str(cell).strip().lower() not in aliases]
        repairs += [_("Die Spalte „%(column)s“ ist nicht bekannt und bleibt weg.") % {"column": other[:60]} for other in others]
    columns = _columns(header, aliases, needed, strict=not others_ignored)
    return Table(columns, _rows(lines, columns), repairs)


def read_lines(path: Path, repairs: list[str]) -> Iterator[list[str]]:
    """Give the lines of a CSV or XLSX file as cells.

    Raises
    ------
        TableError: it is neither.
    """
    return read_workbook(path, TableError) if is_workbook(path) else _read_text(path, repairs)


def _columns(header: Sequence[str], aliases: Mapping[str, str], needed: Sequence[str], *, strict: bool) -> list[str]:
    names = [aliases.get(str(cell).strip().lower(), _OTHER if str(cell).strip() else "") for cell in header]
    unknown = [str(cell) for cell, name in zip(header, names, strict=True) if name == _OTHER]
    missing = [column for column in needed if column not in names]
    if missing:
        raise TableError(
            _("Zeile 1: Es fehlt die Spalte „%(column)s“. Gefunden: %(found)s.") % {"column": missing[0], "found": ", ".join(map(str, header))[:200]}
        )
    if unknown and strict:
        raise TableError(_("Zeile 1: Die Spalte „%(column)s“ ist nicht bekannt.") % {"column": unknown[0]})
    doubled = [name for name in names if name not in ("", _OTHER) and names.count(name) > 1]
    if doubled:
        raise TableError(_("Zeile 1: Die Spalte „%(column)s“ kommt zweimal vor.") % {"column": doubled[0]})
    return names


def _rows(lines: Iterator[tuple[int, Sequence[str]]], columns: Sequence[str]) -> Iterator[Row]:
    for number, line in lines:
        if number > MOST_ROWS + 1:
            raise TableError(_("Die Datei hat mehr als %(most)s Zeilen. Teilen Sie sie auf.") % {"most": MOST_ROWS})
        if any(str(cell).strip() for cell in line):
            yield _row(number, line, columns)


def _row(number: int, line: Sequence[str], columns: Sequence[str]) -> Row:
    faults = [(column, str(cell), str(_FORMULA)) for column, cell in zip(columns, line, strict=False) if isinstance(cell, FormulaCell) and column != _OTHER]
    faults += [
        (column, cell[:60], _("Der Text ist länger als %(most)s Zeichen.") % {"most": LONGEST_CELL})
        for column, cell in zip(columns, line, strict=False)
        if len(cell) > LONGEST_CELL
    ]
    surplus = [cell for column, cell in zip_longest(columns, line, fillvalue="") if not column and cell.strip()]
    if surplus:
        faults.append(("", surplus[0][:60], str(_SURPLUS)))
    cells = {column: str(line[i]).strip() if i < len(line) else "" for i, column in enumerate(columns) if column not in ("", _OTHER)}
    return Row(number, cells, tuple(faults))


def _read_text(path: Path, repairs: list[str]) -> Iterator[list[str]]:
    encoding = _encoding(path, repairs)
    with path.open(encoding=encoding, newline="") as file:
        sample = _checked(file.read(_SAMPLE))
        file.seek(0)
        csv.field_size_limit(1_000_000)
        try:
            yield from csv.reader(map(_checked, file), delimiter=_delimiter(sample), strict=True)
        except csv.Error:
            raise TableError(_("Die Anführungszeichen in der Datei gehen nicht auf.")) from None


def _checked(text: str) -> str:
    if "\0" in text:
        raise TableError(_("Die Datei ist weder eine CSV- noch eine XLSX-Datei."))
    return text


def _encoding(path: Path, repairs: list[str]) -> str:
    with path.open("rb") as file:
        start = file.read(4)
    for mark, encoding in _BOMS:
        if start.startswith(mark) and _readable(path, encoding):
            return encoding
    if _readable(path, "utf-8"):
        return "utf-8"
    if not _readable(path, "cp1252"):
        raise TableError(_("Der Zeichensatz der Datei ist nicht lesbar. Speichern Sie sie als „CSV UTF-8“."))
    repairs.append(_("Zeichensatz Windows-1252 (Latin-1) erkannt und umgewandelt."))
    return "cp1252"


def _readable(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding) as file:
            for _line in file:
                pass
    except UnicodeError:
        return False
    return True


def _delimiter(sample: str) -> str:
    header = sample.lstrip("\r\n").split("\n", 1)[0]
    return max((",", ";", "\t"), key=header.count)
