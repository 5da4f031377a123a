# SPDX-License-Identifier: EUPL-1.2
"""At which gatherings a municipality was: while the names are there, and when they are gone; for whom sees the gathering."""

from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Visibility
from asskomm.events.domain.attendance import Note, check_in
from asskomm.events.domain.forgetting import forget_who_came
from asskomm.events.domain.queries.visiting import visited_by
from asskomm.events.domain.registering import Applicant, Details, confirm, register
from asskomm.events.models import Gathering, Visit
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
        assert [list(visited_by([key], ANYONE)) for key in (GOERLITZ, FRANKENBERG)] == [[found], []]
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
