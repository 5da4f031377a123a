# SPDX-License-Identifier: EUPL-1.2
"""At which gatherings a municipality was: while the names are there, and when they are gone; for whom sees the gathering."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from asskomm.core.clock import clock
from asskomm.core.figures import FIGURES, Question
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Visibility
from asskomm.events.domain.attendance import CheckInError, Note, check_in
from asskomm.events.domain.days import share_of
from asskomm.events.domain.forgetting import forget_who_came
from asskomm.events.domain.queries.arriving import attended
from asskomm.events.domain.queries.visiting import visited_by
from asskomm.events.domain.registering import Applicant, Details, confirm, register
from asskomm.events.domain.ticking_off import was_there
from asskomm.events.models import Attendance, Gathering, Registration, Visit
from tests.events.making import BEFORE, BEGINS, gathering
from tests.making import FRANKENBERG, GOERLITZ, OLBERNHAU, event, place
from tests.reading import said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]


@pytest.fixture(autouse=True)
def _loaded(loaded: None) -> None:
    """There are municipalities."""


def held(title: str, **more: object) -> Gathering:
    """Hold a gathering to which somebody came for Görlitz, somebody for a town that she wrote by hand, and nobody for Frankenberg."""
    with clock.moved_to(BEFORE):
        found = gathering(5, title=title, **more)  # type: ignore[arg-type]
        people = [
            Applicant("Ada", "ada@stadt.example", "municipality", place(GOERLITZ)),
            Applicant("Ben", "ben@stadt.example", "municipality", details=Details("Stadtverwaltung Olbernhau")),
            Applicant("Cem", "cem@stadt.example", "municipality", place(FRANKENBERG)),
        ]
        rows = [confirm(register(found, person, by=ANYONE), by=ANYONE) for person in people]
    with clock.moved_to(BEGINS):
        for row in rows[:2]:
            check_in(row, Note(BEGINS), by=SYSTEM)
    return found


def test_a_municipality_was_there_where_somebody_came_for_it() -> None:
    found = held("Fachtag")
    with clock.moved_to(found.starts_at):
        assert list(visited_by([GOERLITZ], ANYONE)) == []
    with clock.moved_to(found.ends_at):
        assert [list(visited_by([key], ANYONE)) for key in (GOERLITZ, FRANKENBERG, OLBERNHAU)] == [[found], [], [found]]
        forget_who_came(found)
        forget_who_came(found)
        assert [list(visited_by([key], ANYONE)) for key in (GOERLITZ, FRANKENBERG, OLBERNHAU)] == [[found], [], [found]]
    assert Visit.objects.count() == 2


def test_it_stands_on_the_page_of_the_municipality_for_whoever_sees_the_gathering(client: Client, sign_in: SignIn) -> None:
    found, internal = held("Fachtag"), held("Dialog", visibility=Visibility.ALLIANCE)
    with clock.moved_to(found.ends_at):
        event("consultation", "2027-09-13", GOERLITZ)
        event("consultation", "2027-09-15", GOERLITZ)
        page = said(client.get(f"/kommunen/{GOERLITZ}/").content.decode())
        assert "Verlauf 15.09.2027 Beratung 14.09.2027 War dabei: Fachtag 13.09.2027 Beratung" in page
        assert "Dialog" not in page
        assert "War dabei" not in said(client.get(f"/kommunen/{FRANKENBERG}/").content.decode())
        sign_in("coordinator", FRANKENBERG)
        assert internal.title in said(client.get(f"/kommunen/{GOERLITZ}/").content.decode())


@pytest.mark.parametrize("count", [1, 3])
def test_it_is_asked_the_same_however_many_there_are(django_assert_num_queries: DjangoAssertNumQueries, count: int) -> None:
    made = [held(f"Fachtag {number}") for number in range(count)]
    with clock.moved_to(made[0].ends_at), django_assert_num_queries(5):
        assert len(visited_by([OLBERNHAU], ANYONE)) == count


def test_of_a_dialogue_online_those_who_invited_tick_off_who_was_there(client: Client, sign_in: SignIn) -> None:
    with clock.moved_to(BEFORE):
        found = gathering(5, kind="dialogue", video_link="https://video.example/raum")
        for name, key in (("Ada", GOERLITZ), ("Ben", FRANKENBERG), ("Cem", FRANKENBERG)):
            confirm(register(found, Applicant(name, f"{name.lower()}@stadt.example", "municipality", place(key)), by=ANYONE), by=ANYONE)
        register(found, Applicant("Eva", "eva@stadt.example", "municipality"), by=ANYONE)  # has not confirmed
        sign_in("state_council")
        listed = f"{found.get_absolute_url()}anmeldungen/"
        day = f"{BEGINS:%Y-%m-%d}"
        assert "Angekreuzte waren da" not in client.get(listed).content.decode()
        early = client.post(f"{listed}anwesend/", {"action": "war-da", "number": ["1"], "day": day}, follow=True)
        assert "Wer da war, tragen Sie ein, sobald es begonnen hat." in said(early.content.decode())
    with clock.moved_to(found.ends_at + dt.timedelta(days=1)):
        page = client.get(listed).content.decode()
        assert re.findall(r'name="number"\s+value="(\d+)"\s+aria-label="(\w+)"', page) == [("1", "Ada"), ("2", "Ben"), ("3", "Cem")]
        for _click in range(2):
            done = client.post(f"{listed}anwesend/", {"action": "war-da", "number": ["1", "2", "4", "99"], "day": day}, follow=True)
            assert "Für 2 Personen eingetragen." in said(done.content.decode())
        assert said(done.content.decode()).count("war da") == 2
        assert [row.name for row in attended(found)] == ["Ada", "Ben"]
        assert [len(visited_by([key], ANYONE)) for key in (GOERLITZ, FRANKENBERG)] == [1, 1]
        assert participants_of(found) == 2
        client.post(f"{listed}anwesend/", {"action": "war-nicht-da", "number": ["2", "3"], "day": day, "seite": "1"})
        assert [row.name for row in attended(found)] == ["Ada"]
        assert [len(visited_by([key], ANYONE)) for key in (GOERLITZ, FRANKENBERG)] == [1, 0]
        client.post(f"{listed}anwesend/", {"action": "war-da", "number": ["2"], "day": day})
        assert [row.name for row in attended(found)] == ["Ada", "Ben"]
        huge = client.post(f"{listed}anwesend/", {"action": "war-da", "number": ["9" * 40], "day": day}, follow=True)
        assert "Für 0 Personen eingetragen." in said(huge.content.decode())
        for wrong in ({"action": "unfug"}, {"number": ["x"]}, {"day": "morgen"}):
            assert client.post(f"{listed}anwesend/", {"action": "war-da", "number": ["1"], "day": day} | wrong).status_code == 404
        sign_in("coordinator", FRANKENBERG)
        assert client.post(f"{listed}anwesend/", {"action": "war-da", "number": ["3"], "day": day}).status_code == 403
    with clock.moved_to(found.ends_at + dt.timedelta(days=57)):
        forget_who_came(found)
        assert [len(visited_by([key], ANYONE)) for key in (GOERLITZ, FRANKENBERG)] == [1, 1]


def test_what_was_noted_at_the_door_stays_when_somebody_ticks_her_off_later() -> None:
    with clock.moved_to(BEFORE):
        found = gathering(5)
        ada, ben = (confirm(register(found, Applicant(name, f"{name}@stadt.example", "other"), by=ANYONE), by=ANYONE) for name in ("ada", "ben"))
    late = BEGINS + dt.timedelta(minutes=20)
    with clock.moved_to(late):
        check_in(ada, Note(late, "Haupteingang"), by=SYSTEM)
    with clock.moved_to(found.ends_at):
        assert was_there(found, [ada.number, ben.number], BEGINS.date(), by=SYSTEM) == 2
        first, second = (Attendance.objects.get(registration=row) for row in (ada, ben))
        assert [(row.came_at, row.station) for row in (first, second)] == [(late, "Haupteingang"), (BEGINS, "")]


def test_nobody_is_let_in_whose_name_is_gone() -> None:
    found = held("Fachtag")
    row = found.registrations.filter(state="confirmed").first()
    assert row is not None
    with clock.moved_to(found.ends_at + dt.timedelta(days=57)):
        forget_who_came(found)
        with pytest.raises(CheckInError, match="gelöscht"):
            check_in(row, Note(clock.now()), by=SYSTEM)
        assert not Attendance.objects.exists()


def participants_of(found: Gathering) -> object:
    """Give how many took part, as the figures say it."""
    return FIGURES["gathering_participants"].answer(Question(on=clock.today(), about=found.reference)).estimate.value


def test_of_a_course_each_day_is_ticked_off(client: Client, sign_in: SignIn) -> None:
    with clock.moved_to(BEFORE):
        found = gathering(5, kind="course", ends_at=BEGINS + dt.timedelta(days=1, hours=7))
        ada = confirm(register(found, Applicant("Ada", "ada@stadt.example", "other"), by=ANYONE), by=ANYONE)
    sign_in("state_council")
    listed = f"{found.get_absolute_url()}anmeldungen/"
    first, second = f"{BEGINS:%Y-%m-%d}", f"{BEGINS + dt.timedelta(days=1):%Y-%m-%d}"
    with clock.moved_to(BEGINS + dt.timedelta(hours=1)):
        ahead = client.post(f"{listed}anwesend/", {"action": "war-da", "number": ["1"], "day": second}, follow=True)
        assert "sobald es begonnen hat" in said(ahead.content.decode())
    with clock.moved_to(found.ends_at):
        for day in (first, second):
            client.post(f"{listed}anwesend/", {"action": "war-da", "number": ["1"], "day": day})
        page = said(client.get(listed).content.decode())
        assert "war da 14.09., 15.09." in page
        assert share_of(Registration.objects.select_related("attendance", "gathering").get(pk=ada.pk)).days == [BEGINS.date(), found.ends_at.date()]
        client.post(f"{listed}anwesend/", {"action": "war-nicht-da", "number": ["1"], "day": first})
        assert "war da 15.09." in said(client.get(listed).content.decode())
