# SPDX-License-Identifier: EUPL-1.2
"""Signing in through the real pages: password, second factor, recovery code, example people."""

import time
from urllib.parse import unquote

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client, RequestFactory
from pytest_django import Settings

from asskomm.core.installation.domain import settle_installation
from asskomm.core.visibility import SYSTEM
from asskomm.people.domain.accounts import set_password
from asskomm.people.example import PEOPLE, load_example_people
from asskomm.people.models import Account
from tests.making import FRANKENBERG, member
from tests.reading import Page, field_errors, headings, links, said

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "kim@example.org", "Regenschirm am Markt"
TITLES = {
    "/einloggen/": "Einloggen",
    "/ausloggen/": "Ausloggen",
    "/konto/bestaetigen/": "Noch einmal bestätigen",
    "/konto/zweiter-faktor/": "Zweiter Faktor",
    "/konto/zweiter-faktor/einrichten/": "Zweiten Faktor einrichten",
    "/konto/zweiter-faktor/abschalten/": "Zweiten Faktor abschalten",
    "/konto/zweiter-faktor/passkeys/neu/": "Passkey einrichten",
    "/konto/codes/": "Wiederherstellungscodes",
    "/konto/codes/neu/": "Neue Wiederherstellungscodes",
}


@pytest.fixture
def kim() -> Account:
    """Somebody with a function and a password."""
    account, _ = member("coordinator", FRANKENBERG, email=EMAIL)
    set_password(email=EMAIL, password=PASSWORD, by=SYSTEM)
    return account


@pytest.fixture(autouse=True)
def _patient(settings: Settings) -> None:
    """Take the code of the half minute before too, which may end while a test runs."""
    settings.MFA_TOTP_TOLERANCE = 1


def _sign_in(client: Client, password: str = PASSWORD, email: str = EMAIL) -> Page:
    return client.post("/einloggen/", {"login": email, "password": password})


def _leads(response: Page) -> tuple[int, str]:
    return response.status_code, response.headers.get("Location", "")


def _reader(client: Client) -> str:
    return str(client.get("/themen/").context["user"])


def _code(secret: str, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def _confirm(client: Client) -> None:
    """Sign in and give the password once more, as the pages of the second factor demand."""
    _sign_in(client)
    assert _leads(client.post("/konto/bestaetigen/?next=/konto/", {"password": PASSWORD})) == (302, "/konto/")


def _set_up(client: Client) -> str:
    """Set the second factor up through its pages, and give its secret."""
    _confirm(client)
    secret = str(client.get("/konto/zweiter-faktor/einrichten/").context["form"].secret)
    response = client.post("/konto/zweiter-faktor/einrichten/", {"code": _code(secret)})
    assert _leads(response) == (302, "/konto/codes/")
    return secret


@pytest.mark.parametrize("email", [EMAIL, "KIM@Example.org"])
def test_with_address_and_password(client: Client, kim: Account, email: str) -> None:
    assert _leads(_sign_in(client, email=email)) == (302, "/schreibtisch/")
    assert _reader(client) == "Kim Muster-coordinator"


def test_signing_in_leads_back_to_the_page_but_to_no_foreign_one(client: Client, kim: Account) -> None:
    credentials = {"login": EMAIL, "password": PASSWORD}
    assert _leads(client.post("/einloggen/?next=/konto/", credentials)) == (302, "/konto/")
    client.post("/ausloggen/")
    assert _leads(client.post("/einloggen/?next=https://boese.example/", credentials)) == (302, "/schreibtisch/")


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "falsch"), ("wer@example.org", PASSWORD), (EMAIL, PASSWORD.upper())])
def test_a_wrong_password_and_an_unknown_address_look_the_same(client: Client, kim: Account, email: str, password: str) -> None:
    response = _sign_in(client, password, email)
    assert field_errors(response) == {"__all__": ["Die E-Mail-Adresse und/oder das Passwort sind leider falsch."]}
    assert _reader(client) == "AnonymousUser"


