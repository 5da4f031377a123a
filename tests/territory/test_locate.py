# SPDX-License-Identifier: EUPL-1.2
"""Which municipality a point lies in, on which day, by which borders."""

import datetime as dt

import pytest
import shapely
from django.test import Client

from asskomm.core.estimates import Estimate
from asskomm.core.estimates.estimate import Basis
from asskomm.territory.domain.queries.locate import locate, place_index
from asskomm.territory.models import Boundary, BoundarySet, Municipality
from tests.making import GOERLITZ, OLBERNHAU, PFAFFRODA, place

pytestmark = pytest.mark.django_db
DAY = dt.date(2023, 9, 14)
TOWN_HALL = (14.9889, 51.1563)


def _inside(ags: str) -> tuple[float, float]:
    point = shapely.from_wkb(bytes(Boundary.objects.get(municipality=ags).wkb)).representative_point()
    return point.x, point.y


def test_a_point_in_goerlitz() -> None:
    found = locate(*TOWN_HALL, DAY)
    assert found.municipality == place(GOERLITZ)
    assert found.boundary_set == BoundarySet.objects.get(batch=None)


@pytest.mark.parametrize("point", [(13.4, 52.5), (0.0, 0.0), (180.0, 90.0), (-180.0, -90.0)])
def test_a_point_outside_of_saxony(point: tuple[float, float]) -> None:
    assert locate(*point, DAY).municipality is None


def test_a_merger_changes_whose_a_point_is() -> None:
    point = _inside(PFAFFRODA)
    assert locate(*point, dt.date(2016, 12, 31)).municipality == place(PFAFFRODA)
    assert locate(*point, dt.date(2017, 1, 1)).municipality == place(OLBERNHAU)


def test_before_a_merger_areas_do_not_overlap() -> None:
    day = dt.date(2016, 12, 31)
    for former in Municipality.objects.filter(successor__isnull=False):
        assert locate(*_inside(former.ags), day).municipality == former
    alone = shapely.from_wkb(bytes(Boundary.objects.on(day).get(municipality=OLBERNHAU).wkb)).representative_point()
    assert locate(alone.x, alone.y, day).municipality == place(OLBERNHAU)


def test_every_municipality_of_a_day_is_in_the_index_once() -> None:
    keys = place_index(DAY).keys
    assert len(keys) == len(set(keys)) == 418
    assert place_index(DAY).index is place_index(dt.date(2025, 1, 1)).index


def _ask(client: Client, **parameters: str) -> tuple[int, object]:
    response = client.get("/api/territory/locate", parameters)
    return response.status_code, response.json()


def test_the_api_names_place_and_borders(client: Client) -> None:
    lon, lat = TOWN_HALL
    borders = BoundarySet.objects.get(batch=None)
    assert _ask(client, lon=str(lon), lat=str(lat)) == (
        200,
        {
            "ags": GOERLITZ,
            "name": "Görlitz",
            "district": "Landkreis Görlitz",
            "boundaries": {
                "key": borders.key,
                "name": borders.name,
                "attribution": borders.attribution,
                "simplified": True,
                "wrong_share": Estimate(borders.wrong_share, "share", Basis.ESTIMATED).as_json(),
            },
        },
    )


def test_the_api_knows_days_and_points_outside(client: Client) -> None:
    lon, lat = _inside(PFAFFRODA)
    answers = [
        client.get("/api/territory/locate", {"lon": str(lon), "lat": str(lat), "on": "31.12.2016"}).json(),
        client.get("/api/territory/locate", {"lon": str(lon), "lat": str(lat), "on": "2017-01-01"}).json(),
        client.get("/api/territory/locate", {"lon": 0, "lat": 0}).json(),
    ]
    assert [answer["ags"] for answer in answers] == [PFAFFRODA, OLBERNHAU, None]
    assert (answers[2]["name"], answers[2]["district"]) == (None, None)


OUT_OF_RANGE = "lon muss zwischen -180 und 180 liegen, lat zwischen -90 und 90."


@pytest.mark.parametrize(
    ("parameters", "detail"),
    [
        ({"lon": "nan", "lat": "51"}, OUT_OF_RANGE),
        ({"lon": "14", "lat": "NaN"}, OUT_OF_RANGE),
        ({"lon": "inf", "lat": "51"}, OUT_OF_RANGE),
        ({"lon": "14", "lat": "-inf"}, OUT_OF_RANGE),
        ({"lon": "200", "lat": "51"}, OUT_OF_RANGE),
        ({"lon": "14", "lat": "90.001"}, OUT_OF_RANGE),
        ({"lon": "1e400", "lat": "51"}, OUT_OF_RANGE),
        ({"lat": "51"}, "Der Parameter „lon“ fehlt."),
        ({"lon": "14"}, "Der Parameter „lat“ fehlt."),
        ({"lon": "Görlitz", "lat": "51"}, "Der Parameter „lon“ ist nicht lesbar: „Görlitz“."),
        ({"lon": "14,98", "lat": "51"}, "Der Parameter „lon“ ist nicht lesbar: „14,98“."),
        ({"lon": "14", "lat": ""}, "Der Parameter „lat“ ist nicht lesbar: „“."),
        ({"lon": "14", "lat": "51", "on": "31.02.2023"}, "Den Tag „31.02.2023“ gibt es nicht."),
        ({"lon": "14", "lat": "51", "on": "1989-12-31"}, "Der Tag muss zwischen 1990 und in zehn Jahren liegen."),
    ],
)
def test_the_api_refuses_in_a_sentence(client: Client, parameters: dict[str, str], detail: str) -> None:
    response = client.get("/api/territory/locate", parameters)
    assert (response.status_code, response["Content-Type"], response.json()["detail"]) == (400, "application/problem+json", detail)


def test_figures_of_the_api_refuse_alike(client: Client) -> None:
    response = client.get("/api/figures", {"documented": "vielleicht"})
    assert (response.status_code, response.json()["detail"]) == (400, "Der Parameter „documented“ ist nicht lesbar: „vielleicht“.")
