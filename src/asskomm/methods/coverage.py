# SPDX-License-Identifier: EUPL-1.2
"""Leave vertices out of areas that meet, without tearing them apart.

Shapely is imported inside the functions: importing this module costs numpy only.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Shapes = NDArray[np.object_]

DECIMALS = 5  # about a metre
TOLERANCE = 0.0016  # degrees of latitude, about 180 m: the root of the smallest triangle that stays; 0.0010: half as much again, a third of the error
NARROWING = np.array([math.cos(math.radians(51.0)), 1.0])  # a degree of longitude beside one of latitude


def simplified(areas: Shapes, tolerance: float = TOLERANCE) -> Shapes:
    """Give the areas with fewer vertices; neighbours that had the same border keep the same one.

    Args:
        areas: shape (n,), polygons or multipolygons in degrees (EPSG:4326) near 51 degrees north.
        tolerance: in degrees of latitude.

    Returns
    -------
        Shape (n,), with coordinates rounded to about a metre.

    Source:
        M. Visvalingam and J. D. Whyatt, Line generalisation by repeated elimination of points, The Cartographic Journal 1993, as GEOS applies it to
        coverages.

    Example:
        >>> import shapely
        >>> simplified(np.array([shapely.from_wkt("POLYGON ((13 51, 13.5 51.000001, 14 51, 14 52, 13 52, 13 51))")]))[0].wkt
        'POLYGON ((13 51, 14 51, 14 52, 13 52, 13 51))'
    """
    import shapely

    flat = shapely.transform(areas, lambda points: points * NARROWING)
    degrees = shapely.transform(shapely.coverage_simplify(flat, tolerance), lambda points: np.round(points / NARROWING, DECIMALS))
    oriented: Shapes = shapely.orient_polygons(shapely.normalize(degrees))
    return oriented
