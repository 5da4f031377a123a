# SPDX-License-Identifier: EUPL-1.2
"""The areas of municipalities on a day, as an export takes them along."""

import datetime as dt

from asskomm.core.exports.formats import Areas
from asskomm.territory.domain.queries.stages import boundary_set_on
from asskomm.territory.models import Boundary


def areas_on(day: dt.date) -> Areas:
    """Give the areas by key, and to whom they are owed.

    Raises
    ------
        BoundarySet.DoesNotExist: no boundaries are loaded.
    """
    import shapely

    borders = boundary_set_on(day)
    rows = Boundary.objects.on(day).filter(boundary_set=borders).values_list("municipality_id", "wkb")
    return Areas(borders.attribution, {key: str(shapely.to_geojson(shapely.from_wkb(bytes(wkb)))) for key, wkb in rows})
