# SPDX-License-Identifier: EUPL-1.2
"""Signing in by the identity provider of one's house: a real provider on this machine, honest and not."""

import datetime as dt
import time
from collections.abc import Callable, Iterator

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.test import Client
from pytest_django import Settings

from asskomm.core.operation import CHECKS, Level
from asskomm.people.models import Account, Device
from tests.making import FRANKENBERG, member
from tests.people.identity_provider import CLIENT, EMAIL, SECRET, Claims, IdentityProvider, identity_provider
from tests.reading import Page, headings, links, said

pytestmark = pytest.mark.django_db
START, BACK = "/einloggen/dienst/", "/einloggen/dienst/zurueck/"


@pytest.fixture
def provider(settings: Settings) -> Iterator[IdentityProvider]:
    with identity_provider() as running:
        settings.OIDC_URL, settings.OIDC_NAME, settings.OIDC_CLIENT, settings.OIDC_SECRET = running.address, "Stadtkonto", CLIENT, SECRET
        yield running


@pytest.fixture
def kim() -> Account:
    return member("coordinator", FRANKENBERG, email=EMAIL)[0]


def begin(client: Client, query: str = "") -> str:
    """Go to the provider and, let in there, give the address that it leads back to."""
    there = client.get(f"{START}{query}")
    assert there.status_code == 302
    return requests.get(there["Location"], allow_redirects=False, timeout=10).headers["Location"].removeprefix("http://testserver")


def come_in(client: Client, query: str = "") -> Page:
    return client.get(begin(client, query))


def leads(page: Page) -> tuple[int, str]:
    return page.status_code, page.headers.get("Location", "")


def who(client: Client) -> str:
    return str(client.get("/themen/").context["user"])


def test_she_comes_in_and_nothing_of_the_provider_is_kept(client: Client, provider: IdentityProvider, kim: Account) -> None:
    assert leads(come_in(client, "?next=/termine/")) == (302, "/termine/")
    assert who(client) == str(kim)
    assert Device.objects.filter(account=kim).count() == 1
    asked = provider.asked[0]
    assert (asked["scope"], asked["code_challenge_method"], asked["response_type"]) == ("openid email", "S256", "code")
    assert asked["redirect_uri"] == f"http://testserver{BACK}"
    assert not apps.is_installed("allauth.socialaccount")
    assert "provider" not in " ".join(dict(client.session))


@pytest.mark.parametrize("query", ["", "?next=https://example.com/", "?next=//example.com", "?next=javascript:alert(1)"])
def test_it_leads_nowhere_else(client: Client, provider: IdentityProvider, kim: Account, query: str) -> None:
    assert leads(come_in(client, query)) == (302, "/schreibtisch/")


def test_the_address_chooses_nothing_but_the_page_to_go_on_with(client: Client, provider: IdentityProvider, kim: Account) -> None:
    come_in(client, "?scope=admin&redirect_uri=https://example.com/&auth_params=prompt%3Dnone&client_id=x&process=connect")
    assert {name: provider.asked[0][name] for name in ("scope", "redirect_uri", "client_id")} == {
        "scope": "openid email",
        "redirect_uri": f"http://testserver{BACK}",
        "client_id": CLIENT,
    }
    assert "prompt" not in provider.asked[0]


def test_the_case_of_the_address_does_not_matter(client: Client, provider: IdentityProvider, kim: Account) -> None:
    provider.claims["email"] = "Kim@Example.ORG"
    come_in(client)
    assert who(client) == str(kim)


def test_a_second_factor_that_is_set_up_is_asked_for_all_the_same(client: Client, provider: IdentityProvider, kim: Account) -> None:
    TOTP.activate(kim, "JBSWY3DPEHPK3PXP")
    assert leads(come_in(client)) == (302, "/einloggen/zweiter-faktor/")
    assert who(client) == "AnonymousUser"


def test_the_state_council_sets_one_up_first(client: Client, provider: IdentityProvider) -> None:
    member("state_council", email=EMAIL)
    come_in(client)
    assert leads(client.get("/schreibtisch/")) == (302, "/konto/zweiter-faktor/")
    assert not Authenticator.objects.exists()


def test_it_confirms_nothing_anew(client: Client, provider: IdentityProvider, kim: Account) -> None:
    come_in(client)
    assert leads(client.get("/konto/zweiter-faktor/einrichten/"))[1].startswith("/konto/bestaetigen/link/")


def test_without_a_function_of_today_she_stays_outside(client: Client, provider: IdentityProvider) -> None:
    account = member("coordinator", FRANKENBERG, email=EMAIL)[0]
    account.person.functions.update(end=dt.date(2020, 1, 1))
    assert leads(come_in(client)) == (302, "/einloggen/ohne-funktion/")
    assert who(client) == "AnonymousUser"


def test_an_address_without_account(client: Client, provider: IdentityProvider) -> None:
    page = come_in(client)
    assert (page.status_code, headings(page)) == (403, ["Kein Zugang zu dieser Adresse"])
    assert f"„Stadtkonto“ kennt Sie als {EMAIL}. Zu dieser Adresse gibt es hier keinen Zugang." in said(page.content.decode())
    assert not Account.objects.exists()


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": "true"}, {"email_verified": None}, {"email": ""}, {"email": None}])
def test_an_address_that_nobody_vouches_for(client: Client, provider: IdentityProvider, kim: Account, claims: Claims) -> None:
    provider.claims |= claims
    page = come_in(client)
    assert (page.status_code, headings(page)) == (403, ["Kein Zugang zu dieser Adresse"])
    assert "„Stadtkonto“ hat uns keine bestätigte E-Mail-Adresse genannt." in said(page.content.decode())
    assert who(client) == "AnonymousUser"


