# SPDX-License-Identifier: EUPL-1.2
"""Where a point lies, over the API."""

from typing import Any

from ninja import Router

from asskomm.core.clock import clock
from asskomm.core.ui.days import ParameterError, read_day
from asskomm.core.visibility import ReaderRequest
from asskomm.territory.domain.queries.locate import locate

router = Router()


@router.get("/locate")
def locate_point(request: ReaderRequest, lon: float, lat: float, on: str = "") -> dict[str, Any]:
    """Give the municipality of a point in degrees, and by which borders that is said."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ParameterError("lon muss zwischen -180 und 180 liegen, lat zwischen -90 und 90.")
    place = locate(lon, lat, read_day(on) if on else clock.today())
    found = place.municipality
    return {
        "ags": found.ags if found else None,
        "name": found.name if found else None,
        "district": found.district.name if found else None,
        "boundaries": {
            "key": place.boundary_set.key,
            "name": place.boundary_set.name,
            "attribution": place.boundary_set.attribution,
            "simplified": place.boundary_set.simplified,
            "wrong_share": place.boundary_set.wrong_share,
        },
    }
