# SPDX-License-Identifier: EUPL-1.2
"""The point index answers exactly as a test of every area does."""

from __future__ import annotations

import doctest
import subprocess
import sys
from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from asskomm.methods import locate
from asskomm.methods.locate import PointIndex, build_index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

SQUARES = [shapely.box(column, row, column + 1, row + 1) for row in range(3) for column in range(4)]
HOLED = [shapely.box(0, 0, 4, 3).difference(shapely.box(1, 1, 2, 2))]
ENCLAVE = [shapely.box(0, 0, 4, 3).difference(shapely.box(1, 1, 2, 2)), shapely.box(1, 1, 2, 2)]
SCATTERED = [shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(3, 2, 4, 3)]), shapely.box(1, 0, 2, 3)]
OVERLAPPING = [shapely.box(1, 1, 2, 2), shapely.box(0, 0, 4, 3), shapely.box(1.25, 0.5, 3.5, 2.5)]
SLANTED = [shapely.Polygon([(0, 0), (4, 0), (1, 3)]), shapely.Polygon([(4, 0), (4, 3), (1, 3)]), shapely.Polygon([(0, 0), (1, 3), (0, 3)])]
THIN = [shapely.box(0, 0, 4, 0.001), shapely.Polygon([(0, 0.001), (4, 0.001), (4, 3), (3.999, 0.002)])]
ROUND = [
    shapely.Point(2, 1.5).buffer(1.3, quad_segs=40),
    shapely.Point(3.5, 1.5).buffer(0.2),
    shapely.Point(2, 1.5).buffer(1.4) - shapely.Point(2, 1.5).buffer(1.3, quad_segs=40),
]
COVERAGES: dict[str, Sequence[BaseGeometry]] = {
    "squares": SQUARES,
    "holed": HOLED,
    "enclave": ENCLAVE,
    "scattered": SCATTERED,
    "overlapping": OVERLAPPING,
    "slanted": SLANTED,
    "thin": THIN,
    "round": ROUND,
}
INDEXES = {name: build_index(areas) for name, areas in COVERAGES.items()}

quarters = st.integers(-2, 18).map(lambda number: number / 4)
anywhere = st.one_of(quarters, st.floats(-0.5, 4.5), st.sampled_from([np.nextafter(1.0, 0), np.nextafter(1.0, 2), 0.001, -0.0]))
points = st.lists(st.tuples(anywhere, anywhere), max_size=40)


def brute_force(areas: Sequence[BaseGeometry], lon: NDArray[np.float64], lat: NDArray[np.float64]) -> list[int]:
    """The lowest area that covers each point, by testing them all."""
    return [next((i for i, area in enumerate(areas) if area.covers(shapely.Point(x, y))), -1) for x, y in zip(lon, lat, strict=True)]


def located(index: PointIndex, *pairs: tuple[float, float]) -> list[int]:
    lon, lat = np.array(pairs, dtype=np.float64).reshape(-1, 2).T
    return [int(area) for area in index.locate(lon, lat)]


@pytest.mark.parametrize("name", COVERAGES)
@given(pairs=points)
def test_equals_a_test_of_every_area(name: str, pairs: list[tuple[float, float]]) -> None:
    lon, lat = np.array(pairs, dtype=np.float64).reshape(-1, 2).T
    assert INDEXES[name].locate(lon, lat).tolist() == brute_force(COVERAGES[name], lon, lat)


@pytest.mark.parametrize("name", COVERAGES)
@given(share=st.lists(st.floats(0, 1), max_size=20))
def test_equals_a_test_of_every_area_along_borders(name: str, share: list[float]) -> None:
    borders = shapely.union_all(shapely.boundary(COVERAGES[name]))
    lon, lat = shapely.get_coordinates(shapely.line_interpolate_point(shapely.line_merge(borders), share, normalized=True)).T
    assert INDEXES[name].locate(lon, lat).tolist() == brute_force(COVERAGES[name], lon, lat)


@pytest.mark.parametrize("name", COVERAGES)
def test_equals_a_test_of_every_area_at_vertices(name: str) -> None:
    lon, lat = shapely.get_coordinates(np.array(COVERAGES[name])).T
    assert INDEXES[name].locate(lon, lat).tolist() == brute_force(COVERAGES[name], lon, lat)


@pytest.mark.parametrize("name", COVERAGES)
def test_equals_a_test_of_every_area_in_every_cell(name: str) -> None:
    """Corners, edges and centres of all raster cells and a bit beyond."""
    grid = INDEXES[name].grid
    columns, rows = np.meshgrid(np.arange(-1, grid.columns + 1, 0.5), np.arange(-1, grid.rows + 1, 0.5))
    lon, lat = grid.box[0] + columns.ravel() * grid.step, grid.box[1] + rows.ravel() * grid.step
    assert INDEXES[name].locate(lon, lat).tolist() == brute_force(COVERAGES[name], lon, lat)


