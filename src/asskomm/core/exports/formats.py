# SPDX-License-Identifier: EUPL-1.2
"""Write a table in one of the formats that people ask for."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.estimates import Estimate, Quality

Value = str | Estimate | int | None
"""What a room puts into a cell: numbers about the world are Estimates, whole numbers without one only name a place in an order."""
Plain = str | int | float | None
"""What a file holds in it."""
_ROW = "row"  # of rejected rows: where in a file something stands
_DANGEROUS = ("=", "+", "-", "@", "\t", "\n")


@dataclass(frozen=True)
class Column:
    """A column.

    Args:
        key: in plain CSV and JSON.
        label: its heading for people.
        meaning: what stands in it.
        bounds: the two columns behind it with the bounds of the interval, where its numbers have one.
        ordinal: whether its numbers name a place in an order and measure nothing.
    """

    key: str
    label: str | Promise
    meaning: str | Promise
    bounds: "tuple[Column, Column] | None" = None
    ordinal: bool = False


_BETWEEN = gettext_lazy("Untere Grenze des Bereichs, in dem der Wert mit 95 % Sicherheit liegt; leer, wo es keinen gibt")
BOUNDS = (
    Column("low", gettext_lazy("Wert, mindestens"), _BETWEEN),
    Column("high", gettext_lazy("Wert, höchstens"), gettext_lazy("Obere Grenze dieses Bereichs")),
)
"""The columns behind one called "Wert"."""


def spread(columns: Iterable[Column]) -> list[Column]:
    """Give the columns as they are written, those of bounds too.

    >>> [column.key for column in spread([Column("share", "", "", bounds=(Column("low", "", ""), Column("high", "", "")))])]
    ['share', 'low', 'high']
    """
    return [written for column in columns for written in (column, *(column.bounds or ()))]


@dataclass(frozen=True)
class Licence:
    """Under which a table may be used, in words and as the address at which it stands."""

    name: str | Promise
    url: str


@dataclass(frozen=True)
class Areas:
    """Areas that belong to rows: to whom they are owed, and each as GeoJSON by what stands in the first column."""

    attribution: str
    geometries: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """A table with its name and the lines that belong below it (day, licence, example), and with areas where its rows have some.

    Its rows have a cell for each of its columns; those of bounds are filled from the Estimate before them.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    remarks: Sequence[str] = ()
    areas: Callable[[], Areas] | None = None
    licence: Licence | None = None


def _rows(sheet: Sheet) -> Iterator[list[Plain]]:
    for row in sheet.rows:
        yield [plain for column, value in zip(sheet.columns, row, strict=True) for plain in _cells(column, value)]


def _cells(column: Column, value: Value) -> list[Plain]:
    """Give what stands in a column and in those of its bounds.

    Raises
    ------
        TypeError: a bare number.
        ValueError: the bounds of an interval would be lost.
    """
    if isinstance(value, Estimate):
        return _number(column, value)
    if isinstance(value, int | float) and not (column.ordinal or column.key == _ROW):
        raise TypeError(f"{column.key}: a number leaves as an Estimate")
    return [value, *(None for _bound in column.bounds or ())]


def _number(column: Column, estimate: Estimate) -> list[Plain]:
    shown = estimate.quality is not Quality.NOT_SHOWN
    low, high = (estimate.interval if shown else None) or (None, None)
    if column.bounds is None and low is not None:
        raise ValueError(f"{column.key}: has no columns for the bounds of an interval")
    return [estimate.value if shown else None, *((low, high) if column.bounds else ())]


def safe(value: Plain) -> Plain:
    """Keep a spreadsheet from taking a text for a formula, also one behind a lone carriage return, which would begin a row.

    >>> safe("=1+1"), safe("-5"), safe(-5)
    ("'=1+1", "'-5", -5)
    """
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _plain_csv(sheet: Sheet) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.key for column in spread(sheet.columns)])
    writer.writerows([safe(value) for value in row] for row in _rows(sheet))
    return text.getvalue().encode()