@pytest.mark.parametrize(
    ("email", "password", "faults"),
    [
        ("", "", {"login": ["Dieses Feld ist zwingend erforderlich."], "password": ["Dieses Feld ist zwingend erforderlich."]}),
        ("kim", "x", {"login": ["Bitte gültige E-Mail-Adresse eingeben."]}),
        ("kim\0@example.org", "x", {"login": ["Bitte gültige E-Mail-Adresse eingeben.", "Nullzeichen sind nicht erlaubt."]}),
    ],
)
def test_what_is_no_address_is_named_at_its_field(client: Client, email: str, password: str, faults: dict[str, list[str]]) -> None:
    assert field_errors(_sign_in(client, password, email)) == faults


def test_too_many_tries_end_on_our_page(client: Client, kim: Account) -> None:
    for number in range(30):
        _sign_in(client, "falsch", f"wer{number}@example.org")
    response = _sign_in(client)
    assert (response.status_code, headings(response)) == (429, ["Das waren zu viele Versuche"])
    assert "Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal." in said(response.content.decode())


def test_an_account_without_password_cannot_sign_in(client: Client) -> None:
    member("coordinator", FRANKENBERG, email=EMAIL)
    assert _sign_in(client, "").status_code == 200
    assert _sign_in(client, "!").status_code == 200
    assert _reader(client) == "AnonymousUser"


def test_a_closed_account_is_told_so(client: Client, kim: Account) -> None:
    Account.objects.update(is_active=False)
    assert _leads(_sign_in(client)) == (302, "/einloggen/gesperrt/")
    response = client.get("/einloggen/gesperrt/")
    assert (response.status_code, headings(response)) == (403, ["Das dürfen Sie hier nicht"])
    assert "Dieser Zugang ist geschlossen. Wenden Sie sich an Ihre Kommune oder den Landespräventionsrat." in said(response.content.decode())


def test_signing_out_takes_a_button(client: Client, kim: Account) -> None:
    _sign_in(client)
    assert headings(client.get("/ausloggen/")) == ["Ausloggen"]
    assert _reader(client) == "Kim Muster-coordinator"
    assert _leads(client.post("/ausloggen/")) == (302, "/")
    assert _reader(client) == "AnonymousUser"


def test_the_second_factor_is_asked_for_once_set_up(client: Client, kim: Account) -> None:
    secret = _set_up(client)
    assert "Der zweite Faktor ist eingerichtet." in said(client.get("/konto/").content.decode())
    client.post("/ausloggen/")
    assert _leads(_sign_in(client)) == (302, "/einloggen/zweiter-faktor/")
    assert _reader(client) == "AnonymousUser"
    page = client.get("/einloggen/zweiter-faktor/")
    assert headings(page) == ["Zweiter Faktor"]
    assert "Code aus Ihrer App Sechs Ziffern. Ohne Telefon geht auch einer Ihrer Wiederherstellungscodes." in said(page.content.decode())
    assert field_errors(client.post("/einloggen/zweiter-faktor/", {"code": "000000"})) == {"code": ["Falscher Code."]}
    assert _leads(client.post("/einloggen/zweiter-faktor/", {"code": _code(secret)})) == (302, "/schreibtisch/")
    assert _reader(client) == "Kim Muster-coordinator"


def test_a_code_serves_once(client: Client, kim: Account) -> None:
    secret = _set_up(client)
    code = _code(secret)
    answers = []
    for _time in range(2):
        client.post("/ausloggen/")
        _sign_in(client)
        answers.append(client.post("/einloggen/zweiter-faktor/", {"code": code}).status_code)
    assert answers == [302, 200]


def test_a_recovery_code_serves_once(client: Client, kim: Account) -> None:
    _set_up(client)
    codes = client.get("/konto/codes/").context["unused_codes"]
    assert len(codes) == 10
    answers = []
    for _time in range(2):
        client.post("/ausloggen/")
        _sign_in(client)
        answers.append(client.post("/einloggen/zweiter-faktor/", {"code": codes[0]}).status_code)
    assert answers == [302, 200]


