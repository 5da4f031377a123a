# SPDX-License-Identifier: EUPL-1.2
"""German first: English only for readers who chose it."""

import re

import pytest
from django.test import Client

from tests.reading import Page

pytestmark = pytest.mark.django_db


def _languages(response: Page) -> tuple[str, list[str]]:
    return response["Content-Language"], re.findall(r'<html lang="(\w+)"', response.content.decode())


@pytest.mark.parametrize("wanted", ["en", "en-GB,en;q=0.9", "fr", "*", ""])
def test_german_whatever_the_browser_prefers(client: Client, wanted: str) -> None:
    assert _languages(client.get("/themen/", headers={"accept-language": wanted})) == ("de", ["de"])


def test_english_after_choosing_it_and_back(client: Client) -> None:
    response = client.post("/sprache/", {"language": "en", "next": "/themen/"})
    assert (response.status_code, response["Location"]) == (302, "/themen/")
    assert (client.cookies["sprache"].value, client.cookies["sprache"]["samesite"]) == ("en", "Lax")
    assert _languages(client.get("/themen/", headers={"accept-language": "de"})) == ("en", ["en"])
    client.post("/sprache/", {"language": "de"})
    assert _languages(client.get("/themen/")) == ("de", ["de"])


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    for unknown in ("fr", "xx", ""):
        client.post("/sprache/", {"language": unknown})
        assert _languages(client.get("/themen/")) == ("de", ["de"])
        client.cookies["sprache"] = unknown
        assert _languages(client.get("/themen/")) == ("de", ["de"])


def test_a_link_does_not_change_the_language(client: Client) -> None:
    client.get("/sprache/", {"language": "en"})
    assert "sprache" not in client.cookies


def test_choosing_leads_to_no_foreign_page(client: Client) -> None:
    assert client.post("/sprache/", {"language": "en", "next": "https://boese.example/"})["Location"] == "/"
