# SPDX-License-Identifier: EUPL-1.2
"""Places over the API: municipalities, districts, where a point lies."""

import datetime as dt
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Path, Query, Router, Schema

from asskomm.core.api import Day, EstimateOut, Named, Paged, PageNumber, PageSize, day_or_today, page_of_list, page_of_rows, text
from asskomm.core.api.paging import USUAL_SIZE
from asskomm.core.estimates import Estimate
from asskomm.core.estimates.estimate import Basis
from asskomm.core.ui.days import ParameterError
from asskomm.core.visibility import ReaderRequest
from asskomm.territory.domain.queries.districts import DistrictCount, districts_on
from asskomm.territory.domain.queries.locate import locate
from asskomm.territory.domain.queries.municipalities import PlaceFilters, fitting
from asskomm.territory.domain.queries.official import newest_figures
from asskomm.territory.enums import MunicipalityKind, SizeClass
from asskomm.territory.models import BoundarySet, District, Municipality, OfficialFigure

municipalities, districts, territory = Router(tags=["municipalities"]), Router(tags=["districts"]), Router(tags=["territory"])
MOST_FIGURES = 100
Ags = Annotated[str, Path(pattern=r"^[0-9]{8}$", description="key of the municipality (AGS), eight digits", examples=["14626110"])]
DistrictKey = Annotated[str, Path(pattern=r"^[0-9]{5}$", description="key of a district, five digits", examples=["14626"])]
InDistrict = Annotated[str | None, Query(None, pattern=r"^[0-9]{5}$", description="key of a district, five digits", examples=["14626"])]
OfKind = Annotated[MunicipalityKind | None, Query(None, description="legal type")]
OfSize = Annotated[SizeClass | None, Query(None, description="class of inhabitants, by its lower bound; -1 for not known")]
Called = Annotated[str, text("beginning of a name, or a post code", examples=["Görlitz"])]
Longitude = Annotated[float, Query(description="degrees east (WGS 84)", examples=[14.987])]
Latitude = Annotated[float, Query(description="degrees north (WGS 84)", examples=[51.156])]


class MunicipalityOut(Schema):
    """A municipality of a day."""

    ags: str = Field(description="key (AGS), eight digits")
    name: str
    kind: Named
    district: Named
    size_class: Named = Field(description="class of inhabitants; the key is the lower bound")
    population: EstimateOut
    postcode: str
    valid_from: dt.date | None = Field(description="first day; null where it has been there since before the records begin")
    valid_to: dt.date | None = Field(description="last day of a former municipality")
    url: str = Field(description="address of its page")


class OfficialFigureOut(Schema):
    """An official figure of a municipality, the newest of its measure."""

    measure: Named
    definition: str
    on: dt.date
    estimate: EstimateOut


class WholeMunicipality(MunicipalityOut):
    """A municipality with its official figures, and what went before and came after."""

    homepage: str
    predecessors: list[Named]
    successor: Named | None
    figures: list[OfficialFigureOut]


class DistrictOut(Schema):
    """A district or an independent city on a day."""

    key: str
    name: str
    kind: Named
    municipalities: EstimateOut
    population: EstimateOut
    url: str


class BoundariesOut(Schema):
    """By which borders a place was found, and how far they can be wrong."""

    key: str
    name: str
    attribution: str
    simplified: bool
    wrong_share: EstimateOut = Field(description="share of points that lie in another municipality by the full borders")


class PlaceOut(Schema):
    """Where a point lies; all null outside of the state."""

    ags: str | None
    name: str | None
    district: str | None
    boundaries: BoundariesOut


@municipalities.get("", response=Paged[MunicipalityOut])
def list_municipalities(
    request: ReaderRequest,
    *,
    on: Day = "",
    name: Called = "",
    district: InDistrict = None,
    kind: OfKind = None,
    size: OfSize = None,
    page: PageNumber = 1,
    page_size: PageSize = USUAL_SIZE,
) -> dict[str, Any]:
    """Give the municipalities of a day by name: those whose name begins so, of a district, a legal type, a class of inhabitants (its lower bound)."""
    rows = fitting(PlaceFilters(day_or_today(on), name.strip(), district or "", kind, size))
    return page_of_rows(request, rows, page, page_size, _municipality)


