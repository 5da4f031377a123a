# SPDX-License-Identifier: EUPL-1.2
"""From degrees to the coordinates of the drawn map, and from an area to an SVG path."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from shapely.geometry.base import BaseGeometry

WIDTH = 1000
Pair = tuple[float, float]


@dataclass(frozen=True)
class MapFrame:
    """A rectangle of degrees drawn on a canvas 1000 wide (equirectangular, true to scale at the middle latitude)."""

    west: float
    south: float
    east: float
    north: float

    @property
    def height(self) -> int:
        """Height of the canvas."""
        return math.ceil((self.north - self.south) * self._scale / self._squeeze)

    @property
    def _squeeze(self) -> float:
        return math.cos(math.radians((self.south + self.north) / 2))

    @property
    def _scale(self) -> float:
        return WIDTH / (self.east - self.west)

    def point(self, lon: float, lat: float) -> tuple[int, int]:
        """Give a point in tenths of a unit, whole numbers so that neighbours share their corners exactly."""
        return round(10 * (lon - self.west) * self._scale), round(10 * (self.north - lat) * self._scale / self._squeeze)

    def path(self, area: BaseGeometry) -> str:
        """Give a polygon or multipolygon as SVG path with relative lines."""
        polygons = getattr(area, "geoms", [area])
        rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
        return "".join(self._ring(ring.coords) for ring in rings)

    def _ring(self, coordinates: Sequence[tuple[float, ...]]) -> str:
        points = [self.point(c[0], c[1]) for c in coordinates]
        steps = [(x - before[0], y - before[1]) for before, (x, y) in pairwise(points)]
        lines = " ".join(f"{_tenths(dx)} {_tenths(dy)}" for dx, dy in steps if dx or dy)
        return f"M{_tenths(points[0][0])} {_tenths(points[0][1])}l{lines}z"


def _tenths(number: int) -> str:
    whole, tenth = divmod(abs(number), 10)
    return f"{'-' if number < 0 else ''}{whole}{f'.{tenth}' if tenth else ''}"


SAXONY = MapFrame(west=11.86, south=50.16, east=15.05, north=51.70)
