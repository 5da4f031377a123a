# SPDX-License-Identifier: EUPL-1.2
"""Which municipality a point lies in."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from asskomm.territory.domain.queries.history import with_predecessors
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
    """Give the index of the current boundaries for a day; made once per process and set of areas."""
    current = BoundarySet.objects.get(current=True)
    rows = Boundary.objects.filter(boundary_set=current, municipality__valid_from__lte=on, municipality__valid_to__gte=on)
    return _index(current.key, tuple(rows.order_by("municipality_id").values_list("municipality_id", flat=True)))


@lru_cache(maxsize=4)
def _index(boundary_set: str, keys: tuple[str, ...]) -> PlaceIndex:
    import shapely

    from asskomm.methods.locate import build_index

    rows = Boundary.objects.filter(boundary_set=boundary_set, municipality__in=keys).values_list("municipality_id", "wkb")
    areas = {key: shapely.from_wkb(bytes(wkb)) for key, wkb in rows}
    for key, (_itself, *before) in with_predecessors(keys).items():
        if still_there := [areas[m.ags] for m in before if m.ags in areas]:
            areas[key] = shapely.difference(areas[key], shapely.union_all(still_there))  # kept areas are those after every merger
    return PlaceIndex(BoundarySet.objects.get(key=boundary_set), keys, build_index([areas[key] for key in keys]))


def locate(lon: float, lat: float, on: dt.date) -> Place:
    """Give the municipality of one point in degrees (WGS 84) on a day."""
    import numpy as np

    places = place_index(on)
    key = places.locate(np.array([lon]), np.array([lat]))[0]
    return Place(Municipality.objects.select_related("district").filter(ags=key).first() if key else None, places.boundary_set)
