# SPDX-License-Identifier: EUPL-1.2
"""The desk: a member's first page."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.core.clock import BERLIN, clock
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.people.domain.functions import change_function, end_function
from asskomm.people.domain.organisations import release_profile, write_profile
from asskomm.people.models import Account, Function
from tests.making import FRANKENBERG, GOERLITZ, OLBERNHAU, SEIFHENNERSDORF, body, event, member
from tests.reading import by_class, headings, links, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
REACHED = {"email": "stelle@goerlitz.example", "phone": "03581 1", "website": "", "introduction": ""}


def at(hour: int) -> dt.datetime:
    return dt.datetime(2026, 3, 1, hour, 30, tzinfo=BERLIN)


@pytest.mark.parametrize(("hour", "greeting"), [(0, "Guten Morgen"), (10, "Guten Morgen"), (11, "Guten Tag"), (17, "Guten Tag"), (18, "Guten Abend")])
def test_it_greets_and_says_what_is_due_this_week(client: Client, sign_in: SignIn, hour: int, greeting: str) -> None:
    event("agreement_signed", "2021-05-01", GOERLITZ, valid_until=dt.date(2026, 3, 8))
    sign_in("mayor", GOERLITZ)
    with clock.moved_to(at(hour)):
        assert by_class(client.get("/schreibtisch/"), "lead") == [f"{greeting}, Kim Muster-mayor. Diese Woche ist 1 Sache fällig."]


def test_what_is_due_has_one_button_each(client: Client, sign_in: SignIn) -> None:
    event("agreement_signed", "2021-05-01", GOERLITZ, valid_until=dt.date(2026, 2, 28))
    sign_in("coordinator", GOERLITZ)
    own = Function.objects.get()
    change_function(own, title="", share=None, funded_until=dt.date(2026, 3, 2), deputy=None, by=SYSTEM)
    with clock.moved_to(at(9)):
        page = client.get("/schreibtisch/")
    text = said(page.content.decode())
    assert "seit 28.02.2026 Es endet: „Kooperationsvereinbarung unterzeichnet“ (Görlitz). Verlängerung eintragen" in text
    assert "morgen Das Geld für die Stelle „Koordinator/in“ (Görlitz) läuft aus. Stelle ansehen" in text
    assert {f"/ereignisse/neu/?kommune={GOERLITZ}&amp;art=agreement_signed", f"/funktionen/{own.pk}/"} <= set(links(page))


def test_the_button_of_an_agreement_fills_the_form_in(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", GOERLITZ)
    form = client.get(f"/ereignisse/neu/?kommune={GOERLITZ}&art=agreement_signed").context["form"]
    assert (form["kind"].value(), form["places"].value()) == ("agreement_signed", "Görlitz (Landkreis Görlitz)")


def test_five_steps_are_found_out_and_go_when_all_are_done(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", GOERLITZ)
    deputy, _ = member("partner", GOERLITZ)
    own = Function.objects.select_related("organisation").get(role="coordinator")
    account = Account.objects.get(person=own.person)

    def open_steps() -> list[str]:
        page = client.get("/schreibtisch/")
        return [step.path for step in page.context["steps"] if not step.done]

    paths = ["/konto/", f"/organisationen/{own.organisation.pk}/erreichbarkeit/", f"/funktionen/{own.pk}/", "/termine/", "/ereignisse/neu/"]
    assert open_steps() == paths
    account.set_password("ein langes Wort für Karla")
    account.save()
    client.force_login(account)
    write_profile(own.organisation, **REACHED, by=SYSTEM)
    release_profile(own.organisation, by=SYSTEM)
    assert open_steps() == paths[2:]
    change_function(own, title="", share=None, funded_until=None, deputy=deputy.person, by=SYSTEM)
    client.post("/termine/abonnieren/")
    assert open_steps() == paths[4:]
    event("consultation", "2026-01-01", GOERLITZ, owner=GOERLITZ)
    assert client.get("/schreibtisch/").context["steps"] == []


@pytest.mark.parametrize(
    ("role", "house", "steps"),
    [
        ("coordinator", GOERLITZ, ["access", "profile", "deputy", "calendar", "event"]),
        ("mayor", GOERLITZ, ["access", "profile", "coordinator", "calendar", "event"]),
        ("district", "Landkreis Görlitz", ["access", "profile", "deputy", "calendar", "event"]),
    ],
)
def test_everybody_of_a_place_has_five_steps(client: Client, sign_in: SignIn, role: str, house: str, steps: list[str]) -> None:
    sign_in(role, house)
    own, town = Function.objects.get(), body(house).pk
    paths = {"access": "/konto/", "profile": f"/organisationen/{town}/erreichbarkeit/", "deputy": f"/funktionen/{own.pk}/", "calendar": "/termine/"}
    paths |= {"coordinator": f"/organisationen/{town}/personen/neu/", "event": "/ereignisse/neu/"}
    assert [step.path for step in client.get("/schreibtisch/").context["steps"]] == [paths[step] for step in steps]


def test_the_step_of_the_mayor_is_done_when_somebody_coordinates(client: Client, sign_in: SignIn) -> None:
    sign_in("mayor", GOERLITZ)
    member("coordinator", GOERLITZ)
    done = [step.text for step in client.get("/schreibtisch/").context["steps"] if step.done]
    assert done == ["Tragen Sie ein, wer bei Ihnen koordiniert."]


def test_the_head_says_who_stands_in(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", GOERLITZ)
    deputy, _principal = member("partner", GOERLITZ)
    own = Function.objects.get(role="coordinator")
    change_function(own, title="", share=None, funded_until=None, deputy=deputy.person, by=SYSTEM)
    assert by_class(client.get("/schreibtisch/"), "function") == [f"Görlitz · Koordinator/in · Vertretung: {deputy.person}"]


def test_who_serves_several_municipalities_sees_what_is_usual_for_each_of_up_to_three(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", GOERLITZ)
    own = Function.objects.get()

    def boxes() -> list[str]:
        return [title for title in headings(client.get("/schreibtisch/"), 2) if title.startswith("Als Nächstes")]

    assert boxes() == ["Als Nächstes üblich"]
    for more in (FRANKENBERG, OLBERNHAU, SEIFHENNERSDORF):
        Function.objects.create(person=own.person, organisation=body(more), role="coordinator", start=own.start)
    assert boxes() == ["Als Nächstes üblich: Frankenberg/Sa.", "Als Nächstes üblich: Görlitz", "Als Nächstes üblich: Olbernhau"]
    assert "Ihre anderen Kommunen finden Sie in der Tabelle" in said(client.get("/schreibtisch/").content.decode())
    event("consultation", "2026-01-01", FRANKENBERG, owner=FRANKENBERG)
    assert {step.path: step.done for step in client.get("/schreibtisch/").context["steps"]}["/ereignisse/neu/"] is True


def test_contacts_have_names_and_the_coach_of_the_house_is_among_them(client: Client, sign_in: SignIn) -> None:
    council, _principal = member("state_council")
    coach, _principal = member("coach", GOERLITZ)
    member("partner", GOERLITZ)
    sign_in("coordinator", GOERLITZ)
    text = said(client.get("/schreibtisch/").content.decode()).partition("Ihre Ansprechpartner")[2]
    assert f"Landespräventionsrat Sachsen {council.person}, Landespräventionsrat" in text
    assert f"Görlitz {coach.person}, Coach" in text
    assert "Ansprechpartner/in" not in text


def test_contacts_are_shown_with_how_they_are_reached(client: Client, sign_in: SignIn) -> None:
    write_profile(body("Landkreis Görlitz"), **REACHED, by=SYSTEM)
    sign_in("coordinator", GOERLITZ)
    page = client.get("/schreibtisch/")
    assert {"tel:035811", "mailto:stelle@goerlitz.example"} <= set(links(page))


def test_the_state_council_sees_what_waits_for_it(client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    assert headings(client.get("/schreibtisch/"), 2) == [
        "Fällig",
        "Gemeldet, noch nicht bestätigt",
        "Lange nichts gehört",
        "Noch nicht dabei",
        "Koordinierungsstellen",
        "Termine",
    ]


def test_whoever_has_no_function_any_more_is_told_so(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", GOERLITZ)
    end_function(Function.objects.get(), last_day=clock.today(), by=SYSTEM)
    with clock.moved_to(clock.now() + dt.timedelta(days=1)):
        assert client.get("/schreibtisch/")["Location"] == "/einloggen/ohne-funktion/"


def test_the_public_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/schreibtisch/")["Location"] == "/einloggen/?next=/schreibtisch/"


def test_the_page_of_a_municipality_says_when_its_contact_was_released(client: Client) -> None:
    town = body(GOERLITZ)
    write_profile(town, **REACHED, by=SYSTEM)
    path = f"/kommunen/{GOERLITZ}/"
    assert "mailto:stelle@goerlitz.example" not in links(client.get(path))
    with clock.moved_to(at(9)):
        release_profile(town, by=SYSTEM)
    page = client.get(path)
    assert "mailto:stelle@goerlitz.example" in links(page)
    assert "Erreichbarkeit und Vorstellung hat die Kommune am 01.03.2026 freigegeben." in said(page.content.decode())


def test_it_costs_a_fixed_number_of_queries(client: Client, sign_in: SignIn, django_assert_num_queries: Callable[[int], object]) -> None:
    event("agreement_signed", "2009-01-01", GOERLITZ, valid_until=dt.date(2026, 12, 1))
    event("consultation", "2010-01-01", "14522150")
    sign_in("coordinator", GOERLITZ)
    client.get("/schreibtisch/")
    with django_assert_num_queries(36):  # type: ignore[attr-defined]
        client.get("/schreibtisch/")
    for year in range(2011, 2020):
        event("agreement_signed", f"{year}-01-01", GOERLITZ, "14522150", valid_until=dt.date(2026, 12, 1))
    with django_assert_num_queries(36):  # type: ignore[attr-defined]
        client.get("/schreibtisch/")
