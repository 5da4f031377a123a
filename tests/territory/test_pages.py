# SPDX-License-Identifier: EUPL-1.2
"""Pages of places: municipality, former municipality, district, state, search."""

import datetime as dt
import re

import pytest
from django.test import Client

from asskomm.core.clock import clock
from asskomm.people.models import Organisation
from asskomm.territory import slots
from asskomm.territory.models import District, Municipality
from tests.making import GOERLITZ, OLBERNHAU, PFAFFRODA, place
from tests.reading import Page, cells, headings, links, said

pytestmark = pytest.mark.django_db
MITTELSACHSEN, CHEMNITZ = "14522", "14511"


def _facts(response: Page) -> dict[str, str]:
    content = response.content.decode()
    facts = re.search(r'<dl class="facts">(.*?)</dl>', content, re.DOTALL)
    assert facts is not None
    return dict(zip(map(said, re.findall(r"<dt>(.*?)</dt>", facts[1], re.DOTALL)), map(said, re.findall(r"<dd>(.*?)</dd>", facts[1], re.DOTALL)), strict=True))


def test_a_municipality(client: Client) -> None:
    response = client.get(f"/kommunen/{GOERLITZ}/")
    assert headings(response) == ["Görlitz"]
    assert _facts(response) == {
        "Art": "Große Kreisstadt",
        "Einwohner": "54.664 am 15.05.2022 (Zensus 2022)",
        "Größenklasse": "50.000 bis 99.999",
        "Amtlicher Gemeindeschlüssel": GOERLITZ,
        "Verwaltung": "Organisation und Zuständige · Internetseite",
    }
    assert Organisation.objects.get(municipality=GOERLITZ).get_absolute_url() in links(response)
    assert "/landkreise/14626/" in links(response)


def test_a_municipality_that_took_others_over_names_them(client: Client) -> None:
    assert _facts(client.get(f"/kommunen/{OLBERNHAU}/"))["Aufgenommene Gemeinden"] == "Pfaffroda (bis 31.12.2016)"


def test_a_former_municipality_leads_to_its_heir(client: Client) -> None:
    response = client.get(f"/kommunen/{PFAFFRODA}/")
    assert headings(response) == ["Pfaffroda"]
    assert "Pfaffroda bestand bis 31.12.2016. Heute gehört der Ort zu Olbernhau ." in said(response.content.decode())
    assert place(OLBERNHAU).get_absolute_url() in links(response)
    assert _facts(response)["Einwohner"] == "nicht bekannt"


def test_what_upper_rooms_put_on_the_page(client: Client) -> None:
    offered = {"leads": slots.MUNICIPALITY_LEADS, "panels": slots.MUNICIPALITY_PANELS, "actions": slots.MUNICIPALITY_ACTIONS}
    for name, slot in offered.items():
        slot.register("toy", lambda _request, shown, name=name: f"{name} für {shown}", order=1)  # type: ignore[misc]
        slot.register("void", lambda _request, _shown: "")
    try:
        context = client.get(f"/kommunen/{GOERLITZ}/").context
    finally:
        for slot in offered.values():
            slot.remove("toy")
            slot.remove("void")
    assert [context[name][0] for name in offered] == ["leads für Görlitz", "panels für Görlitz", "actions für Görlitz"]
    assert not any("" in context[name] for name in offered)


