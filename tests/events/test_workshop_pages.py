# SPDX-License-Identifier: EUPL-1.2
"""Pages of workshops: chosen and wished for behind the link, given out and looked over by those who invite."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from asskomm.core.clock import clock
from asskomm.core.retention import SUBJECT_RECORDS
from asskomm.core.retention.domain.access import subject_of
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain.choosing import choose
from asskomm.events.domain.gatherings import Terms
from asskomm.events.domain.letters import path_of
from asskomm.events.models import Registration, SessionPlaces, Wish
from tests.events.making import BEFORE, come, confirmed, gathering, seats, workshops
from tests.making import GOERLITZ, member
from tests.reading import headings, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
WISHES_UNTIL = BEFORE + dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with clock.moved_to(BEFORE):
        yield


def page_of(row: Registration) -> str:
    """Give the path of somebody's choice of workshops."""
    return f"{path_of(row)}workshops/"


def test_from_the_link_to_a_place_and_back(client: Client) -> None:
    found = gathering(5)
    first, second = workshops(found, 1, 1)
    ada, ben = confirmed(found, "Ada", "Ben")
    assert page_of(ada) in client.get(path_of(ada)).content.decode()
    assert said(client.get(page_of(ada)).content.decode()).count("Noch 1 Platz frei") == 2
    for row in (ada, ben):
        client.post(page_of(row), {"action": "waehlen", "session": first.reference})
    chosen = said(client.get(page_of(ada)).content.decode())
    assert ("Sie sind dabei." in chosen, "Hierher wechseln" in chosen, "Platz nehmen" in chosen) == (True, True, False)
    told = said(client.get(page_of(ben)).content.decode())
    assert "Sie stehen auf der Warteliste auf Platz 1." in told
    assert "Alle Plätze sind vergeben, auf der Warteliste: 1" in told
    client.post(page_of(ada), {"action": "verlassen", "session": first.reference})
    assert re.search(r"Er gehört Ihnen, wenn Sie bis 05\.05\.2027, 10:00 Uhr annehmen\.", said(client.get(page_of(ben)).content.decode()))
    client.post(page_of(ben), {"action": "waehlen", "session": first.reference})
    assert (seats(first), seats(second)) == ({"Ben": "seated"}, {})
    assert "Workshop 1.0: dabei" in said(client.get(path_of(ben)).content.decode())
    answer = client.post(page_of(ada), {"action": "waehlen", "session": "nirgends"}, follow=True)
    assert "Diesen Workshop gibt es nicht mehr." in said(answer.content.decode())


def test_wishes_are_three_fields_and_given_out_after_a_look(client: Client, sign_in: SignIn) -> None:
    found = gathering(5, terms=Terms(wishes_until=WISHES_UNTIL))
    first, second, third = workshops(found, 1, 1, 1)
    ada, ben = confirmed(found, "Ada", "Ben")
    for row in (ada, ben):
        sent = {"action": "wuenschen", "session": first.reference, "wish_1": second.reference, "wish_2": third.reference, "wish_3": ""}
        answer = client.post(page_of(row), sent, follow=True)
        assert "Ihre Wünsche sind gespeichert." in said(answer.content.decode())
    kept = client.get(page_of(ada)).content.decode()
    assert re.search(rf'value="{second.reference}"\s+selected', kept)
    assert "Platz nehmen" not in said(kept)
    twice = {"action": "wuenschen", "session": first.reference, "wish_1": second.reference, "wish_2": second.reference}
    assert "Wählen Sie jeden Workshop nur einmal." in said(client.post(page_of(ada), twice, follow=True).content.decode())
    assert Wish.objects.count() == 4
    with clock.moved_to(WISHES_UNTIL):
        assert "Die Wünsche sind gesammelt." in said(client.get(page_of(ada)).content.decode())
    sign_in("state_council")
    at = f"{found.get_absolute_url()}workshops/"
    assert "zuteilen" in client.get(at).content.decode()
    looked = said(client.get(f"{at}zuteilen/").content.decode())
    assert "1. Wunsch 1 2. Wunsch 1 3. Wunsch 0 keinen davon 0" in looked
    assert "Wünsche kann man noch bis 02.06.2027, 10:00 Uhr nennen." in looked
    assert Wish.objects.count() == 4  # looking changes nothing
    client.post(f"{at}zuteilen/")
    assert (seats(first), seats(second), seats(third)) == ({}, {"Ada": "seated", "Ben": "waiting"}, {"Ben": "seated"})
    again = client.post(f"{at}zuteilen/", follow=True)
    assert "Die Plätze in den Workshops sind schon zugeteilt." in said(again.content.decode())
    client.logout()
    assert "Sie haben Ihren 2. Wunsch." in said(client.get(page_of(ben)).content.decode())


