# SPDX-License-Identifier: EUPL-1.2
"""Municipalities and districts over the API."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from asskomm.core.estimates import Estimate
from asskomm.core.imports.domain import door
from asskomm.core.visibility import SYSTEM
from asskomm.territory.domain.queries.official import newest_figures
from asskomm.territory.enums import MunicipalityKind, SizeClass
from asskomm.territory.models import Municipality
from tests.making import GOERLITZ, OLBERNHAU, PFAFFRODA, work_off

pytestmark = pytest.mark.django_db


def names(client: Client, **filters: object) -> list[str]:
    response = client.get("/api/municipalities", {key: str(value) for key, value in filters.items()} | {"page_size": "200"})
    return [item["name"] for item in response.json()["items"]]


def expected(**filters: Any) -> list[str]:
    return list(Municipality.objects.filter(successor=None, **filters).order_by("name", "ags").values_list("name", flat=True))


def test_filters(client: Client) -> None:
    assert names(client, district="14626") == expected(district="14626")
    assert names(client, kind="large_district_town") == expected(kind=MunicipalityKind.LARGE_DISTRICT_TOWN)
    assert names(client, size=20_000) == expected(size_class=SizeClass.FROM_20000)
    assert names(client, district="14626", kind="town", size=5000) == expected(district="14626", kind="town", size_class=5000)
    assert [names(client, name=wanted) for wanted in ("goerl", "02826", "Atlantis", " ")] == [["Görlitz"], ["Görlitz"], [], names(client)]
    assert names(client, district="99999") == []


def test_a_municipality_of_another_day(client: Client) -> None:
    assert [names(client, name="Pfaffroda", on=day) for day in ("2016-12-31", "2017-01-01")] == [["Pfaffroda"], ["Olbernhau"]]
    former = client.get(f"/api/municipalities/{PFAFFRODA}").json()
    assert (former["valid_to"], former["successor"], former["valid_from"]) == ("2016-12-31", {"key": OLBERNHAU, "name": "Olbernhau"}, None)
    assert client.get(f"/api/municipalities/{OLBERNHAU}").json()["predecessors"] == [{"key": PFAFFRODA, "name": "Pfaffroda"}]


def test_one_with_its_official_figures(client: Client) -> None:
    batch = door.receive("zensus.csv", iter([b"AGS;Einwohner;Haushalte\n14626110;55.784;31.5\n"]), by=SYSTEM)
    work_off()
    door.take_over(batch, by=SYSTEM, options={})
    work_off()
    found, place = client.get(f"/api/municipalities/{GOERLITZ}").json(), Municipality.objects.get(ags=GOERLITZ)
    assert (found["population"], found["size_class"]) == (place.persons.as_json(), {"key": "50000", "name": "50.000 bis 99.999"})
    assert (found["url"], found["kind"]["name"], found["district"]["key"]) == (f"/kommunen/{GOERLITZ}/", "Große Kreisstadt", "14626")
    shown = [(figure["measure"]["name"], figure["estimate"]) for figure in found["figures"]]
    assert shown == [(str(figure.measure), figure.estimate.as_json()) for figure in newest_figures(place)]
    assert [(name, estimate["value"], len(estimate["sources"])) for name, estimate in shown] == [("Einwohner", 55784, 1), ("Haushalte", 31.5, 1)]


def test_districts_add_up(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        answer = client.get("/api/districts").json()
    assert (answer["count"], sum(item["municipalities"]["value"] for item in answer["items"])) == (13, 418)
    assert sum(item["population"]["value"] for item in answer["items"]) == sum(
        filter(None, Municipality.objects.filter(successor=None).values_list("population", flat=True))
    )
    assert client.get("/api/districts/14626").json() == next(item for item in answer["items"] if item["key"] == "14626")
    assert (
        client.get("/api/districts/14626?on=2016-12-31").json()["municipalities"] == Estimate(Municipality.objects.filter(district="14626").count()).as_json()
    )
    assert client.get("/api/districts/99999").status_code == 404


@pytest.mark.parametrize("size", [1, 3])
def test_lists_have_a_fixed_number_of_queries(client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for address, queries in (("municipalities", 2), ("districts", 2)):
        with django_assert_num_queries(queries):
            assert len(client.get(f"/api/{address}", {"page_size": size}).json()["items"]) == size
