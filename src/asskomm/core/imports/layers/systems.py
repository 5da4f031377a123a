# SPDX-License-Identifier: EUPL-1.2
"""Coordinate systems: what a file says of its own becomes a way to degrees (WGS 84, longitude first)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from asskomm.core.imports.table import TableError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

DEGREES = "EPSG:4326"
USUAL = ("EPSG:25833", "EPSG:25832", DEGREES, "EPSG:31468", "EPSG:31469", "EPSG:4647", "EPSG:5650", "EPSG:3857")
"""What files of German offices come in: UTM, degrees, Gauss-Krüger, UTM with the zone in front, maps of the web."""
_NAME = re.compile(r"^(?:.*\W)?(EPSG|ESRI|OGC)\W(?:.*\W)?(\w+)$", re.IGNORECASE)
_LONGEST = 20_000


@dataclass(frozen=True)
class CoordinateSystem:
    """A coordinate system.

    Args:
        name: for people, such as „EPSG:25832 (ETRS89 / UTM zone 32N)“.
        stated: whether the file names it; GeoJSON without a name means degrees.
        transformer: pyproj's way from it to degrees; `None` where it is that already.
    """

    name: str
    stated: bool
    transformer: Any

    def to_degrees(self, shape: "BaseGeometry") -> "BaseGeometry":
        """Give a shape in degrees without heights; a coordinate that cannot be becomes infinite."""
        import shapely

        flat = shapely.force_2d(shape)
        return shapely.transform(flat, self._points) if self.transformer else flat

    def _points(self, points: "NDArray[np.float64]") -> "NDArray[np.float64]":
        import numpy as np

        return np.column_stack(self.transformer.transform(points[:, 0], points[:, 1]))


def find_system(text: str, *, stated: bool = True) -> CoordinateSystem:
    """Find a system by the name of an authority (EPSG:25832, urn:ogc:def:crs:EPSG::25832) or by its description (WKT).

    Raises
    ------
        TableError: nothing of that name is known, or it does not say where on earth a point lies.
    """
    from pyproj import CRS, Transformer  # heavy: only while reading
    from pyproj.exceptions import ProjError

    try:
        found = _read(CRS, text)
        if not (found.is_geographic or found.is_projected):
            raise _unknown(text)
        transformer = None if found.equals(CRS(DEGREES)) else Transformer.from_crs(found, DEGREES, always_xy=True)
    except ProjError:
        raise _unknown(text) from None
    return CoordinateSystem(_named(found), stated, transformer)


def _unknown(text: str) -> TableError:
    shown = " ".join(text.split())[:80]
    return TableError(_("Das Koordinatensystem „%(name)s“ ist nicht bekannt. Üblich sind EPSG:25832, EPSG:25833 und EPSG:4326.") % {"name": shown})


def _read(kind: "type[CRS]", text: str) -> "CRS":
    """Read a name or a description; other notations can name files of this machine and are not read."""
    if "[" in text[:_LONGEST]:
        return kind.from_wkt(text[:_LONGEST])
    name = _NAME.search(text.strip()[:200])
    if name is None:
        raise _unknown(text)
    authority, code = name[1].upper(), name[2]
    return kind.from_authority("EPSG", 4326) if code.upper() == "CRS84" else kind.from_authority(authority, code)


def _named(system: "CRS") -> str:
    authority = system.to_authority(min_confidence=70)
    return f"{':'.join(authority)} ({system.name})" if authority else system.name[:80]


def likely_system(points: Sequence[tuple[float, float]], fits: Callable[[float, float], bool]) -> str:
    """Give the usual system in which points would lie where they should; empty if there is none."""
    from pyproj import Transformer

    ways = ((name, Transformer.from_crs(name, DEGREES, always_xy=True)) for name in USUAL)
    return next((name for name, way in ways if all(fits(*way.transform(x, y)) for x, y in points)), "")
