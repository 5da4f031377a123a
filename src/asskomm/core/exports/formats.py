# SPDX-License-Identifier: EUPL-1.2
"""Write a table in one of the formats that people ask for."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Value = str | int | float | None
_DANGEROUS = ("=", "+", "-", "@", "\t", "\n")


@dataclass(frozen=True)
class Column:
    """A column: its key in plain CSV, its heading for people, and what stands in it."""

    key: str
    label: str | Promise
    meaning: str | Promise


@dataclass(frozen=True)
class Areas:
    """Areas that belong to rows: to whom they are owed, and each as GeoJSON by what stands in the first column."""

    attribution: str
    geometries: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """A table with its name and the lines that belong below it (day, licence, example), and with areas where its rows have some."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    remarks: Sequence[str] = ()
    areas: Callable[[], Areas] | None = None


def safe(value: Value) -> Value:
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
    writer.writerow([column.key for column in sheet.columns])
    writer.writerows([safe(value) for value in row] for row in sheet.rows)
    return text.getvalue().encode()


def _excel_csv(sheet: Sheet) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe(str(column.label)) for column in sheet.columns])
    writer.writerows([_german(safe(value)) for value in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def _german(value: Value) -> Value:
    return str(value).replace(".", ",") if isinstance(value, float) else value


def _xlsx(sheet: Sheet) -> bytes:
    from xlsxwriter import Workbook  # heavy: only while writing

    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        page = book.add_worksheet(sheet.name[:31])
        page.write_row(0, 0, [safe(str(column.label)) for column in sheet.columns], bold)
        for number, row in enumerate(sheet.rows, 1):
            page.write_row(number, 0, [safe(value) for value in row])
        page.freeze_panes(1, 0)
        page.autofit()
        notes = book.add_worksheet(_("Erläuterung"))
        for number, column in enumerate(sheet.columns):
            notes.write_row(number, 0, [str(column.label), str(column.meaning)])
        for number, remark in enumerate(sheet.remarks, len(sheet.columns) + 1):
            notes.write_string(number, 0, remark)
        notes.autofit()
    return buffer.getvalue()


def _json(sheet: Sheet) -> bytes:
    keys = [column.key for column in sheet.columns]
    content = _described(sheet) | {"rows": [dict(zip(keys, row, strict=True)) for row in sheet.rows]}
    return json.dumps(content, ensure_ascii=False).encode()


def _described(sheet: Sheet) -> dict[str, Any]:
    columns = [{"key": column.key, "label": str(column.label), "meaning": str(column.meaning)} for column in sheet.columns]
    return {"name": str(sheet.name), "remarks": list(sheet.remarks), "columns": columns}


def _geojson(sheet: Sheet) -> bytes:
    areas = sheet.areas() if sheet.areas else Areas("", {})
    keys = [column.key for column in sheet.columns]
    content = _described(sheet) | {"type": "FeatureCollection", "attribution": areas.attribution}
    content["features"] = [
        {"type": "Feature", "geometry": json.loads(areas.geometries.get(str(row[0]), "null")), "properties": dict(zip(keys, row, strict=True))}
        for row in sheet.rows
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
    """Answer with the table as a file.

    Raises
    ------
        KeyError: no such format.
    """
    chosen = FORMATS[form]
    response = HttpResponse(chosen.write(sheet), content_type=chosen.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name}.{chosen.ending}"'
    return response
