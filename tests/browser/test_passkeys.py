# SPDX-License-Identifier: EUPL-1.2
"""Passkeys and security keys in a real browser with an authenticator of its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PASSWORD, PATIENCE, plug, press
from tests.conftest import Site


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of somebody who signed in with her password and confirmed it, with an authenticator on her machine."""
    with browser.new_context(base_url=site.url, locale="de-DE") as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


def _heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def _sign_in(page: Page, name: str) -> None:
    page.goto("/einloggen/")
    page.get_by_label("E-Mail-Adresse").fill(f"{name}@example.org")
    page.get_by_label("Passwort").fill(PASSWORD)
    press(page, "Einloggen")


def _add(page: Page, name: str) -> None:
    page.goto("/konto/zweiter-faktor/passkeys/neu/")
    page.get_by_label("Passwort").fill(PASSWORD)
    press(page, "Bestätigen")
    page.get_by_label("Name").fill(name)


def _sign_out(page: Page) -> None:
    page.goto("/ausloggen/")
    press(page, "Ausloggen")


def test_a_passkey_is_enough_by_itself(page: Page) -> None:
    plug(page, resident=True)
    _sign_in(page, "passkey")
    _add(page, "Diensthandy")
    press(page, "Jetzt einrichten")
    assert _heading(page) == "Wiederherstellungscodes"
    _sign_out(page)
    page.goto("/einloggen/?next=/konto/")
    press(page, "Mit Passkey einloggen")
    assert _heading(page) == "Mein Zugang"
    page.goto("/konto/zweiter-faktor/")
    with page.expect_navigation():
        page.get_by_role("link", name="Umbenennen: Diensthandy").click()
    press(page, "Mit Passkey bestätigen")
    page.get_by_label("Name").fill("Tablet")
    press(page, "Speichern")
    with page.expect_navigation():
        page.get_by_role("link", name="Entfernen: Tablet").click()
    press(page, "Entfernen")
    assert page.get_by_role("link", name="Tablet").count() == 0


def test_a_security_key_is_a_second_factor(page: Page) -> None:
    plug(page, resident=False)
    _sign_in(page, "key")
    _add(page, "Schlüsselbund")
    page.get_by_label("Damit ohne Passwort einloggen").uncheck()
    press(page, "Jetzt einrichten")
    assert _heading(page) == "Wiederherstellungscodes"
    _sign_out(page)
    _sign_in(page, "key")
    assert _heading(page) == "Zweiter Faktor"
    press(page, "Schlüssel benutzen")
    page.goto("/konto/")
    assert _heading(page) == "Mein Zugang"


def test_a_passkey_that_is_not_there_is_said_in_words(page: Page) -> None:
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError'))")
    page.goto("/einloggen/")
    page.get_by_role("button", name="Mit Passkey einloggen").click()
    fault = page.get_by_role("alert")
    fault.wait_for()
    assert fault.inner_text().startswith("Das hat nicht geklappt")
