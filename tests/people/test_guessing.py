# SPDX-License-Identifier: EUPL-1.2
"""Guessing passwords is slowed down and refused, and never locks the owner out."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM
from asskomm.people.domain.accounts import set_password
from asskomm.people.domain.links import issue_link
from asskomm.people.enums import LinkPurpose
from asskomm.people.models import Account
from tests.making import FRANKENBERG, member
from tests.people.test_links import EMAIL, PASSWORD
from tests.reading import headings, said

pytestmark = pytest.mark.django_db
IN, REFUSED, WRONG = 302, 429, 200


@pytest.fixture
def kim() -> Account:
    """Somebody with a password."""
    account, _by = member("coordinator", FRANKENBERG, email=EMAIL)
    set_password(email=EMAIL, password=PASSWORD, by=SYSTEM)
    return account


def _try(client: Client, typed: str = "falsch", email: str = EMAIL, network: str = "192.0.2.1") -> int:
    return int(client.post("/einloggen/", {"login": email, "password": typed}, REMOTE_ADDR=network).status_code)


def _known() -> Client:
    client = Client()
    assert _try(client, PASSWORD) == IN
    client.post("/ausloggen/")
    return client


def test_a_hundred_guesses_are_refused_and_the_owner_gets_in_on_her_device(kim: Account) -> None:
    owner, attacker = _known(), Client()
    answers = [_try(attacker, network="198.51.100.7") for _time in range(100)]
    assert (answers[:5], set(answers[5:])) == ([WRONG] * 5, {REFUSED})
    assert _try(attacker, PASSWORD, network="198.51.100.7") == REFUSED
    assert _try(owner, PASSWORD) == IN


def test_from_many_networks_too_and_a_link_always_helps(kim: Account) -> None:
    owner = _known()
    answers = [_try(Client(), network=f"198.51.100.{number}") for number in range(100)]
    assert (set(answers[:50]), set(answers[50:])) == ({WRONG}, {REFUSED})
    assert _try(owner, PASSWORD) == IN
    stranger = Client()
    assert _try(stranger, PASSWORD, network="203.0.113.9") == REFUSED
    assert stranger.post(issue_link(kim, LinkPurpose.SIGN_IN, by=SYSTEM)).status_code == IN


def test_the_page_says_how_long_and_offers_a_link(client: Client, kim: Account) -> None:
    for _time in range(5):
        _try(client)
    page = client.post("/einloggen/", {"login": EMAIL, "password": PASSWORD}, REMOTE_ADDR="192.0.2.1")
    assert (page.status_code, headings(page)) == (429, ["Das waren zu viele Versuche"])
    assert "Warten Sie eine Minute, bis Sie es mit dem Passwort noch einmal versuchen. Sofort geht es mit einem Link" in said(page.content.decode())


def test_waits_grow_and_end(client: Client, kim: Account) -> None:
    for _time in range(5):
        _try(client)
    now = clock.now()
    for seconds in (31, 31 + 61):  # one more after each wait
        with clock.moved_to(now + dt.timedelta(seconds=seconds)):
            assert [_try(client), _try(client)] == [WRONG, REFUSED]
    with clock.moved_to(now + dt.timedelta(seconds=92 + 90)):
        assert _try(client, PASSWORD) == REFUSED
    with clock.moved_to(now + dt.timedelta(seconds=92 + 121)):
        assert _try(client, PASSWORD) == IN


def test_on_the_known_device_too_guessing_is_refused(kim: Account) -> None:
    owner = _known()
    assert [_try(owner) for _time in range(6)] == [WRONG] * 5 + [REFUSED]


def test_a_device_is_known_for_its_own_account_only(kim: Account) -> None:
    member("mayor", FRANKENBERG, email="mayor@example.org")
    owner = _known()
    for _time in range(5):
        _try(Client(), email="mayor@example.org")
    assert _try(owner, email="mayor@example.org") == REFUSED


def test_a_forged_cookie_makes_no_device_known(kim: Account) -> None:
    forger = Client()
    forger.cookies[settings.DEVICE_COOKIE_NAME] = f"abc:{kim.pk}:gefaelscht"
    assert [_try(forger) for _time in range(6)] == [WRONG] * 5 + [REFUSED]


def test_a_right_password_begins_anew(client: Client, kim: Account) -> None:
    for _round in range(2):
        assert [_try(client) for _time in range(4)] == [WRONG] * 4
        assert _try(client, PASSWORD) == IN
        client.post("/ausloggen/")
        client.cookies.pop(settings.DEVICE_COOKIE_NAME)


def test_an_unknown_address_is_counted_alike(client: Client, db: None) -> None:
    assert [_try(client, email="wer@example.org") for _time in range(6)] == [WRONG] * 5 + [REFUSED]


def test_the_cookie_is_closed_to_scripts(kim: Account) -> None:
    cookie = _known().cookies[settings.DEVICE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 31536000)
