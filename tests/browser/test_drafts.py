# SPDX-License-Identifier: EUPL-1.2
"""A proposal in a browser: kept from the first key on, once, also after the network was away, and without a script by a button."""

import re
import sqlite3

from playwright.sync_api import Browser, BrowserContext, Route, expect

from tests.browser.addresses import Known
from tests.browser.conftest import PATIENCE
from tests.conftest import Site

LINK = re.compile(r"/vorschlag/\w{12}/\w{32}/$")


def kept(site: Site, name: str) -> list[tuple[str, str, str]]:
    """Give title, address and state of what somebody of a name proposed."""
    with sqlite3.connect(site.data / "asskomm.sqlite3") as database:
        rows = database.execute("SELECT title, email, state FROM events_proposal WHERE name = ? ORDER BY id", (name,)).fetchall()
    database.close()
    return rows


def kept_under(site: Site, link: str) -> tuple[str, str, str]:
    """Give name, address and title of what is kept under a link."""
    with sqlite3.connect(site.data / "asskomm.sqlite3") as database:
        row: tuple[str, str, str] = database.execute(
            "SELECT name, email, title FROM events_proposal WHERE reference = ?", (link.split("/vorschlag/")[1].split("/", maxsplit=1)[0],)
        ).fetchone()
    database.close()
    return row


def test_one_key_is_kept(context: BrowserContext, site: Site, known: Known) -> None:
    page = context.new_page()
    page.goto(f"/veranstaltungen/{known.gathering}/aufruf/")
    page.get_by_label("Titel").press("W")
    expect(page).to_have_url(LINK)
    assert kept_under(site, page.url) == ("", "", "W")


def test_an_address_that_is_whole_begins_a_draft(context: BrowserContext, site: Site, known: Known) -> None:
    page = context.new_page()
    page.goto(f"/veranstaltungen/{known.gathering}/aufruf/")
    page.get_by_label("E-Mail-Adresse").press_sequentially("erst@stadt.example")
    page.keyboard.press("Tab")
    expect(page).to_have_url(LINK)
    assert kept_under(site, page.url) == ("", "erst@stadt.example", "")


def test_while_somebody_types_her_address_only_the_rest_is_kept(context: BrowserContext, site: Site, known: Known) -> None:
    page = context.new_page()
    page.goto(f"/veranstaltungen/{known.gathering}/aufruf/")
    page.get_by_label("Titel").press_sequentially("Rest")
    expect(page).to_have_url(LINK)
    page.get_by_label("E-Mail-Adresse").press_sequentially("halb@st")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.evaluate("document.querySelector('form[data-draft]').elements.title.dispatchEvent(new InputEvent('input', {bubbles: true}))")
    assert kept_under(site, page.url) == ("", "", "Rest")


def test_what_was_typed_without_a_network_is_kept_when_it_is_back(context: BrowserContext, site: Site, known: Known) -> None:
    page = context.new_page()
    page.goto(f"/veranstaltungen/{known.gathering}/aufruf/")
    context.set_offline(offline=True)
    page.get_by_label("Vor- und Nachname").press_sequentially("Netz Weg")
    expect(page.locator(".draft-told")).to_contain_text("Gerade ließ sich nichts speichern.")
    context.set_offline(offline=False)
    expect(page).to_have_url(LINK)
    expect(page.locator(".draft-told")).to_contain_text("Entwurf gespeichert")
    assert kept_under(site, page.url) == ("Netz Weg", "", "")
    context.set_offline(offline=True)
    page.get_by_label("Titel").press_sequentially("Wege")
    expect(page.locator(".draft-told")).to_contain_text("Gerade ließ sich nichts speichern.")
    expect(page.get_by_label("Titel")).to_have_value("Wege")
    context.set_offline(offline=False)
    expect(page.locator(".draft-told")).to_contain_text("Entwurf gespeichert")
    assert kept_under(site, page.url) == ("Netz Weg", "", "Wege")


def test_what_is_typed_is_there_again_under_the_link(context: BrowserContext, site: Site, known: Known) -> None:
    page = context.new_page()
    page.goto(f"/veranstaltungen/{known.gathering}/aufruf/")
    page.get_by_label("Vor- und Nachname").press_sequentially("Zoe Browser")
    expect(page).to_have_url(LINK)
    expect(page.locator(".draft-told")).to_contain_text("Entwurf gespeichert")
    page.get_by_label("E-Mail-Adresse").press_sequentially("zoe@stadt.example")
    page.get_by_label("Titel").press_sequentially("Wege")
    with page.expect_response(lambda answer: "/vorschlag/" in answer.url and answer.request.method == "POST"):
        page.get_by_label("Worum es geht").press_sequentially("Ein langer Text, der nicht verloren geht.")
    page.wait_for_function("document.querySelector('form[data-draft]').elements.abstract.value.length > 0")
    with page.expect_navigation():
        page.get_by_role("button", name="Entwurf speichern").click()
    page.goto(page.url)
    expect(page.get_by_label("Titel")).to_have_value("Wege")
    expect(page.get_by_label("Worum es geht")).to_have_value("Ein langer Text, der nicht verloren geht.")
    assert kept(site, "Zoe Browser") == [("Wege", "zoe@stadt.example", "draft")]


def test_whoever_is_quicker_than_the_draft_has_proposed_once(context: BrowserContext, site: Site, known: Known) -> None:
    page = context.new_page()
    page.goto(f"/veranstaltungen/{known.gathering}/aufruf/")
    page.get_by_label("E-Mail-Adresse").fill("rasch@stadt.example")
    page.get_by_label("Was soll es werden?").select_option("talk")
    page.get_by_label("Titel").fill("Rasch")
    page.get_by_label("Worum es geht").fill("Kurz.")
    page.get_by_label("Vor- und Nachname").fill("Rasch Browser")
    page.get_by_role("button", name="Einreichen").click()
    expect(page.get_by_text("Ihr Vorschlag ist eingereicht. Bis zum")).to_be_visible()
    assert kept(site, "Rasch Browser") == [("Rasch", "rasch@stadt.example", "submitted")]


def test_without_a_script_a_button_keeps_it(browser: Browser, site: Site, known: Known) -> None:
    with browser.new_context(base_url=site.url, java_script_enabled=False) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"/veranstaltungen/{known.gathering}/aufruf/")
        page.get_by_label("Vor- und Nachname").fill("Ohne Browser")
        page.get_by_role("button", name="Entwurf speichern").click()
        expect(page).to_have_url(LINK)
    assert kept(site, "Ohne Browser") == [("", "", "draft")]


def test_where_a_call_is_closed_meanwhile_nothing_is_sent_again_and_again(context: BrowserContext, known: Known) -> None:
    page, sent = context.new_page(), list[str]()

    def refuse(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=409, content_type="text/html", body="<p>zu</p>")

    page.goto(f"/veranstaltungen/{known.gathering}/aufruf/")
    page.route("**/aufruf/", refuse)
    page.get_by_label("Titel").press("W")
    expect(page.locator(".draft-told")).to_have_text("Von selbst wird hier nichts mehr gespeichert. Warum, steht da, wenn Sie den Knopf drücken.")
    page.get_by_label("Titel").press_sequentially("ald")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    with context.expect_page() as another:
        page.evaluate("setTimeout(() => window.open('about:blank'), 1800)")  # longer than it waits for the next key
    another.value.close()
    assert sent == ["POST"]
