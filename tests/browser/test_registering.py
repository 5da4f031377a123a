# SPDX-License-Identifier: EUPL-1.2
"""Somebody registers by keyboard alone, and somebody by what a screen reader tells of the page; the link stands in her mail."""

import sqlite3

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.addresses import Known
from tests.browser.conftest import PATIENCE
from tests.conftest import Site

FOCUSED = """() => { const e = document.activeElement; const label = e.labels && e.labels[0];
    return (label ? label.firstChild.textContent : e.textContent).trim().replace(/\\s+/g, " "); }"""
FORM = """
- heading "Anmelden" [level=1]
- paragraph: /Noch \\d+ Plätze frei/
- textbox "Vor- und Nachname"
- textbox "E-Mail-Adresse"
- combobox "Sie kommen für"
- checkbox "Mein Name und meine Stelle dürfen auf der Liste für die anderen Teilnehmenden stehen."
- button "Anmelden"
"""
WRONG = """
- alert:
  - list:
    - listitem:
      - 'link "Vor- und Nachname: Dieses Feld ist zwingend erforderlich."'
    - listitem:
      - 'link "E-Mail-Adresse: Dieses Feld ist zwingend erforderlich."'
- textbox "Vor- und Nachname" [invalid]
- textbox "E-Mail-Adresse" [invalid]
"""


def to(page: Page, name: str, most: int = 60) -> None:
    """Press the tabulator until something of this name has the focus, at most so many times."""
    for _stop in range(most):
        if page.evaluate(FOCUSED).startswith(name):
            return
        page.keyboard.press("Tab")
    raise AssertionError(name)


def link_of(site: Site, address: str) -> str:
    """Give the link in the mail to somebody."""
    ask = "SELECT text FROM mail_mail m JOIN mail_address a ON a.id = address_id WHERE kind = 'registration_to_confirm' AND a.email = ?"
    with sqlite3.connect(site.data / "asskomm.sqlite3") as database:
        (text,) = database.execute(ask, (address,)).fetchone()
    database.close()
    return "/anmeldung/" + str(text).partition("/anmeldung/")[2].split()[0]


def test_by_keyboard_alone(context: BrowserContext, site: Site, known: Known) -> None:
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"/veranstaltungen/{known.gathering}/")
    to(page, "Anmelden")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")
    for field, words in (("Vor- und Nachname", "Tasta Tur"), ("E-Mail-Adresse", "tasta@stadt.example")):
        to(page, field)
        page.keyboard.type(words)
    to(page, "Sie kommen für")
    page.keyboard.press("ArrowDown")
    to(page, "Anmelden")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Noch ein Schritt")
    page.goto(link_of(site, "tasta@stadt.example"))
    to(page, "Bestätigen")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("main .lead")).to_have_text("Tasta Tur, Sie sind angemeldet.")


def test_by_what_a_screen_reader_tells(context: BrowserContext, site: Site, known: Known) -> None:
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"/veranstaltungen/{known.gathering}/anmelden/")
    main = page.get_by_role("main")
    expect(main).to_match_aria_snapshot(FORM)
    main.get_by_role("button", name="Anmelden").click()
    expect(main).to_match_aria_snapshot(WRONG)
    main.get_by_role("link", name="E-Mail-Adresse: Dieses Feld").click()
    assert page.evaluate("() => document.activeElement.id") == "id_email"
    main.get_by_role("textbox", name="Vor- und Nachname").fill("Vera Vorlesen")
    main.get_by_role("textbox", name="E-Mail-Adresse").fill("vera@stadt.example")
    main.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Noch ein Schritt")
    page.goto(link_of(site, "vera@stadt.example"))
    main.get_by_role("button", name="Bestätigen").click()
    expect(main).to_match_aria_snapshot("- paragraph: Vera Vorlesen, Sie sind angemeldet.")
