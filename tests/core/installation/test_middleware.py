# SPDX-License-Identifier: EUPL-1.2
"""An example never leaves the machine; real data are served to whoever may reach them."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from asskomm.core.clock import clock
from asskomm.core.installation.domain import is_example, note_shipped, settle_installation, shipped_changed
from asskomm.core.installation.middleware import is_loopback
from asskomm.core.installation.models import Installation

pytestmark = pytest.mark.django_db
OUTSIDE = [
    {"REMOTE_ADDR": "10.1.2.3"},
    {"REMOTE_ADDR": "2001:db8::1"},
    {"REMOTE_ADDR": "::ffff:10.1.2.3"},
    {"REMOTE_ADDR": "unknown"},
    {"HTTP_HOST": "www.sicher.sachsen.example"},
    {"HTTP_HOST": "www.sicher.sachsen.example:8000"},
    {"HTTP_HOST": "localhost.boese.example"},
    {"HTTP_HOST": "10.1.2.3:8000"},
    {"HTTP_X_FORWARDED_FOR": "10.1.2.3"},
    {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"HTTP_FORWARDED": "for=10.1.2.3"},
]
INSIDE = [
    {},
    {"REMOTE_ADDR": "::1"},
    {"REMOTE_ADDR": "127.0.0.53"},
    {"REMOTE_ADDR": ""},
    {"HTTP_HOST": "localhost"},
    {"HTTP_HOST": "localhost:8000"},
    {"HTTP_HOST": "127.0.0.1:8000"},
    {"HTTP_HOST": "[::1]"},
    {"HTTP_HOST": "[::1]:8000"},
]
SENTENCE = "Diese Installation enthält Beispieldaten und ist nur auf dem eigenen Rechner erreichbar."


@pytest.fixture(autouse=True)
def _any_host(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]


@pytest.mark.parametrize("address", ["/themen/", "/static/asskomm/asskomm.css", "/healthz"])
@pytest.mark.parametrize("origin", OUTSIDE, ids=str)
def test_an_example_refuses_whoever_is_outside(client: Client, origin: dict[str, str], address: str) -> None:
    settle_installation(example=True)
    response = client.get(address, **origin)  # type: ignore[arg-type]
    assert (response.status_code, response.content.decode(), response["Content-Type"]) == (403, SENTENCE, "text/plain; charset=utf-8")


@pytest.mark.parametrize("origin", OUTSIDE, ids=str)
def test_an_example_refuses_programs_in_their_way(client: Client, origin: dict[str, str]) -> None:
    settle_installation(example=True)
    response = client.get("/api/figures", **origin)  # type: ignore[arg-type]
    assert (response.status_code, response["Content-Type"], response.json()["detail"]) == (403, "application/problem+json", SENTENCE)


@pytest.mark.parametrize("origin", INSIDE, ids=str)
def test_an_example_answers_on_its_own_machine(client: Client, origin: dict[str, str]) -> None:
    settle_installation(example=True)
    assert client.get("/themen/", **origin).status_code == 200  # type: ignore[arg-type]


@pytest.mark.parametrize("origin", OUTSIDE + INSIDE, ids=str)
def test_real_data_are_served(client: Client, origin: dict[str, str]) -> None:
    settle_installation(example=False)
    assert client.get("/themen/", **origin).status_code == 200  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "local"),
    [("localhost", True), ("127.0.0.1", True), ("127.1.2.3", True), ("::1", True), ("[::1]", True), ("0.0.0.0", False), ("::", False), ("amt.example", False)],  # noqa: S104
)
def test_what_is_this_machine(address: str, *, local: bool) -> None:
    assert is_loopback(address) is local


def test_what_a_folder_is_gets_settled_once() -> None:
    assert is_example() is False
    settle_installation(example=True)
    assert is_example() is True
    assert str(settle_installation(example=False)) == "example"
    assert is_example() is True


def test_there_is_one_row_only() -> None:
    assert str(settle_installation(example=False)) == "real"
    with transaction.atomic(), pytest.raises(IntegrityError):
        Installation.objects.create(number=2, created_at=clock.now())


def test_shipped_tables_are_noted() -> None:
    settle_installation(example=False)
    assert shipped_changed("abc") is True
    note_shipped("abc")
    assert shipped_changed("abc") is False
    assert shipped_changed("def") is True
