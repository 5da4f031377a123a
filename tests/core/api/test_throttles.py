# SPDX-License-Identifier: EUPL-1.2
"""How often the API answers: the public by address, a program by its token, and whose address it is."""

import datetime as dt

import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from asskomm.core.api.throttles import client_address, counted_as
from asskomm.core.clock import BERLIN, clock
from asskomm.people.domain.tokens import issue_token
from asskomm.people.enums import Scope
from tests.making import GOERLITZ, member

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2024, 5, 1, 12, 0, 20, tzinfo=BERLIN)


@pytest.fixture(autouse=True)
def _few(settings: Settings) -> None:
    settings.API_PER_MINUTE, settings.API_TOKEN_PER_MINUTE = 2, 3


def asked(client: Client, times: int, **more: str) -> list[int]:
    return [client.get("/api/figures/agreements", **more).status_code for _ in range(times)]  # type: ignore[arg-type]


def test_the_public_is_counted_by_address_and_minute(client: Client) -> None:
    with clock.moved_to(NOON):
        assert asked(client, 3, REMOTE_ADDR="192.0.2.1") == [200, 200, 429]
        assert asked(client, 1, REMOTE_ADDR="192.0.2.2") == [200]
        refused = client.get("/api/figures/agreements", REMOTE_ADDR="192.0.2.1")
        assert (refused["Content-Type"], refused["Retry-After"], refused.json()["title"]) == ("application/problem+json", "40", "Das waren zu viele Anfragen")
    with clock.moved_to(NOON + dt.timedelta(seconds=40)):
        assert asked(client, 1, REMOTE_ADDR="192.0.2.1") == [200]


def test_a_network_of_ipv6_counts_as_one(client: Client) -> None:
    with clock.moved_to(NOON):
        assert [asked(client, 1, REMOTE_ADDR=f"2001:db8::{last}")[0] for last in (1, 2, 3)] == [200, 200, 429]
        assert asked(client, 1, REMOTE_ADDR="2001:db8:0:1::1") == [200]


def test_a_token_has_a_count_of_its_own() -> None:
    account, principal = member("coordinator", GOERLITZ)
    secrets = [issue_token(account, name="Programm", scopes=Scope.values, by=principal).secret for _ in range(2)]
    programs = [Client(headers={"authorization": f"Bearer {secret}"}) for secret in secrets]
    with clock.moved_to(NOON):
        assert asked(programs[0], 4) == [200, 200, 200, 429]
        assert asked(programs[1], 1) == [200]
        assert asked(Client(), 3) == [200, 200, 429]


def test_guessing_secrets_is_counted_by_address() -> None:
    guessing = Client(headers={"authorization": "Bearer asskomm_falsch"})
    with clock.moved_to(NOON):
        assert asked(guessing, 3) == [401, 401, 429]
        assert guessing.get("/api/jobs")["Retry-After"] == "40"


def test_the_description_and_the_pages_are_not_counted(client: Client) -> None:
    with clock.moved_to(NOON):
        assert asked(client, 3) == [200, 200, 429]
        assert [client.get(address).status_code for address in ("/api/openapi.json", "/")] == [200, 200]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.9", "192.0.2.1"),
        (0, "", "192.0.2.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "203.0.113.5, 198.51.100.9", "198.51.100.9"),
        (2, "203.0.113.5, 198.51.100.9", "203.0.113.5"),
        (2, "198.51.100.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_a_header_is_believed_as_far_as_there_are_proxies(rf: RequestFactory, settings: Settings, proxies: int, forwarded: str, address: str) -> None:
    settings.PROXIES = proxies
    assert client_address(rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": forwarded})) == address


@given(st.ip_addresses(v=6))
def test_neighbours_of_a_network_count_alike(address: object) -> None:
    first = str(address).split("%", maxsplit=1)[0]
    assert counted_as(first) == counted_as(counted_as(first).removesuffix("/64"))


def test_behind_a_socket_everybody_counts_as_one(rf: RequestFactory) -> None:
    assert (client_address(rf.get("/", REMOTE_ADDR="")), counted_as("")) == ("", "")


def test_what_costs_much_is_counted_by_address_too(client: Client, settings: Settings) -> None:
    settings.COSTLY_PER_MINUTE = 2
    costly = ("/suche/?q=rat", "/netzwerk/kommunen/tabelle.csv", "/suche/?q=rat")
    with clock.moved_to(NOON):
        assert [client.get(address).status_code for address in costly] == [200, 200, 429]
        refused = client.get("/netzwerk/kommunen/tabelle.csv")
        assert (refused.status_code, refused["Retry-After"]) == (429, "40")
        assert "Von Ihrem Anschluss kamen in einer Minute sehr viele Suchen oder Dateien. Bitte warten Sie eine Minute." in refused.content.decode()
        assert client.get("/kennzahlen/").status_code == 200
        assert client.get("/suche/?q=rat", REMOTE_ADDR="192.0.2.9").status_code == 200
    with clock.moved_to(NOON + dt.timedelta(seconds=40)):
        assert client.get("/suche/?q=rat").status_code == 200
