# SPDX-License-Identifier: EUPL-1.2
"""Read GeoJSON of any length feature by feature: memory holds one feature."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from django.utils.translation import gettext as _

from asskomm.core.imports.layers.layer import MOST_COLUMNS, Layer, LayerRow, ShapeError, cell_text
from asskomm.core.imports.layers.systems import DEGREES, CoordinateSystem, find_system
from asskomm.core.imports.layers.wkb import not_an_area, unreadable
from asskomm.core.imports.table import MOST_ROWS, TableError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_BLOCK = 256 * 1024
_LONGEST_VALUE = 64 * 1024 * 1024
_SPACE = re.compile(r"[ \t\r\n]*")
_KINDS = {"Point": 1, "LineString": 2, "MultiPoint": 4, "MultiLineString": 5}


class _Reader:
    """Takes JSON values one after another from a text of any length."""

    def __init__(self, file: TextIO) -> None:
        """Begin before the first sign."""
        self._file, self._text, self._at, self._ended = file, "", 0, False
        self._decoder = json.JSONDecoder()

    def _more(self) -> bool:
        """Fetch as much again as is there, so that a long value is tried only a few times."""
        if self._ended or len(self._text) - self._at > _LONGEST_VALUE:
            return False
        self._text = self._text[self._at :]
        self._at = 0
        block = self._file.read(max(_BLOCK, len(self._text)))
        self._text += block
        self._ended = not block
        return not self._ended

    def sign(self) -> str:
        """Give the next sign without taking it; empty at the end."""
        while True:
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def take(self, signs: str) -> str:
        """Take one of some signs.

        Raises
        ------
            ValueError: another one stands there.
        """
        sign = self.sign()
        if not sign or sign not in signs:
            raise ValueError(sign)
        self._at += 1
        return sign

    def end(self) -> None:
        """Want nothing more.

        Raises
        ------
            ValueError: something follows.
        """
        if sign := self.sign():
            raise ValueError(sign)

    def value(self) -> Any:
        """Take a whole value.

        Raises
        ------
            ValueError: none stands there.
        """
        self.sign()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except ValueError:
                if not self._more():
                    raise
                continue
            if end == len(self._text) and self._more():
                continue  # a number may go on
            self._at = end
            return value


def _members(reader: _Reader) -> Iterator[str]:
    """Give the name of each member of an object; whoever asks takes the value."""
    reader.take("{")
    if reader.sign() == "}":
        reader.take("}")
        return
    going_on = True
    while going_on:
        name = reader.value()
        reader.take(":")
        yield str(name)
        going_on = reader.take(",}") == ","


def _elements(reader: _Reader) -> Iterator[Any]:
    """Give each value of a list."""
    reader.take("[")
    if reader.sign() == "]":
        reader.take("]")
        return
    going_on = True
    while going_on:
        yield reader.value()
        going_on = reader.take(",]") == ","


@dataclass(frozen=True)
class _Head:
    """What stands around the features, wherever it stands."""

    name: str
    system: CoordinateSystem
    columns: tuple[str, ...]


@contextmanager
def open_geojson(path: Path, _wanted: str) -> Iterator[Layer]:
    """Open a feature collection: once for what stands around the features, once more for them.

    Raises
    ------
        TableError: not GeoJSON, or a coordinate system that is not known.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            head = _head(_Reader(file))
        with path.open(encoding="utf-8-sig") as file:
            yield Layer(head.name, head.columns, head.system, _rows(_Reader(file)))
    except UnicodeDecodeError:
        raise TableError(_("Die Datei ist kein gültiges JSON.")) from None


def _head(reader: _Reader) -> _Head:
    members: dict[str, Any] = {}
    columns: dict[str, None] = {}
    listed = False
    try:
        for name in _members(reader):
            if name == "features" and reader.sign() == "[":
                listed = True
                for feature in _elements(reader):
                    columns |= dict.fromkeys(_properties(feature))
            else:
                members[name] = reader.value()
        reader.end()
    except UnicodeDecodeError:
        raise
    except (ValueError, RecursionError):
        raise TableError(_("Die Datei ist kein gültiges JSON.")) from None
    if not listed:
        raise TableError(_("Die Datei ist kein GeoJSON: Ihr fehlt die Liste „features“."))
    return _Head(cell_text(members.get("name")), _system(members.get("crs")), tuple(columns)[:MOST_COLUMNS])


def _system(stated: object) -> CoordinateSystem:
    """Read the old member „crs“; without it coordinates are degrees, by RFC 7946."""
    if stated is None:
        return find_system(DEGREES, stated=False)
    properties = stated.get("properties") if isinstance(stated, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else None
    return find_system(str(name if name is not None else json.dumps(stated)))


def _properties(feature: object) -> Mapping[str, Any]:
    found = feature.get("properties") if isinstance(feature, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _rows(reader: _Reader) -> Iterator[LayerRow]:
    for name in _members(reader):
        if name != "features":
            reader.value()
            continue
        for number, feature in enumerate(_elements(reader), 1):
            if number > MOST_ROWS:
                raise TableError(_("Die Datei hat mehr als %(most)s Zeilen. Teilen Sie sie auf.") % {"most": MOST_ROWS})
            cells = {key: cell_text(value) for key, value in _properties(feature).items()}
            yield LayerRow(number, cells, partial(_shape, feature.get("geometry") if isinstance(feature, Mapping) else None))
        return


def _shape(geometry: object) -> "BaseGeometry | None":
    """Read the geometry of a feature.

    Raises
    ------
        ShapeError: damaged, or no area.
    """
    import shapely

    if geometry is None:
        return None
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise not_an_area(_KINDS.get(str(kind), 0)) if isinstance(kind, str) else ShapeError(_("Die Fläche ist beschädigt und nicht lesbar."))
    try:
        return shapely.from_geojson(json.dumps(geometry))
    except (shapely.errors.ShapelyError, ValueError, RecursionError) as fault:
        raise unreadable(fault) from None
