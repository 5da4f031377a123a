# SPDX-License-Identifier: EUPL-1.2
"""Which area contains a point: many points against a few hundred areas, without a database.

A raster lies over the areas. A cell that no border crosses has one answer for all its points and gives it at once; only points in cells with a
border are tested against the few areas whose border runs there: filter by a raster approximation, then refine by the exact test
(G. Zimbrão and J. M. de Souza, A raster approximation for the processing of spatial joins, VLDB 1998).

Shapely is imported inside the functions: importing this module costs numpy only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely import Geometry

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Shapes = NDArray[np.object_]

CELLS_PER_AREA = 600  # measured on 418 municipalities: more cells answer faster but take longer to build
FEWEST_CELLS = 1_024
MOST_CELLS = 1_048_576
MARGIN = 1e-6  # in cells: far above rounding errors, far below a cell
POLYGONAL = (3, 6)  # shapely's type numbers of Polygon and MultiPolygon


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """Square cells over a box, numbered row by row from the south-west corner."""

    box: tuple[float, float, float, float]
    step: float
    columns: int
    rows: int

    def column(self, x: Floats, margin: float = 0.0) -> Integers:
        """Columns of the x values, held inside the grid; `margin` shifts them by a part of a cell."""
        return _cell_numbers((x - self.box[0]) / self.step + margin, self.columns)

    def row(self, y: Floats, margin: float = 0.0) -> Integers:
        """Rows of the y values, held inside the grid; `margin` shifts them by a part of a cell."""
        return _cell_numbers((y - self.box[1]) / self.step + margin, self.rows)

    def cell(self, x: Floats, y: Floats) -> Integers:
        """Cells of the points."""
        return self.row(y) * self.columns + self.column(x)

    def holds(self, x: Floats, y: Floats) -> NDArray[np.bool_]:
        """Whether each point lies in the box; never true for NaN and infinite values."""
        west, south, east, north = self.box
        return (x >= west) & (x <= east) & (y >= south) & (y <= north)


@dataclass(frozen=True, slots=True, eq=False)
class PointIndex:
    """Areas prepared for many point queries; made by `build_index`, never changed afterwards."""

    areas: Shapes
    grid: _Grid
    whole: Integers  # per cell: the lowest area that fills the cell, or the number of areas
    first: Integers  # per cell, and one more: where its candidates begin
    candidates: Integers  # areas whose border touches the cell, below `whole`

    def locate(self, lon: Floats, lat: Floats) -> Integers:
        """Find the area that contains each point.

        Args:
            lon: shape (n,), in the unit of the areas (degrees east for EPSG:4326).
            lat: shape (n,), in the unit of the areas (degrees north for EPSG:4326).

        Returns
        -------
            Shape (n,): the position of the area in the sequence given to `build_index`; -1 where no area contains the point or a coordinate is
            NaN or infinite. A point on a border belongs to the area; on a shared border, as in an overlap, to the lowest position.

        Raises
        ------
            ValueError: if `lon` and `lat` are not two flat arrays of one length.

        Source:
            The point test is that of GEOS (`GEOSPreparedIntersectsXY`).

        Example:
            >>> import numpy as np, shapely
            >>> index = build_index([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
            >>> index.locate(np.array([0.5, 1.0, 1.5, 9.0, np.nan]), np.array([0.5, 0.5, 0.5, 0.5, 0.5])).tolist()
            [0, 0, 1, -1, -1]
        """
        x, y = _paired(lon, lat)
        answer = np.full(x.shape, -1, dtype=np.int64)
        near = np.flatnonzero(self.grid.holds(x, y))
        answer[near] = self._locate_near(x[near], y[near])
        return answer

    def _locate_near(self, x: Floats, y: Floats) -> Integers:
        """Answer for points inside the grid."""
        import shapely

        cell = self.grid.cell(x, y)
        answer = self.whole[cell]
        first, count = self.first[cell], self.first[cell + 1] - self.first[cell]
        point = np.repeat(np.arange(cell.size), count)
        candidate = self.candidates[_ranges(first, count)]
        hit = shapely.intersects_xy(self.areas[candidate], x[point], y[point])
        np.minimum.at(answer, point[hit], candidate[hit])
        answer[answer == self.areas.size] = -1
        return answer


def build_index(areas: Sequence[Geometry]) -> PointIndex:
    """Prepare areas for point queries.

    Args:
        areas: n valid polygons or multipolygons of one coordinate system, usually without overlaps. Shapely keeps a prepared form beside each of
            them; the shapes themselves stay as they are.

    Returns
    -------
        The index; it is only read by queries and may be shared between threads.

    Raises
    ------
        ValueError: if an area is missing, empty, not polygonal or has coordinates that are not finite.

    Source:
        G. Zimbrão and J. M. de Souza, A raster approximation for the processing of spatial joins, VLDB 1998.

    Example:
        >>> import shapely
        >>> build_index([shapely.box(0, 0, 1, 1)]).areas.size
        1
        >>> build_index([shapely.Point(0, 0)])
        Traceback (most recent call last):
        ...
        ValueError: area 0 is not a polygon or multipolygon with finite coordinates
    """
    shapes = _checked(areas)
    grid = _grid_over(shapes)
    _prepare(shapes)
    owner, cell = _border_cells(shapes, grid)
    whole = _whole_cells(shapes, grid, owner, cell)
    first, candidates = _candidate_lists(owner, cell, whole)
    return PointIndex(shapes, grid, whole, first, candidates)


def _cell_numbers(position: Floats, cells: int) -> Integers:
    numbers: Integers = np.clip(position, 0, cells - 1).astype(np.int64)
    return numbers


def _paired(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    x, y = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    if x.ndim != 1 or x.shape != y.shape:
        message = f"lon and lat must be flat arrays of one length, not of shapes {x.shape} and {y.shape}"
        raise ValueError(message)
    return x, y


def _ranges(first: Integers, count: Integers) -> Integers:
    """All of first[0] … first[0] + count[0] - 1, first[1] …, one after the other."""
    offset = np.repeat(first - (np.cumsum(count) - count), count)
    ranges: Integers = np.arange(offset.size) + offset
    return ranges


def _checked(areas: Sequence[Geometry]) -> Shapes:
    """The areas as an array of their own, or a ValueError that names the first unusable one."""
    import shapely

    shapes = np.array(areas, dtype=np.object_)
    usable = np.isin(shapely.get_type_id(shapes), POLYGONAL) & np.isfinite(shapely.bounds(shapes)).all(axis=-1)
    if not usable.all():
        message = f"area {int(np.argmin(usable))} is not a polygon or multipolygon with finite coordinates"
        raise ValueError(message)
    return shapes


def _grid_over(shapes: Shapes) -> _Grid:
    """A grid over all areas, with a number of cells that fits their number."""
    import shapely

    if not shapes.size:
        return _Grid((0.0, 0.0, 0.0, 0.0), 1.0, 1, 1)
    west, south, east, north = (float(bound) for bound in shapely.total_bounds(shapes))
    cells = min(max(shapes.size * CELLS_PER_AREA, FEWEST_CELLS), MOST_CELLS)
    step = max(((east - west) * (north - south) / cells) ** 0.5, max(east - west, north - south) / cells) or 1.0
    return _Grid((west, south, east, north), step, int((east - west) / step) + 1, int((north - south) / step) + 1)


def _prepare(shapes: Shapes) -> None:
    """Let GEOS build its point tests now, so that the first query is as fast as the later ones and changes nothing."""
    import shapely

    west, south, east, north = shapely.bounds(shapes).reshape(-1, 4).T
    shapely.prepare(shapes)
    shapely.intersects_xy(shapes, (west + east) / 2, (south + north) / 2)


def _segments(shapes: Shapes) -> tuple[Integers, Floats, Floats]:
    """The border segments of all rings: their area (m,), their starts (m, 2) and their ends (m, 2)."""
    import shapely

    part, area_of_part = shapely.get_parts(shapes, return_index=True)
    ring, part_of_ring = shapely.get_rings(part, return_index=True)
    points, ring_of_point = shapely.get_coordinates(ring, return_index=True)
    same = np.flatnonzero(ring_of_point[1:] == ring_of_point[:-1])
    owner = area_of_part[part_of_ring[ring_of_point[same]]]
    return owner.astype(np.int64), points[same], points[same + 1]


def _pieces(owner: Integers, start: Floats, end: Floats, longest: float) -> tuple[Integers, Floats, Floats]:
    """Cut the segments into pieces that extend by `longest` at most in either direction."""
    count = np.ceil(np.abs(end - start).max(axis=1, initial=0.0) / longest).astype(np.int64)
    count = np.maximum(count, 1)
    number = _ranges(np.zeros_like(count), count)[:, np.newaxis]
    which, pieces = np.repeat(np.arange(count.size), count), np.repeat(count, count)[:, np.newaxis]
    way = (end - start)[which]
    return owner[which], start[which] + way * (number / pieces), start[which] + way * ((number + 1) / pieces)


def _border_cells(shapes: Shapes, grid: _Grid) -> tuple[Integers, Integers]:
    """Every pair of area and cell where the area's border runs through the cell, sorted by area and cell, none missing, few too many."""
    owner, start, end = _pieces(*_segments(shapes), grid.step / 2)
    low, high = np.minimum(start, end), np.maximum(start, end)
    rows = grid.row(low[:, 1], -MARGIN), grid.row(high[:, 1], MARGIN)
    columns = grid.column(low[:, 0], -MARGIN), grid.column(high[:, 0], MARGIN)
    cells = grid.columns * grid.rows
    pairs = np.unique(np.concatenate([owner * cells + row * grid.columns + column for row in rows for column in columns]))
    return pairs // cells, pairs % cells


def _whole_cells(shapes: Shapes, grid: _Grid, owner: Integers, cell: Integers) -> Integers:
    """Per cell, the lowest area that fills it, or the number of areas."""
    whole = np.full(grid.columns * grid.rows, shapes.size, dtype=np.int64)
    first = np.searchsorted(owner, np.arange(shapes.size + 1))
    for area in reversed(range(shapes.size)):
        whole[_filled_cells(shapes[area], grid, cell[first[area] : first[area + 1]])] = area
    return whole


def _filled_cells(shape: Geometry, grid: _Grid, border: Integers) -> Integers:
    """Cells that lie wholly inside one area; between two border cells of a row one test stands for all."""
    import shapely

    row, column = border // grid.columns, border % grid.columns
    south, west = row.min(), column.min()
    free = np.ones((row.max() - south + 1, column.max() - west + 1), dtype=np.bool_)
    free[row - south, column - west] = False
    begins = free & ~np.pad(free, ((0, 0), (1, 0)))[:, :-1]
    y, x = np.nonzero(begins)
    inside = shapely.contains_xy(shape, *_centres(grid, x + west, y + south))
    y, x = np.nonzero(free)
    run = np.cumsum(begins)[free.ravel()] - 1
    filled: Integers = ((y + south) * grid.columns + x + west)[inside[run]]
    return filled


def _centres(grid: _Grid, column: Integers, row: Integers) -> tuple[Floats, Floats]:
    """The middle of cells; no border runs through a free one, so its middle stands for all its points."""
    x, y = column.astype(np.float64) + 0.5, row.astype(np.float64) + 0.5
    return grid.box[0] + x * grid.step, grid.box[1] + y * grid.step


def _candidate_lists(owner: Integers, cell: Integers, whole: Integers) -> tuple[Integers, Integers]:
    """Per cell the areas to test: those with a border in it that come before the one that fills it."""
    useful = owner < whole[cell]
    owner, cell = owner[useful], cell[useful]
    first = np.concatenate([[0], np.cumsum(np.bincount(cell, minlength=whole.size))])
    return first.astype(np.int64), owner[np.argsort(cell, kind="stable")]
