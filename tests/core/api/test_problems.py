# SPDX-License-Identifier: EUPL-1.2
"""Every fault under the API is a problem in one sentence, in the language that was asked for."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from asskomm.core.visibility import Principal
from asskomm.people.domain.tokens import issue_token
from asskomm.people.enums import Scope
from tests.making import GOERLITZ, member
from tests.reading import Page, database_away

pytestmark = pytest.mark.django_db
TITLES = {
    400: "Diese Anfrage haben wir nicht verstanden",
    401: "Dafür ist ein Zugang nötig",
    404: "Diese Seite gibt es nicht",
    405: "So lässt sich diese Seite nicht aufrufen",
    409: "Das geht gerade nicht",
    413: "Die Datei ist zu groß",
    415: "So wird der Inhalt nicht angenommen",
    422: "Die Datei ist nicht lesbar",
}


@pytest.fixture
def program() -> Client:
    """A program with a token for everything, of a coordinator."""
    account, principal = member("coordinator", GOERLITZ)
    return with_token(account, principal)


def with_token(account: Any, principal: Principal) -> Client:
    secret = issue_token(account, name="Programm", scopes=Scope.values, by=principal).secret
    return Client(headers={"authorization": f"Bearer {secret}"}, raise_request_exception=False)


def problem(response: Page, status: int) -> str:
    """Check what every problem has, and give its sentence."""
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json"), response.content
    found = response.json()
    detail = str(found.pop("detail"))
    assert found == {"type": "about:blank", "title": TITLES[status], "status": status, "request": response["X-Request-ID"]}
    return detail


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/api/events?page=0", "Der Parameter „page“ muss mindestens 1 sein, nicht „0“."),
        ("/api/events?page=1000001", "Der Parameter „page“ darf höchstens 1000000 sein, nicht „1000001“."),
        ("/api/events?page_size=201", "Der Parameter „page_size“ darf höchstens 200 sein, nicht „201“."),
        ("/api/events?page=zwei", "Der Parameter „page“ ist nicht lesbar: „zwei“."),
        ("/api/events?municipality=1462611", "Der Parameter „municipality“ ist nicht lesbar: „1462611“."),
        ("/api/events?from=gestern", "„gestern“ ist kein Datum. Schreiben Sie zum Beispiel 14.09.2023, 09.2023, September 2023 oder 2023."),
        ("/api/municipalities?kind=dorf", "Der Parameter „kind“ ist nicht lesbar: „dorf“."),
        ("/api/municipalities?size=3", "Der Parameter „size“ ist nicht lesbar: „3“."),
        ("/api/municipalities?name=%00", "Der Parameter „name“ ist nicht lesbar: „\x00“."),
        ("/api/figures/agreements?by=farbe", "Nach „farbe“ lässt sich diese Kennzahl nicht aufteilen."),
        ("/api/search", "Der Parameter „q“ fehlt."),
        ("/api/sources?seite=2", "Den Parameter „seite“ gibt es hier nicht. Möglich: page, page_size."),
        (f"/api/municipalities/{GOERLITZ}?on=2016-12-31", "Den Parameter „on“ gibt es hier nicht. Möglich: –."),
    ],
)
def test_a_wrong_parameter_is_named_with_its_value(client: Client, address: str, sentence: str) -> None:
    assert problem(client.get(address), 400) == sentence


@pytest.mark.parametrize(
    "address",
    [
        "/api/",
        "/api/gibt-es-nicht",
        "/api/events/",
        "/api/events/222222222222",
        "/api/events/x",
        "/api/municipalities/00000000",
        "/api/districts/x",
        "/api/docs",
    ],
)
def test_what_is_not_there(client: Client, address: str) -> None:
    assert problem(client.get(address), 404) == "Vielleicht ist die Adresse vertippt, oder der Inhalt ist nicht für Sie freigegeben."


def test_an_unknown_figure_is_told_which_there_are(client: Client) -> None:
    assert problem(client.get("/api/figures/xyz"), 404).startswith("Die Kennzahl „xyz“ gibt es nicht. Vorhanden: municipalities_advised, ")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_a_wrong_method(client: Client, method: str) -> None:
    response = getattr(client, method)("/api/events")
    assert problem(response, 405) == "Diese Adresse antwortet nur auf GET."
    assert response["Allow"] == "GET"


def test_content_of_another_type(program: Client) -> None:
    wanted = "Senden Sie den Inhalt als „multipart/form-data“, nicht als „application/json“."
    assert problem(program.post("/api/imports", {"file": "x"}, "application/json"), 415) == wanted
    take_over = "/api/imports/222222222222/take-over"
    wanted = "Senden Sie den Inhalt als „application/json“, nicht als „text/csv“."
    assert problem(program.post(take_over, b"a;b", "text/csv"), 415) == wanted


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "Der Inhalt der Anfrage ist kein gültiges JSON."),
        (b"\xff", "Der Inhalt der Anfrage ist kein gültiges JSON."),
        (b"[" * 100_000, "Der Inhalt der Anfrage ist kein gültiges JSON."),
        (b"[]", "Der Parameter „body“ ist nicht lesbar: „[]“."),
        (b"3", "Der Parameter „body“ ist nicht lesbar: „3“."),
        (b'{"options": "alliance"}', 'Der Parameter „options“ ist nicht lesbar: „"alliance"“.'),
        (b'{"options": {"visibility": 3}}', "Der Parameter „options.visibility“ ist nicht lesbar: „3“."),
        (b'{"option": {}}', "Den Parameter „option“ gibt es nicht."),
    ],
)
def test_content_that_does_not_fit(program: Client, content: bytes, sentence: str) -> None:
    assert problem(program.post("/api/imports/222222222222/take-over", content, "application/json"), 400) == sentence


def test_a_file_that_is_missing_unreadable_or_of_no_known_kind(program: Client) -> None:
    assert problem(program.post("/api/imports", {"kind": "events"}), 400) == "Der Parameter „file“ fehlt."
    assert problem(program.post("/api/imports", {"file": SimpleUploadedFile("leer.csv", b"")}), 422) == "Die Datei ist leer."
    wrong = program.post("/api/imports", {"file": SimpleUploadedFile("a.csv", b"x;y\n1;2\n"), "kind": "xyz"})
    assert problem(wrong, 422).startswith("„xyz“ kann nicht eingelesen werden. Möglich: ")


def test_too_large(program: Client, settings: Settings) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024
    large = SimpleUploadedFile("gross.csv", b"x" * (1024 * 1024 + 1))
    sentence = "Die Datei ist größer als 1 MB und wurde nicht angenommen. Teilen Sie sie auf."
    assert problem(program.post("/api/imports", {"file": large}), 413) == sentence
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    assert problem(program.post("/api/imports/222222222222/take-over", b"{" + b" " * 20 + b"}", "application/json"), 413) == sentence


def test_without_a_database_programs_are_told_when_to_come_back() -> None:
    with database_away():
        response = Client(raise_request_exception=False).get("/api/events")
    assert (response.status_code, response["Content-Type"], response["Retry-After"]) == (503, "application/problem+json", "60")


@pytest.mark.parametrize(
    ("header", "cookie", "language"),
    [
        ("", "", "de"),
        ("de", "", "de"),
        ("en", "", "en"),
        ("en-GB,en;q=0.8,de;q=0.5", "", "en"),
        ("fr, en;q=0.5, de;q=0.2", "", "en"),
        ("fr", "", "de"),
        ("*", "", "de"),
        ("en", "de", "de"),
        ("de", "en", "en"),
        ("x" * 5000, "", "de"),
    ],
)
def test_in_the_language_that_was_asked_for(client: Client, header: str, cookie: str, language: str) -> None:
    if cookie:
        client.cookies["sprache"] = cookie
    response = client.get("/api/search", headers={"accept-language": header})
    sentences = {"de": "Der Parameter „q“ fehlt.", "en": "The parameter “q” is missing."}
    assert (response["Content-Language"], response.json()["detail"]) == (language, sentences[language])


def test_pages_stay_german_whatever_the_browser_prefers(client: Client) -> None:
    assert client.get("/", headers={"accept-language": "en"})["Content-Language"] == "de"


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*", ""])
def test_never_a_page(client: Client, accept: str) -> None:
    answers = [client.get(address, headers={"accept": accept}) for address in ("/api/events", "/api/x", "/api/openapi.json")]
    assert [answer["Content-Type"].split(";")[0] for answer in answers] == ["application/json", "application/problem+json", "application/json"]