def test_codes_are_not_guessed_and_afterwards_the_right_one_fits_again(client: Client, kim: Account) -> None:
    secret = _set_up(client)
    client.post("/ausloggen/")
    _sign_in(client)
    answers = [field_errors(client.post("/einloggen/zweiter-faktor/", {"code": f"{number:06}"})) for number in range(8)]
    assert answers[:5] == [{"code": ["Falscher Code."]}] * 5
    assert answers[5:] == [{"code": ["Das waren zu viele Versuche. Bitte warten Sie fünf Minuten."]}] * 3
    assert client.post("/einloggen/zweiter-faktor/", {"code": _code(secret)}).status_code == 200
    cache.clear()  # as after five minutes
    assert _leads(client.post("/einloggen/zweiter-faktor/", {"code": _code(secret)})) == (302, "/schreibtisch/")


def test_recovery_codes_can_be_taken_along_and_made_anew(client: Client, kim: Account) -> None:
    _set_up(client)
    codes = client.get("/konto/codes/").context["unused_codes"]
    download = client.get("/konto/codes/herunterladen/")
    assert (download["Content-Type"], download.content.decode().split()) == ("text/plain", codes)
    assert _leads(client.post("/konto/codes/neu/")) == (302, "/konto/codes/")
    renewed = client.get("/konto/codes/").context["unused_codes"]
    assert (len(renewed), set(renewed) & set(codes)) == (10, set())


def test_a_wrong_first_code_sets_nothing_up(client: Client, kim: Account) -> None:
    _confirm(client)
    response = client.post("/konto/zweiter-faktor/einrichten/", {"code": "000000"})
    assert field_errors(response) == {"code": ["Falscher Code."]}
    assert "Code aus Ihrer App Sechs Ziffern, die Ihre App jetzt anzeigt." in said(response.content.decode())
    assert not Authenticator.objects.exists()


def test_the_second_factor_can_be_taken_off(client: Client, kim: Account) -> None:
    _set_up(client)
    assert _leads(client.post("/konto/zweiter-faktor/abschalten/")) == (302, "/konto/zweiter-faktor/")
    assert "Noch kein zweiter Faktor eingerichtet." in said(client.get("/konto/zweiter-faktor/").content.decode())
    client.post("/ausloggen/")
    assert _leads(_sign_in(client)) == (302, "/schreibtisch/")


def test_the_secret_is_shown_as_picture_and_text(client: Client, kim: Account) -> None:
    _confirm(client)
    page = client.get("/konto/zweiter-faktor/einrichten/")
    assert page.context["totp_svg_data_uri"].startswith("data:image/svg+xml;base64,")
    assert f"<code>{page.context['form'].secret}</code>" in page.content.decode()
    assert "issuer=ASSKomm" in page.context["totp_url"]


@pytest.mark.parametrize(("address", "title"), TITLES.items())
def test_every_page_of_signing_in_is_ours_and_german(client: Client, kim: Account, address: str, title: str) -> None:
    if address != "/einloggen/":
        _set_up(client)
        if address.endswith("einrichten/"):
            Authenticator.objects.all().delete()
    response = client.get(address)
    assert (response.status_code, headings(response)) == (200, [title])
    assert '<link rel="stylesheet" href="/static/asskomm/asskomm.css">' in response.content.decode()
    assert '<html lang="de">' in response.content.decode()


def test_confirming_once_more_with_the_second_factor_is_ours_too(client: Client, kim: Account) -> None:
    _set_up(client)
    response = client.get("/konto/bestaetigen/zweiter-faktor/")
    assert (response.status_code, headings(response)) == (200, ["Noch einmal bestätigen"])


def test_before_the_second_factor_changes_the_password_is_asked_for_again(client: Client, kim: Account) -> None:
    _sign_in(client)
    response = client.get("/konto/zweiter-faktor/einrichten/")
    assert _leads(response) == (302, "/konto/bestaetigen/?next=%2Fkonto%2Fzweiter-faktor%2Feinrichten%2F")
    assert field_errors(client.post(response["Location"], {"password": "falsch"})) == {"password": ["Falsches Passwort."]}
    assert _leads(client.post(response["Location"], {"password": PASSWORD})) == (302, "/konto/zweiter-faktor/einrichten/")


