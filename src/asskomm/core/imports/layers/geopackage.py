# SPDX-License-Identifier: EUPL-1.2
"""Read a layer of a GeoPackage: an SQLite file of unknown origin, of which nothing but plain tables is read."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from asskomm.core.imports.layers.layer import MOST_COLUMNS, Layer, LayerRow, ShapeError, cell_text, choose
from asskomm.core.imports.layers.systems import CoordinateSystem, find_system
from asskomm.core.imports.layers.wkb import read_wkb
from asskomm.core.imports.table import MOST_ROWS, TableError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_LONGEST_VALUE = 64 * 1024 * 1024
_STEPS, _MOST_STEPS = 10_000_000, 30  # of SQLite's machine: enough for a million rows of a hundred columns; more is made to keep a computer busy
_HEAD = 8
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_EMPTY, _EXTENDED = 0b0001_0000, 0b0010_0000
_LAYERS = """SELECT c.table_name, g.column_name, g.srs_id, m.type, m.sql FROM gpkg_contents c JOIN gpkg_geometry_columns g ON g.table_name = c.table_name
JOIN sqlite_master m ON m.name = c.table_name WHERE c.data_type = 'features' ORDER BY c.table_name"""
_SYSTEM = "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?"


@contextmanager
def open_geopackage(path: Path, wanted: str) -> Iterator[Layer]:
    """Open the layer whose name holds a word.

    Raises
    ------
        TableError: damaged, no such layer, or a coordinate system that is not known.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            _bar(database)
            yield _layer(database, wanted)
    except sqlite3.Error:
        raise TableError(_("Die Datei ist beschädigt oder kein GeoPackage.")) from None


def _bar(database: sqlite3.Connection) -> None:
    """Leave nothing but reading plain tables: no view, trigger, function or extension of the file gets to run."""
    database.text_factory = lambda content: content.decode("utf-8", "replace")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    for pragma in ("trusted_schema=OFF", "query_only=ON", "cell_size_check=ON"):
        database.execute(f"PRAGMA {pragma}")
    database.set_authorizer(_authorise)
    patience = count(1)
    database.set_progress_handler(lambda: next(patience) > _MOST_STEPS, _STEPS)


def _authorise(action: int, first: str | None, _second: str | None, _database: str | None, inner: str | None) -> int:
    known = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ) or (action == sqlite3.SQLITE_PRAGMA and first == "table_xinfo")
    return sqlite3.SQLITE_OK if known and inner is None else sqlite3.SQLITE_DENY


def _layer(database: sqlite3.Connection, wanted: str) -> Layer:
    found = {str(name): (str(column), system, kind, str(sql)) for name, column, system, kind, sql in database.execute(_LAYERS)}
    plain = [name for name, (_column, _system_id, kind, sql) in found.items() if kind == "table" and "VIRTUAL" not in sql[:30].upper()]
    if found and not plain:
        raise TableError(_("Die Ebene „%(name)s“ ist keine einfache Tabelle, sondern eine Sicht; Sichten werden nicht gelesen.") % {"name": min(found)[:60]})
    name = choose(plain, wanted)
    geometry, system_id, _kind, _sql = found[name]
    columns = _columns(database, name, geometry)
    return Layer(name, columns, _system(database, name, system_id), _rows(database, name, geometry, columns))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _columns(database: sqlite3.Connection, name: str, geometry: str) -> list[str]:
    """Give the columns that are stored; a computed one is an expression of the file."""
    rows = database.execute(f"PRAGMA table_xinfo({_quoted(name)})").fetchall()
    stored = [str(row[1]) for row in rows if row[6] == 0]
    if geometry not in stored:
        raise TableError(_("Der Ebene „%(name)s“ fehlt die Spalte mit den Flächen.") % {"name": name[:60]})
    return [column for column in stored if column != geometry][:MOST_COLUMNS]


def _system(database: sqlite3.Connection, name: str, system_id: object) -> CoordinateSystem:
    row = database.execute(_SYSTEM, (system_id,)).fetchone()
    if row is None or system_id in (0, -1):
        raise TableError(_("Für die Ebene „%(name)s“ ist kein Koordinatensystem angegeben.") % {"name": name[:60]})
    authority, code, definition = (cell_text(value) for value in row)
    try:
        return find_system(f"{authority}:{code}")
    except TableError:
        if "[" not in definition:
            raise
        return find_system(definition)


def _rows(database: sqlite3.Connection, name: str, geometry: str, columns: Sequence[str]) -> Iterator[LayerRow]:
    cursor = database.execute(f"SELECT {', '.join(map(_quoted, (geometry, *columns)))} FROM {_quoted(name)}")  # noqa: S608 -- names quoted, nothing else
    for number, (blob, *cells) in enumerate(cursor, 1):
        if number > MOST_ROWS:
            raise TableError(_("Die Datei hat mehr als %(most)s Zeilen. Teilen Sie sie auf.") % {"most": MOST_ROWS})
        yield LayerRow(number, {column: cell_text(cell) for column, cell in zip(columns, cells, strict=True)}, partial(read_blob, blob))


def read_blob(blob: object) -> "BaseGeometry | None":
    """Read the binary of a GeoPackage: a head, perhaps an envelope, then well-known binary.

    Raises
    ------
        ShapeError: damaged, or no area.

    Source:
        OGC 12-128r19, GeoPackage Encoding Standard, clause 2.1.3.
    """
    if blob is None:
        return None
    if not isinstance(blob, bytes) or len(blob) < _HEAD or blob[:2] != b"GP":
        raise ShapeError(_("Die Fläche ist beschädigt und nicht lesbar."))
    flags = blob[3]
    envelope = _ENVELOPES.get(flags >> 1 & 0b111)
    if envelope is None or flags & _EXTENDED:
        raise ShapeError(_("Die Fläche ist in einer Form gespeichert, die nicht gelesen werden kann."))
    return None if flags & _EMPTY else read_wkb(blob[_HEAD + envelope :])
