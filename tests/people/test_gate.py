# SPDX-License-Identifier: EUPL-1.2
"""Access ends with the last function, and wide functions take a second factor."""

import datetime as dt
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.installation.domain import settle_installation
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.people.domain.accounts import end_functions, set_password
from asskomm.people.domain.links import issue_link
from asskomm.people.domain.queries.principals import principal_of
from asskomm.people.domain.tokens import issue_token
from asskomm.people.enums import LinkPurpose, Scope
from asskomm.people.example import load_example_people
from asskomm.people.models import Account, ApiToken, Device
from asskomm.people.tasks import END_ACCESSES
from tests.making import COUNCIL, FRANKENBERG, member
from tests.people.test_links import EMAIL, PASSWORD
from tests.reading import Page, headings, said

pytestmark = pytest.mark.django_db
LAST = dt.date(2026, 6, 30)
WITHIN, AFTER = dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC), dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
OUT = (302, "/einloggen/ohne-funktion/")
SENTENCE = "Sie haben heute keine Funktion, und ohne Funktion kann man sich nicht einloggen. Wenden Sie sich an Ihre Kommune oder den Landespräventionsrat."


def _leads(response: Page) -> tuple[int, str]:
    return response.status_code, response.headers.get("Location", "")


def _person(role: str = "coordinator", place: str = FRANKENBERG) -> Account:
    account, _by = member(role, place, email=EMAIL)
    set_password(email=EMAIL, password=PASSWORD, by=SYSTEM)
    return account


def _sign_in(client: Client) -> tuple[int, str]:
    return _leads(client.post("/einloggen/", {"login": EMAIL, "password": PASSWORD}))


def test_an_open_session_ends_with_the_next_request_after_the_last_day(client: Client) -> None:
    _person()
    end_functions(email=EMAIL, last_day=LAST, by=SYSTEM)
    with clock.moved_to(WITHIN):
        assert _sign_in(client) == (302, "/schreibtisch/")
        assert client.get("/konto/").status_code == 200
    with clock.moved_to(AFTER):
        assert _leads(client.get("/konto/")) == OUT
        page = client.get(OUT[1])
        assert (page.status_code, headings(page), SENTENCE in said(page.content.decode())) == (403, ["Sie haben zurzeit keinen Zugang"], True)
        assert client.get("/themen/").context["user"].is_anonymous
    assert (Session.objects.count(), Device.objects.count()) == (0, 0)


def test_without_a_function_nobody_gets_in_by_any_way(client: Client) -> None:
    account = _person()
    end_functions(email=EMAIL, last_day=LAST, by=SYSTEM)
    with clock.moved_to(AFTER):
        path = issue_link(account, LinkPurpose.SIGN_IN, by=SYSTEM)
        assert [_sign_in(client), _leads(client.get(path)), _leads(client.post(path))] == [OUT, OUT, OUT]
        assert client.get("/themen/").context["user"].is_anonymous


def test_the_nightly_job_ends_sessions_and_tokens(client: Client) -> None:
    account = _person()
    other, _by = member("mayor", FRANKENBERG)
    end_functions(email=EMAIL, last_day=LAST, by=SYSTEM)
    with clock.moved_to(WITHIN):
        _sign_in(client)
        Client().force_login(other)
        issue_token(account, name="Auswertung", scopes=[Scope.READ], by=principal_of(account, LAST))
        assert END_ACCESSES.run(None) == {"ended": 0}  # type: ignore[arg-type]
    with clock.moved_to(AFTER):
        assert END_ACCESSES.run(None) == {"ended": 1}  # type: ignore[arg-type]
        assert END_ACCESSES.run(None) == {"ended": 0}  # type: ignore[arg-type]
    assert list(Device.objects.values_list("account", flat=True)) == [other.pk]
    assert ApiToken.objects.get().revoked_at == AFTER


@pytest.mark.parametrize("role", ["state_council", "administrator"])
def test_wide_functions_set_a_second_factor_up_before_anything_else(client: Client, role: str) -> None:
    account = _person(role, COUNCIL)
    assert _sign_in(client) == (302, "/schreibtisch/")
    assert [_leads(client.get(address)) for address in ("/", "/konto/", "/auftraege/", "/api/jobs")] == [(302, "/konto/zweiter-faktor/")] * 4
    page = client.get("/konto/zweiter-faktor/")
    assert "Ihre Funktion reicht weit. Richten Sie deshalb zuerst einen zweiten Faktor ein" in said(page.content.decode())
    Authenticator.objects.create(user=account, type="totp", data={})
    assert client.get("/konto/").status_code == 200


def test_a_link_alone_is_not_enough_for_them(client: Client) -> None:
    account = _person("state_council", COUNCIL)
    client.post(issue_link(account, LinkPurpose.SIGN_IN, by=SYSTEM))
    assert _leads(client.get("/")) == (302, "/konto/zweiter-faktor/")
    assert "Nur mit Link" not in client.get("/konto/einrichten/").content.decode()
    client.post("/ausloggen/")
    Authenticator.objects.create(user=account, type="totp", data={})
    assert _leads(client.post(issue_link(account, LinkPurpose.SIGN_IN, by=SYSTEM))) == (302, "/einloggen/zweiter-faktor/")
    assert client.get("/themen/").context["user"].is_anonymous


def test_narrow_functions_need_none(client: Client) -> None:
    _person()
    _sign_in(client)
    assert client.get("/").status_code == 200


def test_a_function_that_grows_wide_asks_at_the_next_request(client: Client) -> None:
    _person()
    _sign_in(client)
    member("administrator", COUNCIL, email=EMAIL)
    assert _leads(client.get("/")) == (302, "/konto/zweiter-faktor/")


def test_the_example_needs_none(client: Client) -> None:
    settle_installation(example=True)
    load_example_people()
    client.post("/beispiel/einloggen/administrator/")
    assert client.get("/konto/").status_code == 200


@pytest.mark.parametrize(("hours", "leads"), [(23, (200, "")), (25, (302, "/einloggen/?next=/konto/"))])
def test_a_session_ends_after_a_day_however_busy_it_is(client: Client, hours: int, leads: tuple[int, str]) -> None:
    _person()
    _sign_in(client)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= hours * 3600
    session.save()
    assert _leads(client.get("/konto/")) == leads
    assert client.get("/themen/").context["user"].is_anonymous == (hours > 24)


def test_what_is_sent_after_a_day_is_not_lost_without_a_word(client: Client) -> None:
    _person()
    _sign_in(client)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 25 * 3600
    session.save()
    page = client.post("/konto/zugaenge/", {"name": "Auswertung"}, follow=True)
    assert [str(message) for message in page.context["messages"]] == ["Nach einem Tag loggen Sie sich bitte noch einmal ein."]


def test_who_was_refused_what_stands_in_the_log(client: Client, sign_in: Callable[..., Principal], caplog: pytest.LogCaptureFixture) -> None:
    principal = sign_in("coordinator", FRANKENBERG)
    with caplog.at_level("WARNING", logger="asskomm.refused"):
        assert client.get("/datenschutz/entwuerfe/").status_code == 403
    assert [record.getMessage() for record in caplog.records if record.name == "asskomm.refused"] == [
        f"403: account {principal.account}, GET /datenschutz/entwuerfe/"
    ]