@pytest.mark.parametrize("address", [address for address in TITLES if address.startswith("/konto/")])
def test_the_account_is_for_whoever_is_signed_in(client: Client, address: str) -> None:
    response = client.get(address)
    response["Location"] = unquote(response["Location"])
    assert _leads(response) == (302, f"/einloggen/?next={address}")


@pytest.mark.parametrize(
    "address",
    [
        "/signup/",
        "/accounts/signup/",
        "/accounts/login/",
        "/login/",
        "/password/reset/",
        "/password/change/",
        "/email/",
        "/confirm-email/",
        "/2fa/",
        "/2fa/webauthn/",
        "/admin/",
        "/social/signup/",
        "/_allauth/browser/v1/config",
        "/api/docs",
    ],
)
def test_no_other_page_of_the_library_is_reachable(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("made_up", PEOPLE, ids=lambda person: person.role.value)
def test_example_people_sign_in_with_one_click(client: Client, made_up: object) -> None:
    settle_installation(example=True)
    load_example_people()
    role = made_up.role.value.replace("_", "-")  # type: ignore[attr-defined]
    page = client.get("/einloggen/")
    assert f'action="/beispiel/einloggen/{role}/"' in page.content.decode()
    assert _leads(client.post(f"/beispiel/einloggen/{role}/")) == (302, "/schreibtisch/")
    assert _reader(client) == f"{made_up.given_name} {made_up.family_name}"  # type: ignore[attr-defined]
    assert client.get("/themen/").context["principal"].roles == {made_up.role}  # type: ignore[attr-defined]


@pytest.mark.parametrize("example", [False, True])
def test_nobody_else_does(client: Client, *, example: bool) -> None:
    settle_installation(example=example)
    load_example_people()
    wrong = ["unbekannt", "state_council"] if example else [person.role.value.replace("_", "-") for person in PEOPLE]
    assert [client.post(f"/beispiel/einloggen/{role}/").status_code for role in wrong] == [404] * len(wrong)
    assert _reader(client) == "AnonymousUser"


def test_example_people_are_not_offered_on_real_data(client: Client) -> None:
    settle_installation(example=False)
    page = client.get("/einloggen/")
    assert headings(page, 2) == ["Mit Passwort", "Mit Link per E-Mail"]
    assert not any("beispiel" in link for link in links(page))


def test_where_the_example_people_were_not_made_nobody_signs_in(client: Client) -> None:
    settle_installation(example=True)
    assert client.post("/beispiel/einloggen/coach/").status_code == 404


def test_signing_up_is_closed(rf: RequestFactory) -> None:
    assert get_adapter().is_open_for_signup(rf.get("/")) is False


def test_no_browser_is_told_to_remember(client: Client, kim: Account) -> None:
    _sign_in(client)
    cookie = client.cookies["sitzung"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("", True, "Lax")
    assert "remember" not in client.get("/ausloggen/").content.decode()


def test_signing_out_empties_what_the_browser_keeps(client: Client, kim: Account) -> None:
    _sign_in(client)
    assert "Clear-Site-Data" not in client.get("/ausloggen/").headers
    assert client.post("/ausloggen/")["Clear-Site-Data"] == '"cache", "storage"'


def test_coming_and_going_stand_in_the_log_without_an_address(client: Client, kim: Account, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="asskomm.signing_in"):
        _sign_in(client, "Regenschirm am Bahnhof")
        _sign_in(client)
        client.post("/ausloggen/")
    assert [record.getMessage() for record in caplog.records if record.name == "asskomm.signing_in"] == [
        "a password was refused",
        f"signed in: account {kim.pk} by password",
        f"signed out: account {kim.pk}",
    ]


def test_a_long_password_is_taken_as_a_whole(client: Client, kim: Account) -> None:
    long = "Kastanien im Oktober und Linden im Juni " * 3
    set_password(email=EMAIL, password=long, by=SYSTEM)
    _sign_in(client, long[:64])
    assert _reader(client) == "AnonymousUser"
    _sign_in(client, long)
    assert _reader(client) == str(kim)