@pytest.mark.parametrize(
    "address",
    [
        "/kommunen/14626999/",
        "/kommunen/x/",
        "/kommunen/%00/",
        "/kommunen/1462%0011/",
        "/landkreise/99999/",
        "/landkreise/%00/",
        "/themen/gibt-es-nicht/",
        "/themen/%00/",
        "/organisationen/0/",
        "/organisationen/99999999999999999999999/",
        "/organisationen/x/",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, headings(response)) == (404, ["Diese Seite gibt es nicht"])


def test_a_district_lists_its_municipalities_of_today(client: Client) -> None:
    response = client.get(f"/landkreise/{MITTELSACHSEN}/")
    members = Municipality.objects.on(clock.today()).filter(district=MITTELSACHSEN)
    assert headings(response) == ["Landkreis Mittelsachsen"]
    assert "52 Kommunen, 297.712 Einwohner (Zensus 2022)" in said(response.content.decode())
    assert [row[0] for row in cells(response)] == ["Kommune", *(m.name for m in members)]
    assert ["Jahnatal", "Gemeinde", "4.715"] in cells(response)


def test_a_city_that_is_its_own_district(client: Client) -> None:
    response = client.get(f"/landkreise/{CHEMNITZ}/")
    assert "1 Kommune, 240.078 Einwohner (Zensus 2022)" in said(response.content.decode())
    assert cells(response) == [["Kommune", "Art", "Einwohner"], ["Chemnitz", "Kreisfreie Stadt", "240.078"]]


def test_a_district_shows_the_municipalities_of_the_day(client: Client) -> None:
    with clock.moved_to(dt.datetime(2022, 12, 31, 12, tzinfo=dt.UTC)):
        names = {row[0] for row in cells(client.get(f"/landkreise/{MITTELSACHSEN}/"))}
    assert {"Ostrau", "Zschaitz-Ottewig", "Jahnatal"} & names == {"Ostrau", "Zschaitz-Ottewig"}


def test_the_state_lists_its_districts(client: Client) -> None:
    response = client.get("/sachsen/")
    assert headings(response) == ["Freistaat Sachsen"]
    assert "418 Kommunen, 4.038.131 Einwohner (Zensus 2022)" in said(response.content.decode())
    rows = [row for row in cells(response) if len(row) == 3]
    assert rows[0] == ["Name", "Kommunen", "Einwohner"]
    assert [row[0] for row in rows[1:]] == list(District.objects.values_list("name", flat=True))
    assert sum(int(row[1]) for row in rows[1:]) == 418
    assert ["Chemnitz", "1", "240.078"] in rows


def test_a_district_without_municipalities_is_shown_all_the_same(client: Client) -> None:
    District.objects.create(key="14999", name="Leerkreis", kind="district")
    assert ["Leerkreis", "0", "nicht bekannt"] in cells(client.get("/sachsen/"))


@pytest.mark.parametrize(
    ("text", "address"),
    [("Görlitz", GOERLITZ), ("02826", GOERLITZ), ("Pfaffroda", OLBERNHAU), ("  goerlitz ", GOERLITZ), ("14626110", GOERLITZ)],
)
def test_one_hit_leads_straight_to_its_page(client: Client, text: str, address: str) -> None:
    response = client.get("/kommunen/", {"ort": text})
    assert (response.status_code, response["Location"]) == (302, f"/kommunen/{address}/")


def test_several_hits_are_listed(client: Client) -> None:
    response = client.get("/kommunen/", {"ort": "Auerbach"})
    assert response.status_code == 200
    assert [address for address in links(response) if address.startswith("/kommunen/1")] == ["/kommunen/14521040/", "/kommunen/14523020/"]


@pytest.mark.parametrize("text", ["Hamburg", "00000", "…", "\0", "<b>fett</b>", "x" * 5000])
def test_no_hit_says_what_helps(client: Client, text: str) -> None:
    response = client.get("/kommunen/", {"ort": text})
    shown = text.strip()[:100]
    assert (response.status_code, response.context["text"], response.context["found"]) == (200, shown, [])
    sentence = " haben wir keine Kommune gefunden. Prüfen Sie die Schreibweise oder suchen Sie nach der Postleitzahl der Gemeindeverwaltung."
    assert sentence in said(response.content.decode())
    assert "<b>" not in response.content.decode()


def test_an_empty_search_shows_the_field_alone(client: Client) -> None:
    response = client.get("/kommunen/")
    assert (headings(response), response.context["found"]) == (["Ort suchen"], [])
    assert "keine Kommune gefunden" not in response.content.decode()


DISTRICT_QUERIES, STATE_QUERIES = 5, 6


@pytest.mark.parametrize("size", [1, 3])
def test_a_district_costs_the_same_for_few_and_for_many(client: Client, size: int, django_assert_num_queries: object) -> None:
    district = District.objects.create(key="14999", name="Probekreis", kind="district")
    for number in range(size):
        Municipality.objects.create(ags=f"1499901{number}", name=f"Ort {number}", kind="town", district=district, population=1000)
    client.get(f"/landkreise/{CHEMNITZ}/")
    with django_assert_num_queries(DISTRICT_QUERIES):  # type: ignore[operator]
        response = client.get("/landkreise/14999/")
    assert len(cells(response)) == size + 1


@pytest.mark.parametrize("key", [CHEMNITZ, "14625", MITTELSACHSEN])
def test_a_search_costs_the_same_for_few_and_for_many(client: Client, key: str, django_assert_num_queries: object) -> None:
    client.get("/themen/")
    text = {CHEMNITZ: "Neukirchen", "14625": "Neu", MITTELSACHSEN: "Bad"}[key]
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert client.get("/kommunen/", {"ort": text}).status_code == 200


@pytest.mark.parametrize("size", [1, 3])
def test_the_state_costs_the_same_for_few_and_for_many(client: Client, size: int, django_assert_num_queries: object) -> None:
    client.get("/themen/")
    for number in range(size):
        District.objects.create(key=f"1499{number}", name=f"Probekreis {number}", kind="district")
    with django_assert_num_queries(STATE_QUERIES):  # type: ignore[operator]
        response = client.get("/sachsen/")
    assert len([row for row in cells(response) if row[0].startswith("Probekreis")]) == size
