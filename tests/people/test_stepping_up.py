# SPDX-License-Identifier: EUPL-1.2
"""Before something that hurts one confirms once more who one is."""

import re
import time
from urllib.parse import quote

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as RECORDS
from django.test import Client

from asskomm.core.installation.domain import settle_installation
from asskomm.core.mail.models import Mail
from asskomm.core.visibility import SYSTEM
from asskomm.people.domain.accounts import set_password
from asskomm.people.domain.links import issue_link
from asskomm.people.enums import LinkPurpose
from asskomm.people.example import load_example_people
from asskomm.people.models import Account, ApiToken, Device
from tests.making import FRANKENBERG, member
from tests.people.test_links import EMAIL, PASSWORD
from tests.reading import Page, headings, said

pytestmark = pytest.mark.django_db
TOKENS, TOKEN = "/konto/zugaenge/", {"name": "Auswertung", "scopes": "read", "days": "90"}


@pytest.fixture
def kim() -> Account:
    """Somebody with a function."""
    return member("coordinator", FRANKENBERG, email=EMAIL)[0]


def _leads(response: Page) -> tuple[int, str]:
    return response.status_code, response.headers.get("Location", "")


def _with_password(client: Client) -> None:
    set_password(email=EMAIL, password=PASSWORD, by=SYSTEM)
    client.post("/einloggen/", {"login": EMAIL, "password": PASSWORD})


def _age(client: Client) -> None:
    """Let all confirmations be six minutes older."""
    session = client.session
    session[RECORDS] = [{**way, "at": time.time() - 360} for way in session[RECORDS]]
    session.save()


def test_the_form_is_shown_after_the_password_and_serves_five_minutes(client: Client, kim: Account) -> None:
    _with_password(client)
    asked = (302, f"/konto/bestaetigen/?next={quote(TOKENS, safe='')}")
    assert _leads(client.get(TOKENS)) == asked
    assert _leads(client.post(asked[1], {"password": PASSWORD})) == (302, TOKENS)
    assert client.post(TOKENS, TOKEN).status_code == 200
    _age(client)
    assert _leads(client.get(TOKENS)) == asked
    assert ApiToken.objects.count() == 1


def test_a_button_that_comes_too_late_leads_back_with_a_sentence(client: Client, kim: Account) -> None:
    _with_password(client)
    response = client.post(TOKENS, TOKEN, headers={"Referer": f"http://testserver{TOKENS}?seite=1"})
    assert _leads(response) == (302, f"/konto/bestaetigen/?next={quote(TOKENS + '?seite=1', safe='')}")
    assert "Danach drücken Sie den Knopf noch einmal." in said(client.get(response["Location"]).content.decode())
    assert not ApiToken.objects.exists()


def test_no_foreign_page_is_led_back_to(client: Client, kim: Account) -> None:
    _with_password(client)
    response = client.post(TOKENS, TOKEN, headers={"Referer": "https://boese.example/x/"})
    assert _leads(response) == (302, f"/konto/bestaetigen/?next={quote(TOKENS, safe='')}")


def test_whoever_has_links_only_confirms_by_a_fresh_one(client: Client, kim: Account) -> None:
    client.post(issue_link(kim, LinkPurpose.SIGN_IN, by=SYSTEM))
    assert client.get(TOKENS).status_code == 200
    _age(client)
    asked = client.get(TOKENS)["Location"]
    assert asked == f"/konto/bestaetigen/link/?next={quote(TOKENS, safe='')}"
    assert headings(client.get(asked)) == ["Noch einmal bestätigen"]
    assert "Der Link ist unterwegs." in said(client.post(asked).content.decode())
    path = re.findall(r"http://localhost:8000(\S+)", Mail.objects.get().text)[0]
    assert _leads(client.post(path)) == (302, TOKENS)
    assert client.get(TOKENS).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/konto/passwort/",
        "/konto/zweiter-faktor/einrichten/",
        "/konto/zweiter-faktor/passkeys/neu/",
        "/daten-einlesen/abcdefghjkmn/rueckgaengig/",
        "/funktionen/1/beenden/",
        "/doppelt/personen/",
        "/zusammenfuehrungen/1/trennen/",
        "/veranstaltungen/abcdefghjkmn/absagen/",
        "/presse/abcdefghjkmn/freigeben/",
    ],
)
def test_what_else_hurts_asks_too(client: Client, kim: Account, address: str) -> None:
    client.post(issue_link(kim, LinkPurpose.SIGN_IN, by=SYSTEM))
    _age(client)
    response = client.post(address)
    assert _leads(response) == (302, f"/konto/bestaetigen/link/?next={quote(address, safe='')}")


def test_merging_asks_too(client: Client) -> None:
    _with_password_of_council(client)
    assert _leads(client.get("/organisationen/1/zusammenfuehren/"))[0] == 302


def _with_password_of_council(client: Client) -> None:
    member("state_council", email=EMAIL)
    _with_password(client)


def test_the_example_is_not_asked(client: Client) -> None:
    settle_installation(example=True)
    load_example_people()
    client.post("/beispiel/einloggen/coordinator/")
    assert client.get(TOKENS).status_code == 200


def test_the_session_goes_on_under_another_key(client: Client, kim: Account) -> None:
    _with_password(client)
    before = client.session.session_key
    client.post("/konto/bestaetigen/?next=/konto/", {"password": PASSWORD})
    assert client.session.session_key != before
    assert client.get("/konto/geraete/").status_code == 200
    assert list(Device.objects.values_list("account", "session_key")) == [(kim.pk, client.session.session_key)]
    stolen = Client()
    stolen.cookies["sitzung"] = str(before)
    assert stolen.get("/konto/").status_code == 302
