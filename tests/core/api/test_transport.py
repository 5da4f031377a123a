# SPDX-License-Identifier: EUPL-1.2
"""A program that speaks in the clear is told so instead of being led on with its token."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db
SENTENCE = (
    "Die Schnittstelle antwortet nur verschlüsselt. Rufen Sie sie mit „https://“ auf. "
    "Ein Zugang, den Sie mitgeschickt haben, kann mitgelesen worden sein: Widerrufen Sie ihn."
)


@pytest.fixture(autouse=True)
def _https(settings: Settings) -> None:
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True


def test_the_api_does_not_lead_to_https() -> None:
    answer = Client().get("/api/figures")
    assert (answer.status_code, answer["Content-Type"], answer.json()["detail"]) == (403, "application/problem+json", SENTENCE)
    assert Client().get("/api/figures", secure=True).status_code == 200


def test_pages_do() -> None:
    answer = Client().get("/kennzahlen/")
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/kennzahlen/")
