# SPDX-License-Identifier: EUPL-1.2
"""Judge the rows of a layer of municipalities: whose area it is, whether it is sound, and whether all of them fit together."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from asskomm.core.charts.projection import SAXONY
from asskomm.core.clock import clock
from asskomm.core.imports import Accepted, Found, Rejection, Repair
from asskomm.core.imports.layers import Layer, LayerRow, ShapeError, likely_system
from asskomm.territory.domain.queries.names import MunicipalityFinder
from asskomm.territory.domain.queries.stages import Period, boundary_set_on, fitting_period
from asskomm.territory.interfaces.importers.area_keys import Columns, KeyReader

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

GEOMETRY = "geometry"
_SMALLEST = 1e-9  # square degrees, about eight square metres
_OVERLAP = 1e-8  # square degrees: what rounding leaves between two parts of one municipality
_OVERLAP_SHARE = 0.1  # of the smaller of two municipalities
_FAULT = re.compile(r"^(.*?)\s*\[(\S+) (\S+)\]")


@dataclass
class Gathered:
    """The area of one municipality, out of one row or several."""

    row: int
    area: "BaseGeometry"


@dataclass
class Judge:
    """Takes the rows of a layer one after another, and at the end says which areas are to be taken over; memory holds those of the state."""

    layer: Layer
    finder: MunicipalityFinder
    keys: KeyReader = field(init=False)
    gathered: dict[str, Gathered] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    begin: str = ""

    def __post_init__(self) -> None:
        """Find the columns."""
        self.keys = KeyReader(Columns.among(self.layer.columns), self.finder)

    def take(self, row: LayerRow) -> Iterator[Found]:
        """Judge one row by itself."""
        key = self.keys.read(row)
        if isinstance(key, Rejection | Repair):
            yield key
            return
        self.seen.add(key)
        self.begin = max(self.begin, row.cells.get(self.keys.columns.begin, ""))
        try:
            area = self._area(row, key)
        except _Fault as fault:
            yield fault.rejection
            return
        yield from self._gather(row.number, key, area)

    def _area(self, row: LayerRow, key: str) -> "BaseGeometry":
        """Read the area of a row in degrees.

        Raises
        ------
            _Fault: it is none that can be taken over.
        """
        import numpy as np
        import shapely

        try:
            stored = row.shape()
        except ShapeError as fault:
            raise _Fault(self._rejection(row.number, key, str(fault))) from None
        if stored is None or stored.is_empty:
            raise _Fault(self._rejection(row.number, key, _("Die Zeile hat keine Fläche.")))
        area = self.layer.system.to_degrees(stored)
        if not np.isfinite(shapely.get_coordinates(area)).all():
            raise _Fault(self._rejection(row.number, key, _("Eine Koordinate der Fläche ist keine Zahl.")))
        if outside := self._outside(stored, area):
            raise _Fault(self._rejection(row.number, key, *outside))
        if not area.is_valid:
            raise _Fault(self._rejection(row.number, key, said_fault(shapely.is_valid_reason(area))))
        if area.area < _SMALLEST:
            raise _Fault(self._rejection(row.number, key, _("Die Fläche ist kleiner als zehn Quadratmeter.")))
        return area

    def _rejection(self, row: int, key: str, reason: str, nearest: str = "") -> Rejection:
        return Rejection(row, GEOMETRY, self._shown(key), reason, nearest)

    def _shown(self, key: str) -> str:
        return f"{key} {self.finder.by_key[key].name}"

    def _outside(self, stored: "BaseGeometry", area: "BaseGeometry") -> tuple[str, str] | None:
        """Say that an area does not lie in the state, and which coordinate system it may have been."""
        west, south, east, north = area.bounds
        if in_state(west, south) and in_state(east, north):
            return None
        x, y, right, top = stored.bounds
        values = {"x": number_format(round(x, 2), 2), "y": number_format(round(y, 2), 2), "system": self.layer.system.name}
        if in_state(y, x) and not self.layer.system.stated:
            return _("Die Fläche liegt nicht in Sachsen: Bei %(x)s / %(y)s sind Länge und Breite vertauscht.") % values, ""
        likely = likely_system([(x, y), (right, top)], in_state)
        if not self.layer.system.stated and not (-180 <= x <= 180 and -90 <= y <= 90):
            return _("Die Koordinate %(x)s / %(y)s ist keine in Grad, und die Datei nennt kein anderes Koordinatensystem (crs).") % values, likely
        return _("Die Fläche liegt nicht in Sachsen (%(x)s / %(y)s). Stimmt das Koordinatensystem %(system)s?") % values, likely

    def _gather(self, row: int, key: str, area: "BaseGeometry") -> Iterator[Found]:
        """Put the area to those of the same municipality, unless they cover each other."""
        import shapely

        clean = shapely.remove_repeated_points(area)
        if shapely.get_num_coordinates(clean) < shapely.get_num_coordinates(area):
            yield Repair(_("Doppelte Punkte auf Grenzen sind entfernt"))
        other = self.gathered.get(key)
        if other is None:
            self.gathered[key] = Gathered(row, clean)
        elif shapely.intersection(other.area, clean).area > _OVERLAP:
            reason = _("Diese Kommune steht schon in Zeile %(row)s, und beide Flächen überdecken sich.") % {"row": other.row}
            yield self._rejection(row, key, reason)
        else:
            other.area = shapely.union(other.area, clean)
            yield Repair(_("Mehrere Zeilen einer Kommune sind zu einer Fläche vereint"))

    def conclude(self) -> Iterator[Found]:
        """Judge all areas together, and give those that are to be taken over."""
        period = fitting_period(self.seen)
        sound: dict[str, Gathered] = {}
        for key, one in self.gathered.items():
            fault = self._not_of(period, key, one.row)
            if fault:
                yield fault
            else:
                sound[key] = one
        for fault in self._overlaps(sound):
            yield fault
            sound = {key: one for key, one in sound.items() if one.row != fault.row}
        yield from self._missing(period, sound)
        day = _recognised_day(self.begin, period)
        if sound:
            yield from _said_day(day)
        for key, one in sorted(sound.items(), key=lambda pair: pair[1].row):
            yield self._accepted(key, one, period, day)

    def _not_of(self, period: Period, key: str, row: int) -> Rejection | None:
        if key in period.keys:
            return None
        place = self.finder.by_key[key]
        if place.valid_to < period.first:
            reason = _("%(name)s gibt es seit dem %(day)s nicht mehr; die anderen Kommunen der Datei sind neuer.")
            after = place.valid_to + dt.timedelta(days=1)
            return self._rejection(row, key, reason % {"name": place.name, "day": f"{after:%d.%m.%Y}"}, place.successor_id or "")
        reason = _("%(name)s gibt es erst seit dem %(day)s; die anderen Kommunen der Datei sind älter.")
        return self._rejection(row, key, reason % {"name": place.name, "day": f"{place.valid_from:%d.%m.%Y}"})

    def _overlaps(self, sound: Mapping[str, Gathered]) -> Iterator[Rejection]:
        """Say which areas cover much of one that came before them."""
        import numpy as np
        import shapely

        keys = sorted(sound, key=lambda key: sound[key].row)
        areas = np.array([sound[key].area for key in keys], dtype=np.object_)
        pairs = shapely.STRtree(areas).query(areas, predicate="intersects").T
        covered: set[int] = set()
        for first, second in sorted((int(a), int(b)) for a, b in pairs if a < b):
            common = shapely.intersection(areas[first], areas[second]).area
            if common > _OVERLAP_SHARE * min(areas[first].area, areas[second].area) and not covered & {first, second}:
                covered.add(second)
                reason = _("Die Fläche überdeckt die von %(other)s aus Zeile %(row)s.")
                other, row = self.finder.by_key[keys[first]].name, sound[keys[first]].row
                yield self._rejection(sound[keys[second]].row, keys[second], reason % {"other": other, "row": row})

    def _missing(self, period: Period, sound: Mapping[str, Gathered]) -> Iterator[Found]:
        """Name what a file of all municipalities lacks; a file of a few is meant to be one."""
        kept = sorted(period.keys - sound.keys())
        for _key in kept:
            yield Repair(_("Kommunen ohne gültige Fläche in der Datei behalten ihre bisherigen Grenzen"))
        if len(self.seen & period.keys) * 2 < len(period.keys):
            return
        for key in sorted(set(kept) - self.seen):
            yield self._rejection(0, key, _("Diese Kommune fehlt in der Datei."))

    def _accepted(self, key: str, one: Gathered, period: Period, day: dt.date) -> Accepted:
        import shapely

        area = shapely.orient_polygons(shapely.normalize(one.area))
        item = [key, period.first.isoformat(), day.isoformat(), shapely.to_wkb(area, hex=True)]
        return Accepted(one.row, item, (self.finder.by_key[key].name, key, number_format(round(square_kilometres(area), 1), 1)))


class _Fault(Exception):  # noqa: N818 -- it carries a finding and goes no further than this file
    def __init__(self, rejection: Rejection) -> None:
        super().__init__(rejection.reason)
        self.rejection = rejection


def in_state(lon: float, lat: float) -> bool:
    """Whether a point in degrees lies on the map of the state."""
    return SAXONY.west <= lon <= SAXONY.east and SAXONY.south <= lat <= SAXONY.north


def square_kilometres(area: "BaseGeometry") -> float:
    """Give the size of an area in degrees, on the ellipsoid."""
    from pyproj import Geod

    square_metres, _length = Geod(ellps="GRS80").geometry_area_perimeter(area)
    return abs(square_metres) / 1e6


def said_fault(reason: str) -> str:
    """Say in German what GEOS finds wrong with an area, and where.

    >>> said_fault("Self-intersection[13.5 51.25]")
    'Der Rand der Fläche kreuzt sich selbst bei 13,50000 / 51,25000 (Länge / Breite).'
    """
    found = _FAULT.match(reason)
    kind, lon, lat = found.groups() if found else (reason, "nan", "nan")
    where = {"where": f"{number_format(round(float(lon), 5), 5)} / {number_format(round(float(lat), 5), 5)}"}
    sentences = {
        "Self-intersection": _("Der Rand der Fläche kreuzt sich selbst bei %(where)s (Länge / Breite)."),
        "Ring Self-intersection": _("Der Rand der Fläche berührt sich selbst bei %(where)s (Länge / Breite)."),
        "Hole lies outside shell": _("Ein Loch liegt außerhalb der Fläche bei %(where)s (Länge / Breite)."),
        "Holes are nested": _("Ein Loch liegt in einem anderen bei %(where)s (Länge / Breite)."),
        "Nested shells": _("Zwei Teile der Fläche überdecken sich bei %(where)s (Länge / Breite)."),
        "Duplicate Rings": _("Ein Ring der Fläche ist doppelt bei %(where)s (Länge / Breite)."),
        "Too few points in geometry component": _("Ein Ring der Fläche hat zu wenige Punkte bei %(where)s (Länge / Breite)."),
        "Interior is disconnected": _("Löcher zerschneiden die Fläche bei %(where)s (Länge / Breite)."),
    }
    return sentences.get(kind, _("Die Fläche ist ungültig bei %(where)s (Länge / Breite).")) % where


def _recognised_day(begin: str, period: Period) -> dt.date:
    """Give the day of a file: the first of the newest year in it, or else of the last in which its keys hold; never after today."""
    last = min(period.last, clock.today())
    digits = re.sub(r"\D", "", begin)[:4]
    year = int(digits) if len(digits) == 4 and digits > "0000" else last.year
    return max(period.first, min(dt.date(year, 1, 1), last))


def _said_day(day: dt.date) -> Iterator[Repair]:
    """Say which day was recognised, and whether boundaries of a later one go on answering for today."""
    yield Repair(_("Stand aus der Datei erkannt: %(day)s") % {"day": f"{day:%d.%m.%Y}"})
    answering = boundary_set_on(clock.today()).as_of
    if answering > day:
        yield Repair(_("Für heute gelten weiter die Grenzen mit dem neueren Stand %(day)s") % {"day": f"{answering:%d.%m.%Y}"})
