# SPDX-License-Identifier: EUPL-1.2
"""Which municipality a point lies in."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from asskomm.territory.domain.queries.stages import Stage, stage_on
from asskomm.territory.models import Boundary, BoundarySet, Municipality

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from asskomm.methods.locate import PointIndex


@dataclass(frozen=True)
class Place:
    """Where a point lies, and by which borders that is said."""

    municipality: Municipality | None
    boundary_set: BoundarySet


@dataclass(frozen=True)
class PlaceIndex:
    """Areas of one boundary set on one day."""

    boundary_set: BoundarySet
    keys: tuple[str, ...]
    index: "PointIndex"

    def locate(self, lon: "NDArray[np.float64]", lat: "NDArray[np.float64]") -> list[str | None]:
        """Give the municipality key of each point, `None` outside of all."""
        return [self.keys[i] if i >= 0 else None for i in self.index.locate(lon, lat).tolist()]


def place_index(on: dt.date) -> PlaceIndex:
    """Give the index of the boundaries that answer for a day; made once per process and stage."""
    found, stage = stage_on(on)
    keys, index = _index(stage)
    return PlaceIndex(found, keys, index)


@lru_cache(maxsize=4)
def _index(stage: Stage) -> "tuple[tuple[str, ...], PointIndex]":
    import shapely

    from asskomm.methods.locate import build_index

    rows = Boundary.objects.on(stage.first_day).filter(boundary_set=stage.boundary_set).order_by("municipality_id")
    found = list(rows.values_list("municipality_id", "wkb"))
    return tuple(key for key, _wkb in found), build_index([shapely.from_wkb(bytes(wkb)) for _key, wkb in found])


def locate(lon: float, lat: float, on: dt.date) -> Place:
    """Give the municipality of one point in degrees (WGS 84) on a day."""
    import numpy as np

    places = place_index(on)
    key = places.locate(np.array([lon]), np.array([lat]))[0]
    return Place(Municipality.objects.select_related("district").filter(ags=key).first() if key else None, places.boundary_set)
