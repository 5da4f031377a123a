# SPDX-License-Identifier: EUPL-1.2
"""From degrees to the drawn map: corners, holes, several parts, and shared corners that meet."""

import re

from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box

from asskomm.core.charts.projection import SAXONY, MapFrame

SQUARE = MapFrame(west=0, south=-1, east=2, north=1)


def test_the_corners_of_the_frame() -> None:
    assert SQUARE.height == 1000
    assert SQUARE.point(0, 1) == (0, 0)
    assert SQUARE.point(2, -1) == (10000, 10000)
    assert SQUARE.point(1, 0) == (5000, 5000)


def test_saxony_is_true_to_scale_at_its_middle() -> None:
    assert SAXONY.height == 766
    east, north = SAXONY.point(13.1, 50.93), SAXONY.point(13.0, 51.03)
    middle = SAXONY.point(13.0, 50.93)
    assert abs((east[0] - middle[0]) / (middle[1] - north[1]) - 0.6302) < 0.005  # the cosine of 50.93°


def test_a_rectangle_becomes_relative_lines() -> None:
    assert SQUARE.path(box(0, 0, 1, 1)) == "M500 500l0 -500 -500 0 0 500 500 0z"


def test_holes_and_parts_become_rings() -> None:
    ring = Polygon([(0, 0), (1, 0), (1, 1), (0, 1)], [[(0.2, 0.2), (0.4, 0.2), (0.4, 0.4)]])
    assert SQUARE.path(MultiPolygon([ring, box(1.5, 0, 2, 0.5)])).count("M") == 3


def test_tenths_keep_their_sign_and_repeated_points_vanish() -> None:
    thin = Polygon([(0, 1), (0.0004, 1), (0.0004, 0.9994), (0.00041, 0.9994), (0, 0.9994)])
    assert SQUARE.path(thin) == "M0 0l0.2 0 0 0.3 -0.2 0 0 -0.3z"


@given(st.floats(0, 1), st.floats(-1, 0), st.floats(0.01, 1), st.floats(0.01, 1))
def test_every_ring_closes(west: float, south: float, width: float, height: float) -> None:
    path = SQUARE.path(box(west, south, west + width, south + height))
    steps = [float(number) for number in re.findall(r"-?\d+(?:\.\d)?", path.split("l", 1)[1])]
    assert round(sum(steps[0::2]), 6) == 0
    assert round(sum(steps[1::2]), 6) == 0
