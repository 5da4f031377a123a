# SPDX-License-Identifier: EUPL-1.2
"""A mayor appoints a coordinator, who gets in by the link in her mail: how many clicks that takes."""

import sqlite3
from collections.abc import Callable

from playwright.sync_api import Browser, Page, StorageState

from tests.browser.addresses import Known
from tests.browser.conftest import PATIENCE, press
from tests.conftest import Site

EMAIL = "paula.neu@example.org"


class Clicks:
    """Counts what somebody presses on a page."""

    def __init__(self, page: Page) -> None:
        """Begin with none."""
        page.set_default_timeout(PATIENCE)
        self.page, self.count = page, 0

    def follow(self, link: str) -> None:
        """Follow a link of the page's content."""
        self.count += 1
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("link", name=link, exact=True).first.click()

    def press(self, button: str) -> None:
        """Press a button of the page's content."""
        self.count += 1
        press(self.page, button)


def link_to(site: Site, email: str) -> str:
    """Give the link in the invitation to somebody."""
    ask = "SELECT text FROM mail_mail m JOIN mail_address a ON a.id = address_id WHERE kind = 'invitation' AND a.email = ?"
    with sqlite3.connect(site.data / "asskomm.sqlite3") as database:
        (text,) = database.execute(ask, (email,)).fetchone()
    return next(word for word in str(text).split() if "/einloggen/link/" in word)


def test_appointing_takes_two_clicks_and_getting_in_one_after_the_link(
    browser: Browser, site: Site, signed_in: Callable[[str], StorageState | None], known: Known
) -> None:
    with browser.new_context(base_url=site.url, storage_state=signed_in("mayor"), locale="de-DE") as context:
        mayor = Clicks(context.new_page())
        mayor.page.goto(f"/organisationen/{known.organisation}/")
        mayor.follow("Person eintragen")
        mayor.page.get_by_label("Vorname").fill("Paula")
        mayor.page.get_by_label("Nachname").fill("Neu")
        mayor.page.get_by_label("Dienstliche E-Mail-Adresse").fill(EMAIL)
        mayor.page.get_by_label("Funktion").select_option(label="Koordinator/in")
        mayor.press("Eintragen und einladen")
        assert "Paula Neu, Koordinator/in" in mayor.page.get_by_role("main").inner_text()
    with browser.new_context(base_url=site.url, locale="de-DE") as context:
        new = Clicks(context.new_page())
        new.page.goto("/einloggen/link/" + link_to(site, EMAIL).split("/einloggen/link/")[1])
        assert new.page.get_by_role("heading", level=1).inner_text() == "Willkommen bei ASSKomm"
        new.press("Jetzt einloggen")
        new.page.goto("/schreibtisch/")
        assert new.page.locator(".function").all_inner_texts() == ["Frankenberg/Sa. · Koordinator/in"]
        assert (mayor.count, new.count) == (2, 1)