@municipalities.get("/{ags}", response=WholeMunicipality)
def one_municipality(request: ReaderRequest, ags: Ags) -> dict[str, Any]:
    """Give one municipality, former ones too, with the newest official figure of every measure."""
    place = get_object_or_404(Municipality.objects.select_related("district", "successor"), ags=ags)
    return _municipality(place) | {
        "homepage": place.homepage,
        "predecessors": [_named(former) for former in place.predecessors.order_by("name")],
        "successor": _named(place.successor) if place.successor else None,
        "figures": [_figure(figure) for figure in newest_figures(place, MOST_FIGURES)],
    }


def _named(place: Municipality) -> dict[str, str]:
    return {"key": place.ags, "name": place.name}


def _municipality(place: Municipality) -> dict[str, Any]:
    return {
        "ags": place.ags,
        "name": place.name,
        "kind": {"key": place.kind, "name": place.get_kind_display()},
        "district": {"key": place.district.key, "name": place.district.name},
        "size_class": {"key": str(place.size_class), "name": place.get_size_class_display()},
        "population": place.persons.as_json(),
        "postcode": place.postcode,
        "valid_from": None if place.valid_from == dt.date.min else place.valid_from,
        "valid_to": None if place.valid_to == dt.date.max else place.valid_to,
        "url": place.get_absolute_url(),
    }


def _figure(figure: OfficialFigure) -> dict[str, Any]:
    return {
        "measure": {"key": figure.measure.key, "name": str(figure.measure)},
        "definition": figure.measure.definition,
        "on": figure.on,
        "estimate": figure.estimate.as_json(),
    }


@districts.get("", response=Paged[DistrictOut])
def list_districts(request: ReaderRequest, on: Day = "", page: PageNumber = 1, page_size: PageSize = USUAL_SIZE) -> dict[str, Any]:
    """Give the districts and independent cities by name, with what their municipalities of a day add up to."""
    return page_of_list(request, districts_on(day_or_today(on)), page, page_size, _district)


@districts.get("/{key}", response=DistrictOut)
def one_district(request: ReaderRequest, key: DistrictKey, on: Day = "") -> dict[str, Any]:
    """Give one district; its municipalities are at /api/municipalities?district=KEY."""
    wanted = get_object_or_404(District, key=key)
    return next(_district(found) for found in districts_on(day_or_today(on)) if found.district == wanted)


def _district(found: DistrictCount) -> dict[str, Any]:
    return {
        "key": found.district.key,
        "name": found.district.name,
        "kind": {"key": found.district.kind, "name": found.district.get_kind_display()},
        "municipalities": found.members.as_json(),
        "population": found.population.as_json(),
        "url": found.district.get_absolute_url(),
    }


@territory.get("/locate", response=PlaceOut)
def locate_point(request: ReaderRequest, lon: Longitude, lat: Latitude, on: Day = "") -> dict[str, Any]:
    """Give the municipality of a point in degrees (WGS 84) on a day, and by which borders that is said."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ParameterError(_("lon muss zwischen -180 und 180 liegen, lat zwischen -90 und 90."))
    place = locate(lon, lat, day_or_today(on))
    found = place.municipality
    return {
        "ags": found.ags if found else None,
        "name": found.name if found else None,
        "district": found.district.name if found else None,
        "boundaries": _boundaries(place.boundary_set),
    }


def _boundaries(used: BoundarySet) -> dict[str, Any]:
    return {
        "key": used.key,
        "name": used.name,
        "attribution": used.attribution,
        "simplified": used.simplified,
        "wrong_share": Estimate(used.wrong_share, "share", Basis.ESTIMATED).as_json(),
    }
