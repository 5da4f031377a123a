# SPDX-License-Identifier: EUPL-1.2
"""What the law asks for stands on every page, says what is true, and a barrier can be told of without an account."""

import re
from typing import Any

import pytest
from django.test import Client

from asskomm.core.mail.models import Mail
from asskomm.core.retention import DELETION_RULES
from asskomm.publishing.domain.processing import processings
from tests.making import member
from tests.reading import cells, field_errors, headings, links, said

pytestmark = pytest.mark.django_db
PAGES = {
    "/impressum/": "Impressum",
    "/datenschutz/": "Datenschutz",
    "/barrierefreiheit/": "Erklärung zur Barrierefreiheit",
    "/barriere-melden/": "Barriere melden",
    "/leichte-sprache/": "Leichte Sprache",
}


def test_all_are_reached_from_every_page(client: Client) -> None:
    for page in ("/", "/netzwerk/", *PAGES):
        assert set(PAGES) <= set(links(client.get(page)))
    assert {page: headings(client.get(page)) for page in PAGES} == {page: [title] for page, title in PAGES.items()}


def test_every_rule_of_deletion_is_on_the_privacy_page(client: Client) -> None:
    assert {row.rule for row in processings()} == set(DELETION_RULES.keys())
    assert [row[5] for row in cells(client.get("/datenschutz/"))[1:]] == [str(row.deletion.period) for row in processings()]


def test_the_operator_stands_there_or_that_it_is_missing(client: Client, settings: Any) -> None:
    missing = "Wer diese Seite betreibt, ist noch nicht eingetragen."
    for page in ("/impressum/", "/datenschutz/", "/barrierefreiheit/"):
        settings.OPERATOR = []
        assert missing in said(client.get(page).content.decode())
        settings.OPERATOR = ["Landespräventionsrat", "01097 Dresden"]
        text = said(client.get(page).content.decode())
        assert (missing in text, "Landespräventionsrat 01097 Dresden" in text) == (False, True)


def test_a_barrier_goes_to_the_contact_and_nothing_else_is_kept(client: Client, settings: Any) -> None:
    settings.CONTACT = "kontakt@asskomm.example"
    answer = client.post("/barriere-melden/", {"text": "Die Karte\nspricht nicht.", "page": "/netzwerk/", "reply": "ada@example.org"})
    assert answer["Location"] == "/barrierefreiheit/"
    mail = Mail.objects.select_related("address").get()
    assert (mail.address.email, mail.subject) == ("kontakt@asskomm.example", "Jemand hat eine Barriere gemeldet")
    assert mail.text.split("\n\n")[2:5] == ["Die Karte\nspricht nicht.", "Seite: /netzwerk/", "Antwort erbeten an: ada@example.org"]


def test_without_a_contact_the_administrators_get_it_and_without_them_it_says_so(client: Client, settings: Any) -> None:
    settings.CONTACT = ""
    refused = client.post("/barriere-melden/", {"text": "x"})
    assert (refused.status_code, Mail.objects.count()) == (422, 0)
    assert list(refused.context["form"].errors["__all__"]) == [
        "Hier ist noch niemand eingetragen, der Meldungen liest. Rufen Sie bitte den Landespräventionsrat an."
    ]
    account, _ = member("administrator", "Sächsisches Staatsministerium des Innern")
    client.post("/barriere-melden/", {"text": "x"})
    assert Mail.objects.get().address.email == account.email


def test_nobody_floods_it(client: Client, settings: Any) -> None:
    settings.CONTACT = "kontakt@asskomm.example"
    answers = [client.post("/barriere-melden/", {"text": "x"}).status_code for _attempt in range(11)]
    assert answers == [302] * 10 + [422]
    assert field_errors(client.post("/barriere-melden/", {"text": ""})) == {"text": ["Dieses Feld ist zwingend erforderlich."]}


def test_easy_language_stands_in_the_head_for_whoever_is_not_signed_in(client: Client) -> None:
    head = re.compile(r"<header.*?</header>", re.DOTALL)
    link = '<a href="/leichte-sprache/">Leichte Sprache</a>'
    assert link in head.findall(client.get("/themen/").content.decode())[0]
    client.force_login(member("state_council")[0])
    assert link not in head.findall(client.get("/themen/").content.decode())[0]


def test_easy_language_has_a_section_for_each_door_and_short_sentences(client: Client) -> None:
    page = client.get("/leichte-sprache/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    doors = re.findall(r'<li><a href="#(\w+)">', main)
    assert doors == re.findall(r'<h2 id="(\w+)">', main) == ["ort", "fragen", "treffen", "anmelden", "einloggen", "mitmachen", "zahlen"]
    lines = [re.sub(r"<[^>]+>", "", line).strip() for line in re.split(r"<br>|</p>|</li>|</h2>", main)]
    assert [line for line in lines if len(line.split()) > 10] == []
