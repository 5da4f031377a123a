# SPDX-License-Identifier: EUPL-1.2
"""Pages of events, files, map, table and figures: what they show, refuse and cost."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from asskomm.alliance.domain.events import withdraw_event
from asskomm.alliance.models import Event
from asskomm.core.visibility import SYSTEM, Principal, Visibility
from asskomm.library.models import FieldOfAction
from asskomm.people.models import Organisation
from tests.making import FRANKENBERG, GOERLITZ, OLBERNHAU, event

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
FORM = {"kind": "consultation", "date": "14.09.2023", "places": "Frankenberg", "visibility": "alliance"}
TOMORROW = f"{dt.date.today() + dt.timedelta(days=2):%d.%m.%Y}"  # noqa: DTZ011 -- two days on, in whatever zone


def lines(response: Any) -> list[str]:
    """Give kind and date of every event of a list."""
    return [f"{e.kind_id} {e.span}" for e in response.context["page"]]


def test_list_shows_the_newest_first_and_one_kind(client: Client) -> None:
    event("consultation", "2021-05-01", GOERLITZ)
    event("agreement_signed", "2023-05-01", GOERLITZ)
    event("consultation", "2022-05", GOERLITZ)
    assert lines(client.get("/ereignisse/")) == ["agreement_signed 01.05.2023", "consultation Mai 2022", "consultation 01.05.2021"]
    assert lines(client.get("/ereignisse/?art=consultation")) == ["consultation Mai 2022", "consultation 01.05.2021"]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"date": "31.02.2023"}, "date", "Den Tag „31.02.2023“ gibt es nicht."),
        ({"date": "31.12.1989"}, "date", "31.12.1989 liegt vor 1990. Bitte das Jahr prüfen."),
        ({"date": TOMORROW}, "date", f"{TOMORROW} liegt in der Zukunft. Ein Ereignis kann spätestens morgen sein."),
        ({"date": "neulich"}, "date", "„neulich“ ist kein Datum. Schreiben Sie zum Beispiel 14.09.2023, 09.2023, September 2023 oder 2023."),
        ({"places": "Atlantis"}, "places", "Eine Kommune „Atlantis“ ist nicht bekannt."),
        ({"places": ""}, "places", "Zu „Beratung“ gehört eine Kommune."),
        ({"places": "Görlitz"}, "places", "Für diese Kommune dürfen Sie nichts eintragen."),
        ({"kind": "grant_awarded"}, "amount", "Zu „Zuwendung bewilligt“ gehört ein Betrag in Euro."),
        ({"valid_until": "31.12.2030"}, "valid_until", "Zu „Beratung“ gehört kein Ende. Lassen Sie „Gilt bis“ leer."),
        ({"kind": "agreement_signed", "valid_until": "1.1.2000"}, "valid_until", "Das Ende liegt vor dem Datum des Ereignisses."),
        ({"amount": "viel"}, "amount", "„viel“ ist kein Betrag. Schreiben Sie zum Beispiel 12.500,00."),
        ({"kind": ""}, "kind", "Dieses Feld ist zwingend erforderlich."),
    ],
)
def test_entry_refuses_at_the_field(client: Client, sign_in: SignIn, changes: dict[str, str], field: str, sentence: str) -> None:
    sign_in("coordinator", FRANKENBERG)
    response = client.post("/ereignisse/neu/", FORM | changes)
    assert (response.status_code, response.context["form"].errors) == (422, {field: [sentence]})
    assert Event.objects.count() == 0


def test_entry_names_the_candidates_of_an_ambiguous_place(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    errors = client.post("/ereignisse/neu/", FORM | {"places": "Auerbach"}).context["form"].errors
    assert list(errors) == ["places"]
    assert errors["places"][0].startswith("„Auerbach“ ist nicht eindeutig. Gemeint sein kann: ")


def test_entry_refuses_a_detail_that_the_kind_does_not_know(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", FRANKENBERG)
    assert list(client.post("/ereignisse/neu/", FORM | {"detail": "Teilnehmende=24"}).context["form"].errors) == ["detail"]


def test_entry_records_and_leads_to_the_event(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", FRANKENBERG)
    response = client.post("/ereignisse/neu/", FORM)
    recorded = Event.objects.get()
    assert (response.status_code, response["Location"]) == (302, recorded.get_absolute_url())
    assert (recorded.owner.municipality_id, recorded.reported_by, recorded.status) == (FRANKENBERG, "municipality", "reported")


def test_correction_keeps_both_versions(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", FRANKENBERG)
    client.post("/ereignisse/neu/", FORM)
    address = Event.objects.get().get_absolute_url()
    assert client.get(f"{address}aendern/").context["form"].initial["places"] == "Frankenberg/Sa. (Landkreis Mittelsachsen)"
    assert client.post(f"{address}aendern/", FORM | {"date": "15.09.2023"}).status_code == 302
    assert [(v.version, str(v.span)) for v in Event.objects.order_by("-version")] == [(2, "15.09.2023"), (1, "14.09.2023")]
    response = client.get(f"/verlauf/events/{Event.objects.current().get().reference}/")
    assert [(m.entry.action, [(c.label, c.before, c.after) for c in m.changes]) for m in response.context["moments"]] == [
        ("changed", [("Datum", "14.09.2023", "15.09.2023")]),
        ("created", []),
    ]


def test_the_state_council_confirms(client: Client, sign_in: SignIn) -> None:
    reported = event("consultation", "2023-05-01", FRANKENBERG, owner=FRANKENBERG)
    sign_in("state_council")
    assert client.get(reported.get_absolute_url()).context["may_confirm"] is True
    assert client.post(f"{reported.get_absolute_url()}bestaetigen/").status_code == 302
    assert Event.objects.current().get().status == "confirmed"
    assert client.get(reported.get_absolute_url()).context["may_confirm"] is False


def test_withdrawal_is_taken_back(client: Client, sign_in: SignIn) -> None:
    recorded = event("consultation", "2023-05-01", FRANKENBERG, owner=FRANKENBERG)
    sign_in("coordinator", FRANKENBERG)
    client.post(f"{recorded.get_absolute_url()}zuruecknehmen/")
    assert Event.objects.current().count() == 0
    assert client.get(recorded.get_absolute_url()).context["may_restore"] is True
    client.post(f"{recorded.get_absolute_url()}wiederherstellen/")
    assert Event.objects.current().get().version == 2


def test_a_change_meanwhile_is_said_and_overwrites_nothing(client: Client, sign_in: SignIn) -> None:
    recorded = event("consultation", "2023-05-01", FRANKENBERG, owner=FRANKENBERG)
    sign_in("coordinator", FRANKENBERG)
    withdraw_event(recorded, by=SYSTEM)
    response = client.post(f"{recorded.get_absolute_url()}zuruecknehmen/", follow=True)
    assert [str(message) for message in response.context["messages"]] == ["Das Ereignis wurde inzwischen von jemand anderem geändert. Laden Sie die Seite neu."]
    form = client.post(f"{recorded.get_absolute_url()}aendern/", FORM).context["form"]
    assert form.errors == {"__all__": ["Das Ereignis wurde inzwischen von jemand anderem geändert. Laden Sie die Seite neu."]}
    assert Event.objects.count() == 1


def names(client: Client, query: str) -> list[str]:
    return [row[0].name for row in client.get(f"/netzwerk/tabelle/?{query}").context["rows"]]


@pytest.fixture
def three(client: Client) -> None:
    """Three municipalities with one event each."""
    traffic = FieldOfAction.objects.get(key="traffic")
    event("agreement_signed", "2022-05-01", GOERLITZ, fields=(traffic,))
    event("agreement_signed", "2022-06-01", FRANKENBERG, example=True)
    event("consultation", "2022-07-01", OLBERNHAU)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("schicht=agreement", ["Frankenberg/Sa.", "Görlitz"]),
        ("schicht=agreement&stand=31.05.2022", ["Görlitz"]),
        ("schicht=agreement&belegt=on", ["Görlitz"]),
        ("schicht=advised&schicht=contacted", ["Olbernhau"]),
        ("schicht=contacted&kreis=14521", ["Olbernhau"]),
        ("schicht=contacted&art=large_district_town", ["Görlitz"]),
        ("thema=traffic", ["Görlitz"]),
    ],
)
def test_filters_of_the_table(client: Client, three: None, query: str, expected: list[str]) -> None:
    assert names(client, query) == expected


def test_filters_of_the_map(client: Client, three: None) -> None:
    counts = {entry["layer"]: entry["count"].value for entry in client.get("/netzwerk/?schicht=agreement&belegt=on").context["legend"]}
    assert counts == {"agreement": 1, "council": 0, "coaching": 0, "analysis": 0, "model": 0, "advised": 0, "contacted": 1}


@pytest.mark.parametrize("page", ["/netzwerk/", "/netzwerk/tabelle/", "/netzwerk/kommunen.geojson", "/netzwerk/kommunen/tabelle.csv", "/kennzahlen/"])
def test_a_day_that_does_not_exist_gets_a_sentence(client: Client, page: str) -> None:
    response = client.get(f"{page}?stand=31.02.2023")
    assert (response.status_code, response.context["text"]) == (400, "Den Tag „31.02.2023“ gibt es nicht.")


@pytest.mark.parametrize("query", ["kreis=99", "art=dorf", "groesse=x", "thema=nichts", "schicht=nichts", "seite=0", "seite=x", "stand=2023"])
def test_other_bad_parameters_get_a_sentence(client: Client, query: str) -> None:
    response = client.get(f"/netzwerk/tabelle/?{query}")
    assert (response.status_code, response.context["text"].endswith(".")) == (400, True)


def rows_of(client: Client, form: str) -> list[list[str]]:
    content = client.get(f"/netzwerk/kommunen/tabelle.{form}?schicht=agreement&stand=01.07.2022").content
    if form == "xlsx":
        return [["" if cell is None else str(cell) for cell in row] for row in load_workbook(io.BytesIO(content)).worksheets[0].values]
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";" if form == "excel.csv" else ","))


def test_exports_say_the_same_in_every_format(client: Client, three: None) -> None:
    plain, excel, book = (rows_of(client, form) for form in ("csv", "excel.csv", "xlsx"))
    assert plain[1:] == excel[1:] == book[1:]
    assert excel[0] == book[0]
    frankenberg = dict(zip(*plain[:2], strict=True))
    assert {key: frankenberg[key] for key in ("ags", "name", "agreement", "council", "example", "on")} == {
        "ags": FRANKENBERG,
        "name": "Frankenberg/Sa.",
        "agreement": "ja",
        "council": "nein",
        "example": "ja",
        "on": "2022-07-01",
    }
    features = json.loads(client.get("/netzwerk/kommunen.geojson?schicht=agreement&stand=01.07.2022").content)["features"]
    assert [(f["properties"]["ags"], f["properties"]["example"]) for f in features] == [(FRANKENBERG, "ja"), (GOERLITZ, "nein")]


def test_an_unknown_format_is_no_page(client: Client) -> None:
    assert [client.get(f"/netzwerk/kommunen/{name}").status_code for name in ("tabelle.pdf", "liste.csv", "tabelle")] == [404, 404, 404]


QUERIES = {
    "/ereignisse/": 5,
    "/netzwerk/tabelle/?schicht=agreement": 5,
    "/organisationen/?art=association": 2,
    "/kennzahlen/": 7,
    f"/kommunen/{GOERLITZ}/": 23,
}


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize("page", QUERIES)
def test_a_list_costs_the_same_for_one_and_for_three(client: Client, page: str, items: int) -> None:
    for number in range(items):
        places = [GOERLITZ, FRANKENBERG, OLBERNHAU][: number + 1]
        event("agreement_signed", f"2022-05-0{number + 1}", *places, fields=tuple(FieldOfAction.objects.all()[: number + 1]), source="Protokoll")
        Organisation.objects.create(kind="association", name=f"Verein {number}")
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        status = client.get(page).status_code
    assert (status, len(captured)) == (200, QUERIES[page])


def test_a_field_shows_its_events_places_and_grants(client: Client) -> None:
    field = FieldOfAction.objects.get(key="graffiti")
    event("grant_awarded", "2023-05-01", GOERLITZ, fields=(field,), amount="12500.50")
    event("grant_awarded", "2023-06-01", FRANKENBERG, fields=(field,), amount="500")
    event("grant_awarded", "2023-07-01", OLBERNHAU, fields=(field,), amount="99", visibility=Visibility.PRIVATE)
    text = client.get("/themen/graffiti/").content.decode()
    assert "2 Ereignisse in 2 Kommunen." in text
    assert "Bewilligte Zuwendungen: 13.000,50 €." in text
