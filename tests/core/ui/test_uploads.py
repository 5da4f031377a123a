# SPDX-License-Identifier: EUPL-1.2
"""A file over the limit is refused by its announced length, unread."""

from typing import NoReturn

import pytest
from django.test import Client
from pytest_django import Settings

from tests.reading import Page, headings, said

pytestmark = pytest.mark.django_db
LIMIT = 3 * 1024 * 1024


class Unreadable:
    """A body that must not be touched."""

    def read(self, *_size: int) -> NoReturn:
        """Fail."""
        raise AssertionError("the body was read")

    readline = read


@pytest.fixture(autouse=True)
def _limit(settings: Settings) -> None:
    settings.UPLOAD_LIMIT = LIMIT


def _send(client: Client, announced: str, address: str = "/daten-einlesen/") -> Page:
    environment = {"PATH_INFO": address, "REQUEST_METHOD": "POST", "CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": Unreadable()}
    return client.request(CONTENT_LENGTH=announced, **environment)


def test_over_the_limit(client: Client) -> None:
    response = _send(client, str(LIMIT + 1))
    assert (response.status_code, headings(response)) == (413, ["Die Datei ist zu groß"])
    assert "Die Datei ist größer als 3 MB und wurde nicht angenommen. Teilen Sie sie auf." in said(response.content.decode())


def test_over_the_limit_under_the_api(client: Client) -> None:
    response = _send(client, str(LIMIT + 1), "/api/figures")
    assert (response.status_code, response["Content-Type"]) == (413, "application/problem+json")


@pytest.mark.parametrize("announced", [str(LIMIT), "0", "", "-1", "viel"])
def test_at_the_limit_and_without_a_length(client: Client, announced: str) -> None:
    assert _send(client, announced).status_code == 302  # to signing in
