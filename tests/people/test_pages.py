# SPDX-License-Identifier: EUPL-1.2
"""Pages of organisations and of one's own account."""

import datetime as dt
import re

import pytest
from django.test import Client

from asskomm.core.visibility import SYSTEM
from asskomm.people.domain.accounts import end_functions
from asskomm.people.models import Function, Organisation, Relation
from tests.making import FRANKENBERG, GOERLITZ, body, member
from tests.reading import Page, cells, headings, links, said

pytestmark = pytest.mark.django_db


def _items(response: Page, heading: str) -> list[str]:
    """Give the list under a heading."""
    found = re.search(rf"<h2>{heading}</h2>\s*<ul>(.*?)</ul>", response.content.decode(), re.DOTALL)
    return [said(item) for item in re.findall(r"<li>(.*?)</li>", found[1], re.DOTALL)] if found else []


def test_organisations_are_listed_without_municipalities_unless_asked_for(client: Client) -> None:
    response = client.get("/organisationen/")
    assert headings(response) == ["Organisationen"]
    assert [row[0] for row in cells(response)[1:]] == list(Organisation.objects.exclude(kind="municipality").values_list("name", flat=True))
    assert ["Erzgebirgskreis", "Landkreis", "Erzgebirgskreis"] in cells(response)
    assert ["Institut B3", "Coaching-Institut", "–"] in cells(response)


def test_organisations_of_one_kind(client: Client) -> None:
    response = client.get("/organisationen/", {"art": "police_directorate"})
    assert {row[1] for row in cells(response)[1:]} == {"Polizeidirektion"}
    assert len(cells(response)) == 6


def test_municipalities_come_fifty_a_page(client: Client) -> None:
    response = client.get("/organisationen/", {"art": "municipality", "seite": "9"})
    assert len(cells(response)) == 29
    assert "Seite 9 von 9" in said(response.content.decode())
    assert "?art=municipality&amp;seite=8" in links(response)
    assert ["Zwickau", "Kommune", "Landkreis Zwickau"] in cells(response)


def test_an_unknown_kind_lists_all_and_an_empty_one_says_so(client: Client) -> None:
    assert cells(client.get("/organisationen/", {"art": "\0"})) == cells(client.get("/organisationen/"))
    assert cells(client.get("/organisationen/", {"art": "association"}))[1:] == [["Keine Organisation dieser Art. Wählen Sie eine andere Art."]]


def test_a_page_that_is_none_is_refused(client: Client) -> None:
    response = client.get("/organisationen/", {"seite": "x"})
    assert (response.status_code, "„x“ ist keine Seitenzahl." in said(response.content.decode())) == (400, True)


@pytest.mark.parametrize("kind", ["police_directorate", "municipality"])
def test_the_list_costs_the_same_for_few_and_for_many(client: Client, kind: str, django_assert_num_queries: object) -> None:
    client.get("/organisationen/")
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get("/organisationen/", {"art": kind})


def test_the_body_of_a_municipality_shows_its_place(client: Client) -> None:
    response = client.get(body(GOERLITZ).get_absolute_url())
    assert headings(response) == ["Görlitz"]
    text = said(response.content.decode())
    assert "Kommune Görlitz Amtlicher Gemeindeschlüssel 14626110 Regionalschlüssel 146260110110 Landkreis Landkreis Görlitz" in text
    assert {"/kommunen/14626110/", "/landkreise/14626/"} <= set(links(response))


def test_the_body_of_a_district_shows_its_place(client: Client) -> None:
    assert "/landkreise/14522/" in links(client.get(body("Landkreis Mittelsachsen").get_absolute_url()))


def test_relations_are_shown_from_both_sides_while_they_hold(client: Client) -> None:
    past = {"start": dt.date(2019, 1, 1), "end": dt.date(2020, 1, 1)}
    Relation.objects.create(subject=body("Polizeidirektion Dresden"), kind="competent_for", target=body(GOERLITZ), **past)
    Relation.objects.create(subject=body("Polizeidirektion Dresden"), kind="competent_for", target=body(FRANKENBERG), start=dt.date(2021, 2, 3))
    response = client.get(body("Polizeidirektion Dresden").get_absolute_url())
    assert _items(response, "Beziehungen") == [
        "ist zuständig für Frankenberg/Sa. seit 03.02.2021",
        "Polizeirevier Freital-Dippoldiswalde gehört zu Polizeidirektion Dresden",
    ]
    assert _items(client.get(body("Institut B3").get_absolute_url()), "Beziehungen") == []


def test_persons_are_shown_to_members_only(client: Client) -> None:
    address = body(FRANKENBERG).get_absolute_url()
    coordinator, _ = member("coordinator", FRANKENBERG)
    mayor, _ = member("mayor", FRANKENBERG)
    end_functions(email=mayor.email, last_day=dt.date(2020, 1, 1), by=SYSTEM)
    administrator, _ = member("administrator", FRANKENBERG)
    Function.objects.filter(person=coordinator.person).update(title="Stabsstelle")
    shown = []
    for reader in (None, mayor, administrator, coordinator):
        if reader:
            client.force_login(reader)
            client.get("/")  # tells whoever has no function any more that she is out
        shown.append(_items(client.get(address), "Personen und Stellen"))
    persons = [
        "Kim Muster-coordinator, Stabsstelle seit 01.01.2019 Stelle und Vertretung Beenden Verlauf",
        "Kim Muster-administrator, Administrator/in seit 01.01.2019 Verlauf",
    ]
    assert shown == [[], [], [], persons]


def test_an_organisation_without_persons_says_so_to_members(client: Client) -> None:
    client.force_login(member("coach", "Institut B3")[0])
    sentence = "Noch niemand eingetragen. Die Bürgermeisterin, der Bürgermeister oder der Landespräventionsrat kann Personen eintragen."
    assert _items(client.get(body(GOERLITZ).get_absolute_url()), "Personen und Stellen") == [sentence]


def test_the_page_costs_the_same_for_few_and_for_many_persons(client: Client, django_assert_num_queries: object) -> None:
    for number in (1, 3):
        account, _ = member("coordinator", FRANKENBERG, email=f"kim{number}@example.org")
        member("mayor", FRANKENBERG, email=f"alex{number}@example.org")
        client.force_login(account)
        client.get("/themen/")
        with django_assert_num_queries(11):  # type: ignore[operator]
            client.get(body(FRANKENBERG).get_absolute_url())


def test_ones_own_account_lists_all_functions(client: Client) -> None:
    account, _ = member("coordinator", FRANKENBERG)
    Function.objects.create(
        person=account.person, organisation=body(GOERLITZ), role="mayor", title="Oberbürgermeister", start=dt.date(2010, 1, 1), end=dt.date(2018, 12, 31)
    )
    client.force_login(account)
    response = client.get("/konto/")
    assert headings(response) == ["Mein Zugang"]
    assert _items(response, "Meine Funktionen") == [
        "Koordinator/in, Frankenberg/Sa. seit 01.01.2019",
        "Oberbürgermeister, Görlitz seit 01.01.2010, bis 31.12.2018",
    ]
    assert response["Cache-Control"] == "private, no-store"


def test_the_account_is_ones_own(client: Client) -> None:
    response = client.get("/konto/")
    assert (response.status_code, response["Location"]) == (302, "/einloggen/?next=/konto/")
    assert "Cache-Control" not in client.get("/themen/")
