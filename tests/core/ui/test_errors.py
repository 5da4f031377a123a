# SPDX-License-Identifier: EUPL-1.2
"""Every fault ends on a page in plain German with a way on and an id that the log has too."""

import re
from typing import NoReturn

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest
from django.test import Client
from django.urls import path

from asskomm.config import urls
from asskomm.core.ui.days import ParameterError
from tests.reading import Page, database_away, headings, links, said

FAULTS: dict[str, Exception] = {
    "400": SuspiciousOperation("cookie of erika@example.org"),
    "parameter": ParameterError("„gestern“ ist kein Tag."),
    "403": PermissionDenied("toy.read"),
    "404": Http404("no row"),
    "500": ValueError("erika@example.org"),
    "503": OperationalError("could not connect"),
    "gone": InterfaceError("connection already closed"),
    "doubled": IntegrityError("duplicate key erika@example.org"),
}


def _fail(request: HttpRequest, fault: str) -> NoReturn:
    raise FAULTS[fault]


urlpatterns = [*urls.urlpatterns, path("fault/<str:fault>/", _fail), path("api/fault/<str:fault>/", _fail)]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500

UNKNOWN = ("Diese Anfrage haben wir nicht verstanden", "Bitte prüfen Sie die Adresse oder gehen Sie einen Schritt zurück.")
FORBIDDEN = ("Das dürfen Sie hier nicht", "Ihre Funktion erlaubt das nicht. Wenn das falsch ist, wenden Sie sich an Ihre Ansprechperson.")
MISSING = ("Diese Seite gibt es nicht", "Vielleicht ist die Adresse vertippt, oder der Inhalt ist nicht für Sie freigegeben.")
BROKEN = (
    "Da ist bei uns etwas schiefgegangen",
    "Der Fehler ist aufgezeichnet. Versuchen Sie es noch einmal; bleibt er, nennen Sie uns die Kennung unten.",
)
AWAY = ("Wir sind gleich wieder da", "Die Datenbank antwortet gerade nicht. Bitte versuchen Sie es in einer Minute noch einmal.")
EXPECTED = {
    "400": (400, *UNKNOWN),
    "parameter": (400, UNKNOWN[0], "„gestern“ ist kein Tag."),
    "403": (403, *FORBIDDEN),
    "404": (404, *MISSING),
    "500": (500, *BROKEN),
    "503": (503, *AWAY),
    "gone": (503, *AWAY),
    "doubled": (500, *BROKEN),
}
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def visitor(client: Client) -> Client:
    """A visitor who gets the error page instead of the exception."""
    client.raise_request_exception = False
    return client


def _page(response: Page) -> tuple[int, str, str]:
    """Check what every error page has, and give status, title and text."""
    text = said(response.content.decode())
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert 'lang="de"' in response.content.decode()
    assert "/" in links(response)
    assert text.count("Zur Startseite") == 1
    assert f"Fehler {response.status_code} · Kennung {response['X-Request-ID']}" in text
    assert re.search("erika|Traceback|no row|toy", text) is None
    (title,) = headings(response)
    lead = re.search(r"</h1>\s*<p[^>]*>(.*?)</p>", response.content.decode(), re.DOTALL)
    assert lead is not None
    return response.status_code, title, said(lead[1])


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_has_its_page(visitor: Client, fault: str) -> None:
    assert _page(visitor.get(f"/fault/{fault}/")) == EXPECTED[fault]


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_a_problem_under_the_api(visitor: Client, fault: str) -> None:
    response = visitor.get(f"/api/fault/{fault}/")
    status, title, detail = EXPECTED[fault]
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {"type": "about:blank", "title": title, "status": status, "detail": detail, "request": response["X-Request-ID"]}


def test_an_unknown_address_has_its_page(visitor: Client) -> None:
    assert _page(visitor.get("/gibt/es/nicht/")) == (404, *MISSING)
    problem = visitor.get("/api/gibt/es/nicht").json()
    assert (problem["status"], problem["title"], problem["detail"]) == (404, *MISSING)


@pytest.mark.parametrize("fault", ["503", "404", "403", "400"])
def test_without_a_database_the_page_needs_none(visitor: Client, fault: str) -> None:
    with database_away():
        response = visitor.get(f"/fault/{fault}/")
    assert _page(response) == EXPECTED[fault]


def test_while_the_database_is_away_browsers_are_told_when_to_come_back(visitor: Client) -> None:
    with database_away():
        response = visitor.get("/")
    assert _page(response) == (503, *AWAY)
    assert response["Retry-After"] == "60"


def test_a_host_that_is_not_ours_is_refused_with_a_page(visitor: Client) -> None:
    assert _page(visitor.get("/", headers={"host": "boese.example"})) == (400, *UNKNOWN)


@pytest.mark.parametrize(("method", "address", "allowed"), [("get", "/beispiel/einloggen/coach/", "POST"), ("put", "/beispiel/einloggen/coach/", "POST")])
def test_a_page_called_in_the_wrong_way_says_how(visitor: Client, method: str, address: str, allowed: str) -> None:
    response = getattr(visitor, method)(address)
    sentence = f"Diese Adresse antwortet nur auf {allowed}. Gehen Sie zurück und benutzen Sie die Verweise und Knöpfe der Seite."
    assert _page(response) == (405, "So lässt sich diese Seite nicht aufrufen", sentence)
    assert response["Allow"] == allowed


def test_a_wrong_method_is_a_problem_under_the_api(visitor: Client) -> None:
    response = visitor.post("/api/figures")
    assert (response.status_code, response["Content-Type"], response["Allow"]) == (405, "application/problem+json", "GET")
    assert response.json()["title"] == "So lässt sich diese Seite nicht aufrufen"


def test_a_form_without_its_token_is_refused_with_a_page(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/sprache/", {"language": "en"})
    sentence = "Das Formular ist abgelaufen. Gehen Sie zurück, laden Sie die Seite neu und senden Sie es noch einmal ab."
    assert _page(response) == (403, "Das Formular ist abgelaufen", sentence)
