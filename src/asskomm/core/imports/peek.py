# SPDX-License-Identifier: EUPL-1.2
"""Look at a file without reading it all, and find out which importer fits."""

import json
import re
import zipfile
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from asskomm.core.imports.enums import Shape
from asskomm.core.imports.registry import IMPORTERS, Fit, Importer, Peek
from asskomm.core.imports.table import TableError, read_lines
from asskomm.core.imports.workbook import is_workbook
from asskomm.core.visibility import Principal, allowed

_START = 4096
_LOOKED_AT = 20
_ENDING = re.compile(r"\.([a-z][a-z0-9]{1,6})$")


def look(path: Path) -> Peek:
    """Give what can be seen of a file.

    Raises
    ------
        TableError: it is empty or cannot be opened.
    """
    with path.open("rb") as file:
        start = file.read(_START)
    if not start.strip():
        raise TableError(_("Die Datei ist leer."))
    if start.startswith(b"SQLite format 3\0"):
        return Peek(Shape.GEOPACKAGE, start=start)
    if is_workbook(path):
        members = _members(path)
        if "[Content_Types].xml" not in members:
            return Peek(Shape.ARCHIVE, members=members, start=start)
    elif start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return Peek(Shape.JSON, start=start)
    heading = next((tuple(map(str, line)) for line in islice(read_lines(path, []), _LOOKED_AT) if any(line)), ())
    return Peek(Shape.TABLE, heading=heading, start=start)


def check_name(name: str, path: Path) -> None:
    """Refuse a file whose name says something else than its content; a name without an ending says nothing.

    Raises
    ------
        TableError: with the endings that fit, or what `look` finds.
    """
    ending = _ENDING.search(name.lower())
    fitting = _endings(look(path))
    if ending and ending[1] not in fitting:
        known = _(" oder ").join(f".{known}" for known in fitting)
        raise TableError(
            _("Die Datei heißt „%(name)s“, ihr Inhalt gehört aber zu einer Datei mit der Endung %(known)s. Prüfen Sie, ob es die richtige ist.")
            % {"name": name, "known": known}
        )


def _endings(peek: Peek) -> tuple[str, ...]:
    if peek.shape is Shape.TABLE:
        return ("xlsx",) if peek.start.startswith(b"PK") else ("csv", "txt", "tsv")
    return {Shape.GEOPACKAGE: ("gpkg",), Shape.ARCHIVE: ("zip",), Shape.JSON: ("geojson", "json")}[peek.shape]


def _members(path: Path) -> tuple[str, ...]:
    try:
        with zipfile.ZipFile(path) as archive:
            return tuple(archive.namelist()[:1000])
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):  # what a damaged directory makes of it
        raise TableError(_("Das Archiv ist beschädigt.")) from None


def recognise(path: Path, principal: Principal) -> tuple[Importer, Fit]:
    """Give the importer that fits best of those that the reader may use.

    Raises
    ------
        TableError: none fits; the sentence says what was seen and what is known.
    """
    seen = look(path)
    fitting = [(fit, importer) for importer in IMPORTERS if allowed(importer.rule, principal) and (fit := importer.fits(seen))]
    if not fitting:
        known = "; ".join(f"{importer.name}: {importer.looks_like}" for importer in IMPORTERS if allowed(importer.rule, principal))
        raise TableError(
            _("Diese Datei passt zu nichts, was eingelesen werden kann (gesehen: %(seen)s). Möglich: %(known)s") % {"seen": _said(seen), "known": known}
        )
    fit, importer = max(fitting, key=lambda pair: (pair[0].weight, pair[1].key))
    return importer, fit


def _said(peek: Peek) -> str:
    if peek.shape is Shape.TABLE:
        return _("Tabelle mit %(heading)s") % {"heading": ", ".join(filter(None, peek.heading))[:120] or "–"}
    if peek.shape is Shape.ARCHIVE:
        return _("Archiv mit %(members)s") % {"members": ", ".join(peek.members[:5])[:120]}
    return {Shape.GEOPACKAGE: "GeoPackage", Shape.JSON: "JSON"}[peek.shape]


def read_json(path: Path) -> object:
    """Read a JSON file of unknown origin.

    Raises
    ------
        TableError: it is none.
    """
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise TableError(_("Die Datei ist kein gültiges JSON.")) from None
