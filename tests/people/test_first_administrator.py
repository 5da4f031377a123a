# SPDX-License-Identifier: EUPL-1.2
"""The first administrator of an empty installation, and a way back in for whoever is locked out."""

import datetime as dt
from argparse import Namespace

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from asskomm.config.commands import user_command
from asskomm.core.audit.models import Entry
from asskomm.core.clock import clock
from asskomm.people.domain.accounts import AppointmentError
from asskomm.people.domain.first_administrator import become_first_administrator, offer_first_administrator
from asskomm.people.domain.links import LinkError
from asskomm.people.models import Account, OneTimeLink
from tests.making import COUNCIL, FRANKENBERG, body, member
from tests.reading import Page, field_errors, headings, said

pytestmark = pytest.mark.django_db
KIM = {"given_name": "Kim", "family_name": "Muster", "email": "kim@example.org", "organisation": COUNCIL}


def _leads(response: Page) -> tuple[int, str]:
    return response.status_code, response.headers.get("Location", "")


def _secret(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def test_an_empty_installation_offers_one_address_that_works_once(client: Client) -> None:
    path = offer_first_administrator()
    page = client.get(path)
    assert (page.status_code, headings(page)) == (200, ["ASSKomm einrichten"])
    assert _leads(client.post(path, KIM)) == (302, "/konto/einrichten/")
    functions = Account.objects.get().person.functions.values_list("role", "organisation__name")
    assert list(functions) == [("administrator", COUNCIL)]
    assert _leads(client.get("/")) == (302, "/konto/zweiter-faktor/")  # an administrator goes no further without a second factor
    assert [Client().get(path).status_code, Client().post(path, KIM).status_code] == [410, 410]
    assert Entry.objects.filter(kind="persons").exists()


def test_a_new_start_voids_the_address_of_the_one_before(client: Client) -> None:
    first, second = offer_first_administrator(), offer_first_administrator()
    assert [client.get(first).status_code, client.get(second).status_code] == [410, 200]


def test_it_ends_after_a_day(client: Client) -> None:
    path = offer_first_administrator()
    with clock.moved_to(clock.now() + dt.timedelta(hours=24)):
        assert client.get(path).status_code == 410


def test_where_somebody_has_an_account_none_is_offered() -> None:
    member("coordinator", FRANKENBERG)
    assert (offer_first_administrator(), OneTimeLink.objects.count()) == ("", 0)


def test_it_makes_no_second_administrator(client: Client) -> None:
    path = offer_first_administrator()
    member("administrator")
    assert client.get(path).status_code == 410
    with pytest.raises(LinkError, match="Es gibt schon eine"):
        become_first_administrator(_secret(path), **{**KIM, "organisation": body(COUNCIL)})  # type: ignore[arg-type]
    assert OneTimeLink.objects.get().used_at is None


def test_what_is_missing_is_named_and_the_address_stays_good(client: Client) -> None:
    path = offer_first_administrator()
    page = client.post(path, {**KIM, "given_name": "", "organisation": "Hamburg"})
    faults = {
        "given_name": ["Dieses Feld ist zwingend erforderlich."],
        "organisation": ["Die Organisation „Hamburg“ ist nicht bekannt. Bei Kommunen hilft der achtstellige Schlüssel."],
    }
    assert (page.status_code, field_errors(page)) == (422, faults)
    assert client.post(path, KIM).status_code == 302


def _link(capsys: pytest.CaptureFixture[str], email: str, *, new_second_factor: bool = False) -> list[str]:
    user_command._link(Namespace(email=email, new_second_factor=new_second_factor))
    return capsys.readouterr().out.splitlines()


def test_the_command_gives_a_link_to_whoever_is_locked_out(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    account, _by = member("coordinator", FRANKENBERG, email="kim@example.org")
    Authenticator.objects.create(user=account, type="totp", data={})
    address, sentence = _link(capsys, "KIM@example.org")
    path = address.removeprefix("http://localhost:8000")
    assert (sentence, "Kim Muster" in said(client.get(path).content.decode())) == ("Der Link gilt eine Stunde und nur einmal.", True)
    assert _leads(client.post(path)) == (302, "/einloggen/zweiter-faktor/")
    _link(capsys, "kim@example.org", new_second_factor=True)
    assert not Authenticator.objects.exists()


def test_the_command_names_an_unknown_address(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AppointmentError, match=r"Einen Zugang für „wer@example\.org“ gibt es nicht"):
        _link(capsys, "wer@example.org")