def _excel_csv(sheet: Sheet) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe(str(column.label)) for column in spread(sheet.columns)])
    writer.writerows([_german(safe(value)) for value in row] for row in _rows(sheet))
    return text.getvalue().encode("utf-8-sig")


def _german(value: Plain) -> Plain:
    return str(value).replace(".", ",") if isinstance(value, float) else value


def _xlsx(sheet: Sheet) -> bytes:
    from xlsxwriter import Workbook  # heavy: only while writing

    buffer, columns = io.BytesIO(), spread(sheet.columns)
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        page = book.add_worksheet(sheet.name[:31])
        page.write_row(0, 0, [safe(str(column.label)) for column in columns], bold)
        for number, row in enumerate(_rows(sheet), 1):
            page.write_row(number, 0, [safe(value) for value in row])
        page.freeze_panes(1, 0)
        page.autofit()
        notes = book.add_worksheet(_("Erläuterung"))
        for number, column in enumerate(columns):
            notes.write_row(number, 0, [str(column.label), column.key, str(column.meaning)])
        for number, remark in enumerate(sheet.remarks, len(columns) + 1):
            notes.write_string(number, 0, remark)
        notes.autofit()
    return buffer.getvalue()


def _json(sheet: Sheet) -> bytes:
    keys = [column.key for column in spread(sheet.columns)]
    content = _described(sheet) | {"rows": [dict(zip(keys, row, strict=True)) for row in _rows(sheet)]}
    return json.dumps(content, ensure_ascii=False).encode()


def _described(sheet: Sheet) -> dict[str, Any]:
    columns = [{"key": column.key, "label": str(column.label), "meaning": str(column.meaning)} for column in spread(sheet.columns)]
    licence = {"name": str(sheet.licence.name), "url": sheet.licence.url} if sheet.licence else None
    return {"name": str(sheet.name), "remarks": list(sheet.remarks), "licence": licence, "columns": columns}


def _geojson(sheet: Sheet) -> bytes:
    areas = sheet.areas() if sheet.areas else Areas("", {})
    keys = [column.key for column in spread(sheet.columns)]
    content = _described(sheet) | {"type": "FeatureCollection", "attribution": areas.attribution}
    content["features"] = [
        {"type": "Feature", "geometry": json.loads(areas.geometries.get(str(row[0]), "null")), "properties": dict(zip(keys, row, strict=True))}
        for row in _rows(sheet)
    ]
    return json.dumps(content, ensure_ascii=False).encode()


@dataclass(frozen=True)
class Format:
    """A file format with its ending, media type and name on the page; some are for tables with areas only."""

    ending: str
    media_type: str
    write: Callable[[Sheet], bytes]
    name: str | Promise
    of_areas: bool = False


FORMATS = {
    "csv": Format("csv", "text/csv; charset=utf-8", _plain_csv, gettext_lazy("CSV, schlicht")),
    "excel.csv": Format("csv", "text/csv; charset=utf-8", _excel_csv, gettext_lazy("CSV für Excel")),
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx, gettext_lazy("Excel-Arbeitsmappe")),
    "json": Format("json", "application/json", _json, "JSON"),
    "geojson": Format("geojson", "application/geo+json", _geojson, gettext_lazy("GeoJSON, mit den Flächen"), of_areas=True),
}


def formats_for(*, areas: bool) -> dict[str, Format]:
    """Give the formats of a table, with or without areas."""
    return {ending: form for ending, form in FORMATS.items() if areas or not form.of_areas}


def export(sheet: Sheet, form: str, file_name: str) -> HttpResponse:
    """Answer with the table as a file; the licence stands in the head of the answer, because a row of CSV has no place for it.

    Raises
    ------
        KeyError: no such format.
    """
    chosen = FORMATS[form]
    response = HttpResponse(chosen.write(sheet), content_type=chosen.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name}.{chosen.ending}"'
    if sheet.licence:
        response["Link"] = f'<{sheet.licence.url}>; rel="license"'
    return response
