# SPDX-License-Identifier: EUPL-1.2
"""Read the first sheet of an XLSX file, streamed and bounded; every cell as the text that a German clerk reads in it."""

import datetime as dt
import math
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

LARGEST_UNPACKED = 300 * 1024 * 1024
LARGEST_RATIO = 200
MOST_COLUMNS = 200
MOST_PARTS = 10_000


class FormulaCell(str):
    """The text of a cell that holds a formula instead of a value."""

    __slots__ = ()


def is_workbook(path: Path) -> bool:
    """Whether a file is a ZIP archive, as XLSX files are."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def read_workbook(path: Path, error: Callable[[str], Exception]) -> Iterator[list[str]]:
    """Give the rows of the first sheet as text.

    Raises
    ------
        error: not a workbook, damaged, or too large when unpacked.
    """
    _refuse_bomb(path, error)
    from openpyxl import load_workbook  # heavy: only while reading

    try:
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=False)
            sheet = book.worksheets[0]
            for cells in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=False):
                yield [_text(cell.value, formula=getattr(cell, "data_type", "") == "f") for cell in cells]
    except Exception:  # noqa: BLE001 -- a damaged file makes the parsers below fail in ways that no list of theirs names
        raise error(_("Die XLSX-Datei ist beschädigt oder keine Arbeitsmappe.")) from None


def _refuse_bomb(path: Path, error: Callable[[str], Exception]) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):  # what a damaged directory makes of it
        raise error(_("Die XLSX-Datei ist beschädigt oder keine Arbeitsmappe.")) from None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or unpacked > LARGEST_RATIO * max(path.stat().st_size, 50_000):
        raise error(_("Die XLSX-Datei ist entpackt viel zu groß und wurde nicht gelesen."))


def _text(value: object, *, formula: bool) -> str:
    if value is None:
        return ""
    if formula:
        return FormulaCell(getattr(value, "text", value))  # an array formula is an object
    if isinstance(value, dt.datetime) and value.time() == dt.time.min:
        return value.date().isoformat()
    if isinstance(value, float):
        return _said(value)
    return str(value)


def _said(number: float) -> str:
    """Write a number with a comma, so that no reader of German text takes 12.345 for twelve thousand."""
    if not math.isfinite(number):
        return str(number)
    return str(int(number)) if number.is_integer() else f"{Decimal(repr(number)):f}".replace(".", ",")
