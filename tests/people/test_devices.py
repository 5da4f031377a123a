# SPDX-License-Identifier: EUPL-1.2
"""Where somebody is signed in, and how she ends it from elsewhere."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS
from asskomm.core.retention.domain.access import subject_of
from asskomm.core.visibility import SYSTEM
from asskomm.people.domain.accounts import set_password
from asskomm.people.domain.devices import name_of_browser
from asskomm.people.domain.links import issue_link
from asskomm.people.enums import LinkPurpose
from asskomm.people.models import Account, Device
from tests.making import FRANKENBERG, member
from tests.people.test_links import EMAIL, PASSWORD
from tests.people.test_sign_in import _code

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0"


@pytest.fixture
def kim() -> Account:
    """Somebody with a password."""
    account, _by = member("coordinator", FRANKENBERG, email=EMAIL)
    set_password(email=EMAIL, password=PASSWORD, by=SYSTEM)
    return account


def _browser(agent: str) -> Client:
    client = Client(headers={"User-Agent": agent})
    assert client.post("/einloggen/", {"login": EMAIL, "password": PASSWORD}).status_code == 302
    return client


def _is_in(client: Client) -> bool:
    return bool(client.get("/themen/").context["user"].is_authenticated)


@pytest.mark.parametrize(
    ("agent", "name"),
    [(FIREFOX, "Firefox, Windows"), (IPHONE, "Safari, iPhone"), (EDGE, "Edge, Windows"), ("curl/8", "unbekanntes Programm"), ("", "unbekanntes Programm")],
)
def test_a_browser_is_named_in_two_words(agent: str, name: str) -> None:
    assert name_of_browser(agent) == name


def test_devices_are_listed_and_ended_one_by_one(kim: Account) -> None:
    office, phone = _browser(FIREFOX), _browser(IPHONE)
    page = office.get("/konto/geraete/")
    assert sorted(device.browser for device in page.context["page"]) == ["Firefox, Windows", "Safari, iPhone"]
    other = Device.objects.get(browser="Safari, iPhone")
    end = f"/konto/geraete/{other.reference}/abmelden/"
    assert office.post(end)["Location"].startswith("/konto/bestaetigen/?next=")  # whoever found this browser open cannot lock her out of the others
    assert [_is_in(office), _is_in(phone)] == [True, True]
    office.post("/konto/bestaetigen/", {"password": PASSWORD})
    assert office.post(end)["Location"] == "/konto/geraete/"
    assert [_is_in(office), _is_in(phone)] == [True, False]


def test_all_others_are_ended_at_once(kim: Account) -> None:
    clients = [_browser(agent) for agent in (FIREFOX, IPHONE, EDGE)]
    clients[1].post("/konto/bestaetigen/", {"password": PASSWORD})
    clients[1].post("/konto/geraete/andere/abmelden/")
    assert [_is_in(client) for client in clients] == [False, True, False]


def test_nobody_ends_anothers(kim: Account) -> None:
    own = _browser(FIREFOX)
    stranger = Client()
    stranger.force_login(member("mayor", FRANKENBERG)[0])
    reference = Device.objects.get(account=kim).reference
    assert stranger.post(f"/konto/geraete/{reference}/abmelden/").status_code == 404
    stranger.post("/konto/geraete/andere/abmelden/")
    assert _is_in(own)


def test_a_new_password_ends_the_others_and_keeps_this_one(kim: Account) -> None:
    old, new = _browser(FIREFOX), Client(headers={"User-Agent": IPHONE})
    new.post(issue_link(kim, LinkPurpose.SIGN_IN, by=SYSTEM))
    new.post("/konto/passwort/", {"password": "Kastanien im Oktober", "again": "Kastanien im Oktober"})
    assert [_is_in(old), _is_in(new)] == [False, True]
    assert list(Device.objects.values_list("browser", flat=True)) == ["Safari, iPhone"]
    assert Device.objects.get().session_key == new.session.session_key


def test_the_last_use_is_noted_once_an_hour_and_forgotten_after_the_session(kim: Account) -> None:
    client, begin = _browser(FIREFOX), clock.now()
    later = begin + dt.timedelta(hours=2)
    with clock.moved_to(later):
        client.get("/themen/")
    assert Device.objects.get().seen_at == later
    assert [row["Gerät"] for row in SUBJECT_RECORDS["devices"].rows(subject_of(kim.pk))] == ["Firefox, Windows"]
    assert DELETION_RULES["devices"].delete(None) == 0  # type: ignore[arg-type]
    with clock.moved_to(begin + dt.timedelta(hours=12)):
        assert DELETION_RULES["devices"].delete(None) == 1  # type: ignore[arg-type]


def test_signing_out_forgets_the_device(kim: Account) -> None:
    _browser(FIREFOX).post("/ausloggen/")
    assert not Device.objects.exists()


def test_a_new_second_factor_ends_the_sessions_that_came_in_without_it(
    kim: Account, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    old, new = _browser(FIREFOX), _browser(IPHONE)
    new.post("/konto/bestaetigen/", {"password": PASSWORD})
    form = new.get("/konto/zweiter-faktor/einrichten/").context["form"]
    with django_capture_on_commit_callbacks(execute=True):
        assert new.post("/konto/zweiter-faktor/einrichten/", {"code": _code(form.secret)})["Location"] == "/konto/codes/"
    assert [_is_in(old), _is_in(new)] == [False, True]