@given(pairs=points, far=st.tuples(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5)))
def test_equals_a_test_of_every_area_far_from_the_origin(pairs: list[tuple[float, float]], far: tuple[float, float]) -> None:
    areas = shapely.transform(np.array(SLANTED), lambda vertices: vertices + far)
    lon, lat = (np.array(pairs, dtype=np.float64).reshape(-1, 2) + far).T
    assert build_index(list(areas)).locate(lon, lat).tolist() == brute_force(list(areas), lon, lat)


def test_a_point_on_a_shared_border_belongs_to_the_lowest_area() -> None:
    assert located(INDEXES["squares"], (1.0, 0.5), (0.5, 1.0), (1.0, 1.0), (4.0, 3.0)) == [0, 0, 0, 11]
    assert located(build_index(SQUARES[::-1]), (1.0, 0.5), (0.5, 1.0), (1.0, 1.0), (4.0, 3.0)) == [10, 7, 6, 0]


def test_an_enclave_and_its_surroundings() -> None:
    assert located(INDEXES["enclave"], (1.5, 1.5), (0.5, 0.5), (1.0, 1.5)) == [1, 0, 0]
    assert located(INDEXES["holed"], (1.5, 1.5), (0.5, 0.5), (1.0, 1.5)) == [-1, 0, 0]


def test_both_parts_of_a_scattered_area() -> None:
    assert located(INDEXES["scattered"], (0.5, 0.5), (3.5, 2.5), (1.5, 2.5), (2.5, 2.5)) == [0, 0, 1, -1]


@pytest.mark.parametrize("x", [np.nan, np.inf, -np.inf])
def test_a_coordinate_that_is_no_number_is_nowhere(x: float) -> None:
    assert located(INDEXES["squares"], (x, 0.5), (0.5, x), (x, x), (0.5, 0.5)) == [-1, -1, -1, 0]


def test_far_outside_is_nowhere() -> None:
    assert located(INDEXES["squares"], (1e300, 0.5), (0.5, -1e300), (-1e-9, 0.5), (4.000000001, 0.5)) == [-1, -1, -1, -1]


def test_no_points_give_no_answers() -> None:
    answer = INDEXES["squares"].locate(np.array([]), np.array([]))
    assert (answer.shape, answer.dtype.name) == ((0,), "int64")


def test_no_areas_contain_nothing() -> None:
    assert located(build_index([]), (0.0, 0.0), (0.5, 0.5), (np.nan, 0.0)) == [-1, -1, -1]


@pytest.mark.parametrize(("lon", "lat"), [((2,), (3,)), ((1,), (2,)), ((), ()), ((2, 2), (2, 2)), ((0,), (1,))])
def test_arrays_that_do_not_fit_are_refused(lon: tuple[int, ...], lat: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"^lon and lat must be flat arrays of one length, not of shapes \(") as error:
        INDEXES["squares"].locate(np.zeros(lon), np.zeros(lat))
    assert str(error.value).endswith(f"{lon} and {lat}")


@pytest.mark.parametrize(
    "bad", [shapely.Point(0, 0), shapely.LineString([(0, 0), (1, 1)]), shapely.Polygon(), shapely.box(0, 0, 1, np.inf), shapely.GeometryCollection(), None]
)
def test_areas_that_are_none_are_refused(bad: BaseGeometry) -> None:
    with pytest.raises(ValueError, match=r"^area 1 is not a polygon or multipolygon with finite coordinates$"):
        build_index([shapely.box(0, 0, 1, 1), bad, bad])


def test_the_index_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        INDEXES["squares"].first = np.array([])  # type: ignore[misc]


def test_most_cells_answer_without_a_test() -> None:
    """Speed: on twelve squares, cells with a border are the exception and no cell is tested twice."""
    index = INDEXES["squares"]
    assert index.grid.columns * index.grid.rows == pytest.approx(12 * locate.CELLS_PER_AREA, rel=0.05)
    assert np.mean(np.diff(index.first) > 0) < 0.15
    assert np.diff(index.first).max() == 4


def test_areas_are_prepared_before_the_first_query() -> None:
    assert shapely.is_prepared(INDEXES["squares"].areas).all()


def test_indexes_compare_by_identity() -> None:
    assert INDEXES["squares"] != build_index(SQUARES)
    assert INDEXES["squares"] == INDEXES["squares"]


def test_an_area_without_extent_does_no_harm() -> None:
    point = shapely.Polygon([(1, 1), (1, 1), (1, 1), (1, 1)])
    assert located(build_index([point]), (2.0, 2.0), (0.0, 1.0)) == [-1, -1]
    assert located(build_index([point, *SQUARES]), (0.5, 0.5), (3.5, 2.5)) == [1, 12]


def test_importing_costs_no_shapely() -> None:
    code = "import sys, asskomm.methods.locate; sys.exit('shapely' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_examples_run() -> None:
    assert doctest.testmod(locate) == (0, 6)
