# SPDX-License-Identifier: EUPL-1.2
"""The example's inbox, the outbox without contents, and unsubscribing by link."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from asskomm.core.installation.domain import settle_installation
from asskomm.core.mail.domain.claims import mark_undeliverable
from asskomm.core.mail.domain.letters import unsubscribe_link
from asskomm.core.mail.domain.writing import send
from asskomm.core.mail.models import Address, Mail, Unsubscription
from asskomm.core.mail.signatures import is_signed, signature
from asskomm.core.visibility import Principal
from tests.making import FRANKENBERG, GOERLITZ
from tests.reading import by_class, cells, headings

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
Queries = Callable[..., object]


def write(account: int | None = None, kind: str = "news", to: str = "kim@stadt.example") -> Mail:
    mail = send(kind, to=to, account=account)
    assert mail is not None
    return mail


def link(mail: Mail) -> str:
    return re.sub(r"^https?://[^/]+", "", unsubscribe_link(mail.address, mail.kind))


def test_the_inbox_shows_ones_own_mails_newest_first_and_nobody_elses(client: Client, sign_in: SignIn) -> None:
    settle_installation(example=True)
    write(sign_in("mayor", FRANKENBERG).account, to="other@stadt.example")
    mine = sign_in("coordinator", GOERLITZ).account
    write(mine)
    write(mine, "probe")
    write()
    page = client.get("/postfach/")
    assert headings(page, 2)[:2] == ["Testnachricht von ASSKomm", "Neues aus der Allianz: Übersicht"]
    assert len(by_class(page, "panel")) == 2
    sign_in("administrator")
    assert by_class(client.get("/postfach/"), "panel") == []


def test_a_real_installation_has_no_inbox(client: Client, sign_in: SignIn) -> None:
    assert client.get("/postfach/").status_code == 302
    sign_in("coordinator", GOERLITZ)
    assert client.get("/postfach/").status_code == 404


def test_the_outbox_is_for_administrators_and_says_neither_content_nor_address(client: Client, sign_in: SignIn) -> None:
    mail = write()
    mark_undeliverable(mail.address, "550 5.1.1 unbekannt")
    sign_in("state_council")
    again = reverse("mail:write_again", args=[mail.address.reference])
    assert (client.get("/postausgang/").status_code, client.post(again).status_code) == (403, 403)
    sign_in("administrator")
    page = client.get("/postausgang/")
    assert [row[1:] for row in cells(page)] == [["Art", "An", "Stand", "Was schiefging"], ["Neuigkeiten", "k…@stadt.example", "wartet", "–"]]
    assert ("kim@" in page.content.decode(), "Umlaute" in page.content.decode(), client.get(again).status_code) == (False, False, 405)
    assert by_class(client.post(again, follow=True), "note") == ["An diese Adresse wird wieder geschrieben."]
    assert Address.objects.filter(undeliverable_since=None).count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_lists_have_a_fixed_number_of_queries(client: Client, sign_in: SignIn, count: int, django_assert_num_queries: Queries) -> None:
    settle_installation(example=True)
    account = sign_in("administrator").account
    for number in range(count):
        mark_undeliverable(write(account, to=f"k{number}@stadt.example").address, "weg")
    for address, queries in (("/postfach/", 5), ("/postausgang/", 6)):
        client.get(address)
        with django_assert_num_queries(queries):  # type: ignore[attr-defined]
            client.get(address)


def test_looking_at_the_link_unsubscribes_nobody_and_the_button_does(client: Client) -> None:
    mail = write()
    page = client.get(link(mail))
    assert (page.status_code, headings(page), Unsubscription.objects.count()) == (200, ["Nachrichten abbestellen"], 0)
    done = client.post(link(mail))
    assert by_class(done, "lead") == ["Abbestellt: Neuigkeiten. An k…@stadt.example gehen solche Nachrichten nicht mehr."]
    assert list(Unsubscription.objects.values_list("address", "kind")) == [(mail.address_id, "news")]


def test_one_click_of_a_mail_program_unsubscribes_without_a_cookie_and_twice_is_once() -> None:
    mail, program = write(), Client(enforce_csrf_checks=True)
    answers = [program.post(link(mail), {"List-Unsubscribe": "One-Click"}).status_code for _again in range(2)]
    assert (answers, Unsubscription.objects.count()) == ([200, 200], 1)


def test_a_link_serves_one_address_and_one_kind_and_no_duty(client: Client) -> None:
    mail, other, duty = write(), write(to="other@stadt.example"), write(kind="probe")
    signed = link(mail).rstrip("/").rpartition("/")[2]
    wrong = [
        link(mail).replace(mail.address.reference, other.address.reference),
        link(mail).replace("/news/", "/probe/"),
        link(mail).replace(signed, "0" * 24),
        link(duty),
        reverse("mail:unsubscribe", args=["222222222222", "news", signature("unsubscribe", "222222222222", "news")]),
    ]
    assert [client.post(address).status_code for address in wrong] == [404] * 5
    assert Unsubscription.objects.count() == 0


def test_a_signature_outlives_a_new_key_until_the_former_is_forgotten(settings: Settings) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "alt", []
    given = signature("unsubscribe", "a", "b")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "neu", ["alt"]
    assert (len(given), is_signed(given, "unsubscribe", "a", "b"), is_signed(given, "unsubscribe", "a", "c")) == (32, True, False)
    settings.SECRET_KEY_FALLBACKS = []
    assert not is_signed(given, "unsubscribe", "a", "b")
