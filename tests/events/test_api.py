# SPDX-License-Identifier: EUPL-1.2
"""Gatherings over the API: the same as the pages say, and entered through the same door."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM, Visibility
from asskomm.events.domain.gatherings import call_off
from asskomm.people.domain.tokens import issue_token
from asskomm.people.enums import Scope
from tests.events.making import BEFORE, come, gathering, standing
from tests.making import COUNCIL, FRANKENBERG, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_may(loaded: None) -> object:
    with clock.moved_to(BEFORE):
        yield


@pytest.fixture
def program() -> Callable[..., Client]:
    """Give a program with a token of somebody."""

    def of(organisation: str, *scopes: Scope) -> Client:
        account, principal = member("coordinator" if organisation != COUNCIL else "state_council", organisation)
        issued = issue_token(account, name="Programm", scopes=[scope.value for scope in scopes], by=principal)
        return Client(headers={"authorization": f"Bearer {issued.secret}"})

    return of


def enter(client: Client, reference: str, **said: object) -> tuple[int, dict[str, object]]:
    """Enter somebody; give status and answer."""
    response = client.post(f"/api/gatherings/{reference}/registrations", json.dumps({"name": "Ada", **said}), content_type="application/json")
    return response.status_code, response.json()


def test_what_is_coming_with_its_free_places(client: Client) -> None:
    found = gathering(2)
    come(found, "Ada")
    gathering(None, title="Offen", visibility=Visibility.ALLIANCE)
    gathering(5, title="Entwurf", published=False)
    (row,) = client.get("/api/gatherings").json()["items"]
    assert (row["title"], row["open"], row["places"]["value"], row["free"]["value"]) == ("Fachtag", True, 2, 1)
    assert (row["starts_at"], row["kind"]) == ("2027-09-14T09:30:00+02:00", {"key": "conference", "name": "Fachtag"})
    assert client.get(f"/api/gatherings/{found.reference}").json() == row


def test_a_program_enters_people_until_it_is_full(program: Callable[..., Client]) -> None:
    found = gathering(1, owner=FRANKENBERG)
    own = program(FRANKENBERG, Scope.IMPORT)
    status, answer = enter(own, found.reference, email="ada@stadt.example", participant_type="municipality")
    assert (status, answer["number"], answer["state"], answer["state_name"]) == (201, 1, "confirmed", "angemeldet")
    assert enter(own, found.reference, email="ADA@stadt.example")[1] == answer
    assert enter(own, found.reference, name="Ben")[1]["state"] == "waiting"
    assert standing(found) == {"Ada": "confirmed", "Ben": "waiting"}


def test_what_cannot_be_is_said(program: Callable[..., Client], client: Client) -> None:
    own, theirs = gathering(1, owner=FRANKENBERG), gathering(1)
    writing, reading = program(FRANKENBERG, Scope.IMPORT), program(COUNCIL, Scope.READ)
    assert enter(client, own.reference)[0] == 401
    assert enter(reading, theirs.reference)[0] == 403
    assert enter(writing, theirs.reference)[0] == 403
    assert enter(writing, "222222222222")[0] == 404
    status, answer = enter(writing, own.reference, email="ada@stadt")
    assert (status, answer["detail"]) == (400, "Das ist keine E-Mail-Adresse.")
    for wrong in ({"name": ""}, {"name": " "}, {"participant_type": "feuerwehr"}, {"more": 1}):
        assert enter(writing, own.reference, **wrong)[0] == 400
    call_off(own, by=SYSTEM)
    status, answer = enter(writing, own.reference)
    assert (status, answer["detail"]) == (409, "Diese Veranstaltung ist abgesagt.")
    assert (standing(own), standing(theirs)) == ({}, {})