def test_there_is_nothing_to_choose_without_a_place_or_without_workshops(client: Client) -> None:
    found = gathering(1)
    (ada,) = confirmed(found, "Ada")
    assert client.get(page_of(ada)).status_code == 404
    assert page_of(ada) not in client.get(path_of(ada)).content.decode()
    workshops(found, 1)
    eva = come(found, "Eva")
    assert page_of(eva) not in client.get(path_of(eva)).content.decode()
    assert "Wählen kann man, sobald man für die Veranstaltung einen Platz hat" in said(client.get(page_of(eva)).content.decode())
    assert client.get(f"/anmeldung/{ada.reference}/falsch/workshops/").status_code == 404


def test_those_who_invite_see_who_comes_enter_somebody_and_take_the_list_along(client: Client, sign_in: SignIn) -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    ada, ben = confirmed(found, "Ada", "Ben")
    choose(ada, session.reference, by=ANYONE)
    sign_in("state_council")
    at = f"{found.get_absolute_url()}workshops/"
    assert "Workshops" in said(client.get(found.get_absolute_url()).content.decode())
    page = client.get(f"{at}{session.reference}/")
    assert (headings(page)[:1], "1 von 1 Plätzen vergeben" in said(page.content.decode())) == ([session.title], True)
    answer = client.post(f"{at}{session.reference}/", {"who": ben.reference}, follow=True)
    assert "Ben: auf der Warteliste." in said(answer.content.decode())
    assert client.post(f"{at}{session.reference}/", {"who": ada.reference}).status_code == 422
    sheet = client.get(f"{found.get_absolute_url()}workshops.csv").content.decode()
    assert [line.split(",")[2:4] + line.split(",")[5:] for line in sheet.splitlines()[-2:]] == [["1", "Ada", "dabei"], ["2", "Ben", "auf der Warteliste"]]
    assert client.get(f"{found.get_absolute_url()}workshops.exe").status_code == 404


def test_places_are_set_in_the_form_of_a_session(client: Client, sign_in: SignIn) -> None:
    found = gathering(5)
    sign_in("state_council")
    plan = f"{found.get_absolute_url()}programm/bearbeiten/beitrag/"
    client.post(plan, {"kind": "workshop", "title": "Graffiti", "places": "12"})
    counter = SessionPlaces.objects.get()
    assert (counter.session.title, counter.capacity) == ("Graffiti", 12)
    at = f"{plan}{counter.session.reference}/"
    assert 'value="12"' in client.get(at).content.decode()
    client.post(at, {"kind": "workshop", "title": "Graffiti heute", "places": ""})
    assert SessionPlaces.objects.count() == 0
    nobody_registers = gathering(None)
    plan = f"{nobody_registers.get_absolute_url()}programm/bearbeiten/beitrag/"
    answer = client.post(plan, {"kind": "workshop", "title": "Graffiti", "places": "12"})
    assert (answer.status_code, nobody_registers.sessions.count()) == (422, 0)


def test_the_page_of_a_session_says_how_many_places_are_left(client: Client) -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    at = f"{found.get_absolute_url()}programm/beitrag/{session.reference}/"
    assert "Noch 1 Platz frei" in said(client.get(at).content.decode())
    choose(confirmed(found, "Ada")[0], session.reference, by=ANYONE)
    assert "Alle Plätze sind vergeben. Sie kommen auf die Warteliste." in said(client.get(at).content.decode())


def test_a_choice_of_many_workshops_takes_a_fixed_number_of_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    found = gathering(5)
    for hour in range(1, 5):
        workshops(found, *[1] * 6, hour=hour)
    ada, ben = confirmed(found, "Ada", "Ben")
    for session in found.sessions.all():
        choose(ben, session.reference, by=ANYONE)
        choose(ada, session.reference, by=ANYONE)
    with django_assert_max_num_queries(14):
        client.get(page_of(ada))


def test_what_is_kept_of_somebody_says_her_workshops() -> None:
    found = gathering(5, terms=Terms(wishes_until=WISHES_UNTIL))
    first, second, _third = workshops(found, 1, 1, 1)
    account, _principal = member("coordinator", GOERLITZ)
    ada = confirmed(found, "Ada")[0]
    Registration.objects.update(email=account.email)
    Wish.objects.create(registration=ada, session=first, rank=1)
    Registration.objects.get().seats.create(session=second, number=1, state="seated")
    (row,) = SUBJECT_RECORDS["registrations"].rows(subject_of(account.pk))
    assert (row["Workshops"], row["Wünsche für Workshops"]) == ("Workshop 1.1 (dabei)", "Workshop 1.0")


def test_the_example_has_wishes_to_give_out() -> None:
    from asskomm.events.domain.assigning import assign_workshops, proposals
    from asskomm.events.example import load_example_gatherings

    load_example_gatherings()
    wished = Wish.objects.order_by("pk").first()
    assert wished is not None
    (proposal,) = proposals(wished.session.gathering)
    assert (len(proposal.block), proposal.unmet()) == (4, 0)
    assign_workshops(wished.session.gathering, by=SYSTEM)
    assert sum(row.taken for row in SessionPlaces.objects.all()) == len(proposal.registrations)