def _another(**claims: object) -> Callable[[IdentityProvider], None]:
    def lie(provider: IdentityProvider) -> None:
        provider.change = lambda honest: honest | claims

    return lie


def _sign(name: str, *, also: str = "") -> Callable[[IdentityProvider], None]:
    def lie(provider: IdentityProvider) -> None:
        provider.sign = getattr(provider, name)
        if also:
            provider.described["id_token_signing_alg_values_supported"] = ["RS256", also]

    return lie


def _without(name: str) -> Callable[[IdentityProvider], None]:
    def lie(provider: IdentityProvider) -> None:
        provider.change = lambda honest: {key: value for key, value in honest.items() if key != name}

    return lie


def _left_out(provider: IdentityProvider) -> None:
    provider.left_out = True


@pytest.mark.parametrize(
    "lie",
    [
        _another(iss="https://example.com"),
        _another(aud="another"),
        _another(aud=["another"]),
        _another(nonce="of another sign-in"),
        _another(exp=int(time.time()) - 600),
        *(_without(name) for name in ("nonce", "aud", "exp", "iss", "sub")),
        _sign("signed_by_another"),
        _sign("signed_with_the_public_key"),
        _sign("signed_with_the_public_key", also="HS256"),
        _sign("not_signed"),
        _sign("not_signed", also="none"),
        _left_out,
    ],
)
def test_a_word_that_must_not_be_believed(client: Client, provider: IdentityProvider, kim: Account, lie: Callable[[IdentityProvider], None]) -> None:
    lie(provider)
    page = come_in(client)
    assert (page.status_code, headings(page)) == (502, ["Der Anmeldedienst antwortet nicht"])
    assert who(client) == "AnonymousUser"


def test_a_description_of_another_provider(client: Client, provider: IdentityProvider) -> None:
    provider.described["issuer"] = "https://example.com"
    assert client.get(START).status_code == 502


@pytest.mark.parametrize("left_out", ["issuer", "authorization_endpoint"])
def test_a_description_with_a_hole(client: Client, provider: IdentityProvider, left_out: str) -> None:
    provider.described[left_out] = None
    assert client.get(START).status_code == 502


def test_the_answer_is_good_once_and_in_this_browser_only(client: Client, provider: IdentityProvider, kim: Account) -> None:
    back = begin(client)
    stranger = Client()
    expired = ["Diese Anmeldung ist abgelaufen. Bitte beginnen Sie noch einmal."]
    for other in (stranger, client, client):
        page = other.get(back, follow=True)
        if other is stranger:
            assert [str(message) for message in page.context["messages"]] == expired
    assert [str(message) for message in client.get(back, follow=True).context["messages"]] == expired
    assert (who(client), who(stranger)) == (str(kim), "AnonymousUser")


def test_an_answer_without_state(client: Client, provider: IdentityProvider) -> None:
    begin(client)
    assert leads(client.get(f"{BACK}?code=code-1")) == (302, "/einloggen/")
    assert leads(client.get(BACK)) == (302, "/einloggen/")


def test_she_breaks_off(client: Client, provider: IdentityProvider) -> None:
    page = client.get(f"{BACK}?error=access_denied", follow=True)
    assert [str(message) for message in page.context["messages"]] == ["Die Anmeldung bei „Stadtkonto“ wurde abgebrochen."]


def test_the_provider_is_away(client: Client, provider: IdentityProvider, settings: Settings, kim: Account) -> None:
    back = begin(client)
    settings.OIDC_URL = "http://127.0.0.1:9"
    assert (client.get(START).status_code, client.get(back).status_code) == (502, 502)
    assert "/einloggen/link/" in links(client.get(START))


def test_somebody_else_sits_at_this_machine(client: Client, provider: IdentityProvider, kim: Account) -> None:
    client.force_login(member("mayor", FRANKENBERG, email="bm@example.org")[0])
    come_in(client)
    assert who(client) == str(kim)


def test_the_page_of_signing_in_names_it(client: Client, provider: IdentityProvider) -> None:
    page = client.get("/einloggen/?next=/termine/")
    assert "Mit Stadtkonto einloggen" in said(page.content.decode())
    assert f"{START}?next=/termine/" in links(page)


def test_without_the_setting_there_is_none(client: Client) -> None:
    assert (client.get(START).status_code, client.get(BACK).status_code) == (404, 404)
    assert START not in links(client.get("/einloggen/"))


def test_the_check(provider: IdentityProvider, settings: Settings) -> None:
    check = CHECKS["identity_provider"]
    assert (check.look().level, check.look().text) == (Level.OK, f"Der Anmeldedienst unter {provider.address} antwortet.")
    settings.OIDC_URL = "http://127.0.0.1:9"
    assert (check.look().level, check.look().text) == (Level.FAULT, "Der Anmeldedienst unter http://127.0.0.1:9 beschreibt sich nicht.")
    settings.OIDC_URL = ""
    assert check.look().level == Level.OK
