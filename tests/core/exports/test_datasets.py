# SPDX-License-Identifier: EUPL-1.2
"""Tables to take along: stable addresses, a meaning for every column, the same rows in every format, for the reader alone."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
import shapely
from django.test import Client
from openpyxl import load_workbook

from asskomm.core.exports.datasets import DATASETS, LICENCE, Dataset
from asskomm.core.exports.formats import spread
from asskomm.core.visibility import Principal, Visibility
from tests.making import FRANKENBERG, GOERLITZ, event
from tests.reading import cells, headings, links

pytestmark = pytest.mark.django_db


def rows(client: Client, address: str) -> list[dict[str, Any]]:
    return list(json.loads(client.get(address).content)["rows"])


@pytest.mark.parametrize("dataset", list(DATASETS), ids=lambda dataset: dataset.key)
def test_every_column_has_a_meaning_and_every_format_an_address(client: Client, dataset: Dataset) -> None:
    page = client.get(f"/daten/{dataset.key}/?stand=14.09.2023")
    assert [row[:2] for row in cells(page)[1:]] == [[str(column.label), column.key] for column in spread(dataset.columns)]
    assert all(row[2] for row in cells(page)[1:])
    addresses = [f"/daten/{dataset.key}/v{dataset.version}/2023-09-14.{ending}" for ending in dataset.formats]
    assert set(addresses) <= set(links(page))
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


def test_the_same_rows_in_every_format(client: Client) -> None:
    event("consultation", "2022-05-01", GOERLITZ, FRANKENBERG, source="=Protokoll")
    plain = list(csv.DictReader(io.StringIO(client.get("/daten/ereignisse/v1/2023-01-01.csv").content.decode())))
    (found,) = rows(client, "/daten/ereignisse/v1/2023-01-01.json")
    assert (found["date"], found["kind"], found["municipality"], found["source"]) == ("01.05.2022", "consultation", f"{FRANKENBERG} | {GOERLITZ}", "=Protokoll")
    assert [plain[0][key] for key in ("date", "kind", "municipality", "source")] == ["01.05.2022", "consultation", f"{FRANKENBERG} | {GOERLITZ}", "'=Protokoll"]
    excel = client.get("/daten/ereignisse/v1/2023-01-01.excel.csv").content
    assert excel.startswith(b"\xef\xbb\xbfKennung;Datum;")
    book = load_workbook(io.BytesIO(client.get("/daten/ereignisse/v1/2023-01-01.xlsx").content))
    assert [sheet.title for sheet in book] == ["Ereignisse", "Erläuterung"]
    notes = [str(row[0].value) for row in book["Erläuterung"] if row[0].value]
    assert client.get("/daten/ereignisse/v1/2023-01-01.csv")["Link"] == '<https://www.govdata.de/dl-de/by-2-0>; rel="license"'
    assert notes[-2:] == ["Stand: 01.01.2023", "Lizenz: Datenlizenz Deutschland – Namensnennung – Version 2.0"]


def test_a_day_has_its_rows(client: Client) -> None:
    event("agreement_signed", "2022-05-01", GOERLITZ)
    found = {day: rows(client, f"/daten/kennzahlen/v2/{day}.json") for day in ("2022-04-30", "2022-05-01")}
    assert [next(row["value"] for row in day if row["key"] == "agreements") for day in found.values()] == [0, 1]
    assert [len(rows(client, f"/daten/ereignisse/v1/{day}.json")) for day in found] == [0, 1]
    goerlitz = [next(row["agreement"] for row in rows(client, f"/daten/kommunen/v1/{day}.json") if row["ags"] == GOERLITZ) for day in found]
    assert goerlitz == ["nein", "ja"]


def test_municipalities_come_with_their_areas(client: Client) -> None:
    event("agreement_signed", "2022-05-01", GOERLITZ)
    content = json.loads(client.get("/daten/kommunen/v1/2023-01-01.geojson").content)
    features = {feature["properties"]["ags"]: feature for feature in content["features"]}
    assert (content["type"], content["attribution"], len(features)) == ("FeatureCollection", "© GeoBasis-DE / BKG 2016 (Daten verändert)", 418)
    assert [feature["properties"] for feature in content["features"]] == rows(client, "/daten/kommunen/v1/2023-01-01.json")
    goerlitz = shapely.from_geojson(json.dumps(features[GOERLITZ]["geometry"]))
    assert (goerlitz.contains(shapely.Point(14.985, 51.155)), goerlitz.is_valid) == (True, True)
    assert client.get("/daten/ereignisse/v1/2023-01-01.geojson").status_code == 404


def test_only_what_the_reader_may_see(client: Client, sign_in: Callable[..., Principal]) -> None:
    event("consultation", "2022-05-01", GOERLITZ, visibility=Visibility.ALLIANCE)
    assert rows(client, "/daten/ereignisse/v1/2023-01-01.json") == []
    sign_in("coach", "Institut B3")
    assert len(rows(client, "/daten/ereignisse/v1/2023-01-01.json")) == 1


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/daten/wetter/", 404),
        ("/daten/wetter/v1/2023-01-01.csv", 404),
        ("/daten/ereignisse/v2/2023-01-01.csv", 404),
        ("/daten/kennzahlen/v0/2023-01-01.csv", 404),
        ("/daten/kennzahlen/v1/2023-01-01.pdf", 404),
        ("/daten/kennzahlen/v1/gestern.csv", 400),
        ("/daten/ereignisse/v1/2023-01-01.pdf", 404),
        ("/daten/ereignisse/v1/2023-01-01", 404),
        ("/daten/ereignisse/v1/gestern.csv", 400),
        ("/daten/ereignisse/?stand=31.02.2023", 400),
    ],
)
def test_what_there_is_not_is_said(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_an_old_address_leads_to_the_file_of_today(client: Client) -> None:
    answer = client.get("/daten/kennzahlen/v1/2023-01-01.csv")
    assert (answer.status_code, answer["Location"]) == (301, "/daten/kennzahlen/v2/2023-01-01.csv")
    assert client.get(answer["Location"]).status_code == 200


def test_the_list_leads_to_every_table(client: Client) -> None:
    page = client.get("/daten/")
    assert headings(page, 2) == [str(dataset.name) for dataset in DATASETS]
    assert {f"/daten/{dataset.key}/" for dataset in DATASETS} <= set(links(page))


def test_a_table_costs_a_fixed_number_of_questions(client: Client, django_assert_num_queries: Callable[..., Any]) -> None:
    for count in (1, 3):
        event("consultation", f"2022-05-0{count}", GOERLITZ)
        client.get("/daten/ereignisse/v1/2023-01-01.csv")
        with django_assert_num_queries(4):
            client.get("/daten/ereignisse/v1/2023-01-01.csv")


def test_the_api_lists_the_tables_with_addresses_that_answer(client: Client) -> None:
    items = client.get("/api/datasets?on=14.09.2023").json()["items"]
    assert [(item["key"], item["version"], item["name"]) for item in items] == [(dataset.key, str(dataset.version), str(dataset.name)) for dataset in DATASETS]
    assert [column["key"] for column in items[0]["columns"]] == [column.key for column in spread(next(iter(DATASETS)).columns)]
    assert {(item["licence"], item["licence_url"]) for item in items} == {(str(LICENCE.name), "https://www.govdata.de/dl-de/by-2-0")}
    addresses = [file["url"] for item in items for file in item["files"]]
    assert addresses[0].endswith("/v1/2023-09-14.csv")
    assert [client.get(address).status_code for address in addresses] == [200] * sum(len(dataset.formats) for dataset in DATASETS)
