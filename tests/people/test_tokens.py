# SPDX-License-Identifier: EUPL-1.2
"""Tokens for programs: what is issued and refused, what they are worth today, the page."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from asskomm.core.clock import BERLIN, clock
from asskomm.core.jobs.models import Job
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Visibility
from asskomm.people.domain.accounts import end_functions
from asskomm.people.domain.queries.tokens import token_of
from asskomm.people.domain.tokens import MOST_LIVE, PREFIX, TokenError, issue_token, revoke_token
from asskomm.people.enums import Scope
from asskomm.people.models import Account, ApiToken
from tests.making import FRANKENBERG, GOERLITZ, event, member
from tests.reading import Page, cells, field_errors, headings, links

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2024, 5, 1, 12, tzinfo=BERLIN)
SignIn = Callable[..., Principal]
READ, IMPORT = [Scope.READ.value], [Scope.IMPORT.value]


def ask(secret: str, address: str = "/api/events", scheme: str = "Bearer") -> Page:
    """Ask as a program does."""
    return Client().get(address, headers={"authorization": f"{scheme} {secret}"})


def test_the_secret_is_long_and_kept_nowhere() -> None:
    account, principal = member("coordinator", GOERLITZ)
    issued = issue_token(account, name=" Auswertung ", scopes=READ, by=principal)
    assert re.fullmatch(PREFIX + r"[\w-]{43}", issued.secret)
    row = ApiToken.objects.values().get(pk=issued.token.pk)
    assert [value for value in row.values() if issued.secret in str(value)] == []
    assert (row["digest"], row["name"]) == (hashlib.sha256(issued.secret.encode()).hexdigest(), "Auswertung")
    assert (issued.token.expires_at - issued.token.created_at, str(issued.token), issued.token.scope_labels) == (
        dt.timedelta(days=90),
        "Auswertung",
        ["Lesen, was ich lesen darf"],
    )
    assert issue_token(account, name="Noch eins", scopes=READ, by=principal).secret != issued.secret


@pytest.mark.parametrize(
    ("role", "wrong", "sentence"),
    [
        ("coordinator", {"name": " "}, "Geben Sie dem Zugang einen Namen mit höchstens 80 Zeichen."),
        ("coordinator", {"name": "x" * 81}, "Geben Sie dem Zugang einen Namen mit höchstens 80 Zeichen."),
        ("coordinator", {"scopes": []}, "Wählen Sie, was das Programm darf."),
        ("coordinator", {"scopes": ["read", "all"]}, "„all“ steht nicht zur Wahl."),
        ("coordinator", {"days": 0}, "Ein Zugang gilt 1 bis 365 Tage, nicht „0“."),
        ("coordinator", {"days": 366}, "Ein Zugang gilt 1 bis 365 Tage, nicht „366“."),
        ("coach", {"scopes": IMPORT}, "Ihre Funktion erlaubt nicht, Dateien einzulesen."),
    ],
)
def test_what_is_refused(role: str, wrong: dict[str, object], sentence: str) -> None:
    account, principal = member(role, {"coach": "Institut B3"}.get(role, GOERLITZ))
    asked = {"name": "Programm", "scopes": READ, "days": 1} | wrong
    with pytest.raises(TokenError) as fault:
        issue_token(account, by=principal, **asked)  # type: ignore[arg-type]
    assert (str(fault.value), ApiToken.objects.count()) == (sentence, 0)


def test_only_so_many_are_live() -> None:
    account, principal = member("coordinator", GOERLITZ)
    issued = [issue_token(account, name=f"Programm {number}", scopes=READ, by=principal).token for number in range(MOST_LIVE)]
    with pytest.raises(TokenError, match="schon 20 gültige Zugänge"):
        issue_token(account, name="Eins zu viel", scopes=READ, by=principal)
    revoke_token(issued[0], by=principal)
    assert issue_token(account, name="Wieder Platz", scopes=READ, by=principal).token.name == "Wieder Platz"


@pytest.mark.parametrize("other", ["colleague", "administrator", "system", "anyone"])
def test_nobody_else_issues_revokes_or_sees_it(other: str) -> None:
    account, principal = member("coordinator", GOERLITZ)
    token = issue_token(account, name="Programm", scopes=READ, by=principal).token
    others = {"colleague": member("mayor", GOERLITZ)[1], "administrator": member("administrator")[1], "system": SYSTEM, "anyone": ANYONE}
    with pytest.raises(PermissionDenied):
        issue_token(account, name="Untergeschoben", scopes=READ, by=others[other])
    with pytest.raises(PermissionDenied):
        revoke_token(token, by=others[other])
    assert list(ApiToken.objects.visible_to(others[other])) == []
    assert list(ApiToken.objects.visible_to(principal)) == [token]


def test_a_token_ends_after_it_began() -> None:
    account, principal = member("coordinator", GOERLITZ)
    token = issue_token(account, name="Programm", scopes=READ, by=principal).token
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.filter(pk=token.pk).update(expires_at=token.created_at)


def test_it_is_accepted_until_it_ends_is_revoked_or_its_owner_is_gone() -> None:
    account, principal = member("coordinator", GOERLITZ)
    with clock.moved_to(NOON):
        issued = issue_token(account, name="Programm", scopes=READ, days=2, by=principal)
    for hours, accepted in ((0, True), (47, True), (48, False)):
        with clock.moved_to(NOON + dt.timedelta(hours=hours)):
            assert (token_of(issued.secret) is not None) is accepted
    with clock.moved_to(NOON):
        Account.objects.filter(pk=account.pk).update(is_active=False)
        assert token_of(issued.secret) is None
        Account.objects.filter(pk=account.pk).update(is_active=True)
        assert revoke_token(issued.token, by=principal).revoked_at == NOON
        assert token_of(issued.secret) is None
    with clock.moved_to(NOON + dt.timedelta(hours=1)):
        assert revoke_token(issued.token, by=principal).revoked_at == NOON


@pytest.mark.parametrize("secret", ["", "asskomm_", "asskomm_" + "x" * 43, "x" * 10_000, "asskomm_" + "x" * 10_000, "asskomm_\u00e4", "geheim"])
@pytest.mark.parametrize("scheme", ["Bearer", "Basic", "bearer", ""])
def test_what_is_no_token_is_refused(secret: str, scheme: str) -> None:
    response = ask(secret, scheme=scheme)
    if not f"{scheme} {secret}".strip():
        assert response.status_code == 200  # an empty header is none
        return
    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")
    assert response["WWW-Authenticate"] == 'Bearer realm="ASSKomm", error="invalid_token"'
    assert response.json()["detail"] == "Dieser Zugang gilt nicht: Er ist unbekannt, abgelaufen, widerrufen oder gehört zu einem geschlossenen Konto."


def test_its_rights_are_those_of_today() -> None:
    account, principal = member("coordinator", GOERLITZ)
    seen = {level: event("consultation", "2023-05-01", GOERLITZ, owner=GOERLITZ, visibility=level).reference for level in Visibility}
    secret = issue_token(account, name="Programm", scopes=READ, by=principal).secret

    def read() -> set[str]:
        return {item["reference"] for item in ask(secret).json()["items"]}

    assert read() == set(seen.values())
    end_functions(email=account.email, last_day=dt.date(2023, 12, 31), by=SYSTEM)
    assert read() == {seen[Visibility.PUBLIC]}
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert ask(secret).status_code == 401


def test_it_counts_under_the_api_only() -> None:
    account, principal = member("administrator")
    secret = issue_token(account, name="Programm", scopes=Scope.values, by=principal).secret
    Job.objects.create(task="jobs.forget", created_at=NOON, not_before=NOON)
    answers = [ask(secret, address).status_code for address in ("/konto/", "/konto/zugaenge/", "/auftraege/", "/daten-einlesen/")]
    assert answers == [302] * 4
    assert ask(secret, "/api/jobs").json()["items"] == []


def test_a_scope_is_needed_for_each_address() -> None:
    account, principal = member("coordinator", GOERLITZ)
    secrets = {scope: issue_token(account, name="Programm", scopes=[scope], by=principal).secret for scope in Scope.values}
    addresses = ("/api/events", "/api/figures", "/api/imports", "/api/importers", "/api/jobs")
    found = {scope: [ask(secret, address).status_code for address in addresses] for scope, secret in secrets.items()}
    assert found == {"read": [200, 200, 403, 403, 200], "import": [403, 403, 200, 200, 200]}
    refused = ask(secrets["import"])
    assert refused["WWW-Authenticate"] == 'Bearer realm="ASSKomm", error="insufficient_scope", scope="read"'
    assert refused.json()["detail"] == "Dieser Zugang darf das nicht; dazu gehört „Lesen, was ich lesen darf“."


def test_without_a_token_what_needs_one_is_refused(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", GOERLITZ)
    answers = [client.get("/api/imports"), client.get("/api/jobs"), client.post("/api/imports"), client.delete("/api/imports/222222222222")]
    assert [answer.status_code for answer in answers] == [401] * 4
    assert answers[0]["WWW-Authenticate"] == 'Bearer realm="ASSKomm"'
    assert answers[0].json()["detail"] == "Dafür braucht das Programm einen Zugang. Senden Sie ihn im Kopf „Authorization: Bearer …“."


def test_a_token_goes_before_the_session(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", FRANKENBERG)
    account, principal = member("coordinator", GOERLITZ)
    mine = event("consultation", "2023-05-01", GOERLITZ, owner=GOERLITZ, visibility=Visibility.PRIVATE).reference
    secret = issue_token(account, name="Programm", scopes=READ, by=principal).secret
    addressed = f"/api/events/{mine}"
    assert [client.get(addressed).status_code, client.get(addressed, headers={"authorization": f"Bearer {secret}"}).status_code] == [404, 200]


def test_its_use_is_noted_once_a_day_and_nothing_else_is_written() -> None:
    account, principal = member("coordinator", GOERLITZ)
    with clock.moved_to(NOON):
        issued = issue_token(account, name="Programm", scopes=READ, by=principal)
    written = []
    for hours in (0, 1, 24, 25):
        with (
            clock.moved_to(NOON + dt.timedelta(hours=hours)),
            CaptureQueriesContext(
                connection,
            ) as asked,
        ):
            assert ask(issued.secret).status_code == 200
        written.append(
            [
                query["sql"].split()[0]
                for query in asked
                if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE")) and "shared_cache" not in query["sql"]
            ]
        )
    assert written == [["UPDATE"], [], ["UPDATE"], []]
    issued.token.refresh_from_db()
    assert issued.token.last_used == dt.date(2024, 5, 2)


def test_answers_to_a_token_are_kept_by_nobody(client: Client) -> None:
    account, principal = member("coordinator", GOERLITZ)
    secret = issue_token(account, name="Programm", scopes=READ, by=principal).secret
    assert ask(secret)["Cache-Control"] == "private, no-store"
    public = client.get("/api/events")
    assert ("Cache-Control" in public, public["Vary"]) == (False, "Authorization, Cookie, Accept-Language")


def test_the_page_from_form_to_revoking(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", GOERLITZ)
    with clock.moved_to(NOON):
        assert headings(client.get("/konto/zugaenge/")) == ["Zugänge für Programme"]
        made = client.post("/konto/zugaenge/", {"name": "Auswertung", "scopes": ["read", "import"], "days": "30"})
        secret = re.findall(r"asskomm_[\w-]{43}", made.content.decode())
        assert (made.status_code, len(secret), made["Cache-Control"]) == (200, 1, "private, no-store")
        assert ask(secret[0]).status_code == 200
        again = client.get("/konto/zugaenge/")
        assert secret[0] not in again.content.decode()
        assert f"/verlauf/tokens/{ApiToken.objects.get().reference}/" in links(again)
        assert cells(again)[1] == [
            "Auswertung Verlauf : Auswertung",
            "Lesen, was ich lesen darf, Dateien einlesen und Anmeldungen eintragen",
            "31.05.2024",
            "01.05.2024",
            "Widerrufen",
        ]
        revoked = client.post(f"/konto/zugaenge/{ApiToken.objects.get().reference}/widerrufen/", follow=True)
        assert "Der Zugang „Auswertung“ gilt nicht mehr." in revoked.content.decode()
        assert (cells(revoked)[1][-1], ask(secret[0]).status_code) == ("widerrufen", 401)
    with clock.moved_to(NOON + dt.timedelta(days=1)):
        issued = issue_token(Account.objects.get(), name="Kurz", scopes=READ, days=1, by=Principal(account=Account.objects.get().pk))
    assert cells(client.get("/konto/zugaenge/"))[1][-1] == "abgelaufen"
    assert ask(issued.secret).status_code == 401


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"name": "", "scopes": ["read"], "days": "30"}, {"name": ["Dieses Feld ist zwingend erforderlich."]}),
        ({"name": "x", "days": "30"}, {"scopes": ["Dieses Feld ist zwingend erforderlich."]}),
        ({"name": "x", "scopes": ["read"], "days": "366"}, {"days": ["Dieser Wert muss kleiner oder gleich 365 sein."]}),
        ({"name": "x", "scopes": ["import"], "days": "30"}, {"scopes": ["Bitte eine gültige Auswahl treffen. import ist keine gültige Auswahl."]}),
    ],
)
def test_the_page_says_what_is_wrong(client: Client, sign_in: SignIn, given: dict[str, object], expected: dict[str, list[str]]) -> None:
    sign_in("coach", "Institut B3")
    response = client.post("/konto/zugaenge/", given)
    assert (response.status_code, field_errors(response), ApiToken.objects.count()) == (422, expected, 0)


def test_the_page_says_when_there_are_too_many(client: Client, sign_in: SignIn) -> None:
    principal = sign_in("coordinator", GOERLITZ)
    for number in range(MOST_LIVE):
        issue_token(Account.objects.get(), name=f"Programm {number}", scopes=READ, by=principal)
    response = client.post("/konto/zugaenge/", {"name": "Eins zu viel", "scopes": ["read"], "days": "30"})
    assert (response.status_code, "schon 20 gültige Zugänge" in response.content.decode()) == (422, True)


def test_tokens_of_others_are_not_there(client: Client, sign_in: SignIn) -> None:
    account, principal = member("coordinator", GOERLITZ)
    token = issue_token(account, name="Geheimes Programm", scopes=READ, by=principal).token
    address = f"/konto/zugaenge/{token.reference}/widerrufen/"
    assert [client.get("/konto/zugaenge/").status_code, client.post(address).status_code] == [302, 302]
    sign_in("administrator")
    assert "Geheimes Programm" not in client.get("/konto/zugaenge/").content.decode()
    assert client.post(address).status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_has_a_fixed_number_of_queries(client: Client, sign_in: SignIn, count: int, django_assert_num_queries: Callable[..., object]) -> None:
    principal = sign_in("coordinator", GOERLITZ)
    for number in range(count):
        issue_token(Account.objects.get(), name=f"Programm {number}", scopes=READ, by=principal)
    client.get("/konto/zugaenge/")
    with django_assert_num_queries(6):  # type: ignore[attr-defined]
        assert len(cells(client.get("/konto/zugaenge/"))) == count + 1
