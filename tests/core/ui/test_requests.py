# SPDX-License-Identifier: EUPL-1.2
"""Every answer carries the id of its request, and the id ends with it."""

import re

import pytest
from django.test import Client

from asskomm.core.ui.requests import request_id

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/healthz", "/", "/gibt-es-nicht/", "/api/figures"])
def test_every_answer_has_an_id_of_its_own(client: Client, address: str) -> None:
    ids = {client.get(address)["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3
    assert all(re.fullmatch(r"[0-9a-f]{12}", name) for name in ids)


def test_outside_of_a_request_there_is_none(client: Client) -> None:
    client.get("/healthz")
    assert request_id() == ""


def test_of_a_parameter_given_twice_the_last_counts_and_none_crosses_over(client: Client) -> None:
    assert client.get("/suche/?q=rat&q=amt").context["text"] == "amt"
    assert client.get("/suche/?q=rat", data={}, headers={"x-q": "amt"}).context["text"] == "rat"
    assert client.post("/einloggen/?login=a@example.org", {"password": "x"}).context["form"].errors.keys() == {"login"}
