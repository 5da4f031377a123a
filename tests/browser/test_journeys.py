# SPDX-License-Identifier: EUPL-1.2
"""The main journeys without JavaScript, by keyboard, in forced colours and on paper."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from tests.browser.conftest import PATIENCE, press
from tests.conftest import Site

SignedIn = Callable[[str], StorageState | None]
FOCUSED = """() => { const e = document.activeElement; const style = getComputedStyle(e);
    return [(e.getAttribute("aria-label") || e.textContent || e.name || e.tagName).trim().replace(/\\s+/g, " ").slice(0, 60),
            style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2]; }"""


@pytest.fixture
def plain_page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of the public in a browser without JavaScript."""
    with browser.new_context(base_url=site.url, java_script_enabled=False) as context:
        yield _page(context)


@pytest.fixture
def coordinator_page(browser: Browser, site: Site, signed_in: SignedIn) -> Iterator[Page]:
    """A page of the coordinator of Frankenberg in a browser without JavaScript."""
    with browser.new_context(base_url=site.url, java_script_enabled=False, storage_state=signed_in("coordinator")) as context:
        yield _page(context)


def _page(context: BrowserContext) -> Page:
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def _heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def _go(page: Page, link: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=link, exact=True).first.click()


def test_search_leads_to_the_municipality(plain_page: Page) -> None:
    plain_page.goto("/")
    plain_page.get_by_label("Ihr Ort oder Ihre Postleitzahl").fill("frankenberg")
    press(plain_page, "Suchen")
    assert _heading(plain_page) == "Frankenberg/Sa."


def test_search_lists_several_places(plain_page: Page) -> None:
    plain_page.goto("/kommunen/?ort=Auerbach")
    found = plain_page.get_by_role("main").get_by_role("listitem").get_by_role("link").all_inner_texts()
    assert found == ["Auerbach", "Auerbach/Vogtl."]
    _go(plain_page, "Auerbach/Vogtl.")
    assert _heading(plain_page) == "Auerbach/Vogtl."


def test_entering_an_event_in_one_form(coordinator_page: Page) -> None:
    page = coordinator_page
    page.goto("/kommunen/14522150/")
    _go(page, "Ereignis eintragen")
    assert page.get_by_label("Wo?").input_value() == "Frankenberg/Sa. (Landkreis Mittelsachsen)"
    page.get_by_label("Was ist geschehen?").select_option(label="Projekt begonnen")
    page.get_by_label("Wann?").fill("03.03.2024")
    press(page, "Speichern")
    assert page.get_by_role("status").inner_text() == "Das Ereignis ist eingetragen."
    _go(page, "Frankenberg/Sa.")
    entry = page.locator(".timeline li", has=page.locator(".when", has_text="03.03.2024"))
    assert entry.get_by_role("link").all_inner_texts() == ["Projekt begonnen"]


def test_a_wrong_date_is_named_at_its_field(coordinator_page: Page) -> None:
    page = coordinator_page
    page.goto("/ereignisse/neu/")
    page.get_by_label("Was ist geschehen?").select_option(label="Beratung")
    page.get_by_label("Wann?").fill("31.02.2023")
    press(page, "Speichern")
    field = page.get_by_label("Wann?")
    assert field.input_value() == "31.02.2023"
    described = (field.get_attribute("aria-describedby") or "").split()
    assert page.locator(f"#{described[-1]}").inner_text().strip() == "Den Tag „31.02.2023“ gibt es nicht."


def load_until_it_is_done(page: Page) -> None:
    """Load the page anew while the worker works, as one does without JavaScript."""
    again = page.get_by_role("link", name="Stand neu laden")
    while again.count():
        again.click()


def test_taking_over_a_file(coordinator_page: Page, tmp_path: Path) -> None:
    file = tmp_path / "ereignisse.csv"
    file.write_text("Datum;Art;Kommune\n04.04.2024;Beratung;Frankenberg\n31.02.2024;Beratung;Frankenberg\n", "utf-8")
    page = coordinator_page
    page.goto("/daten-einlesen/")
    page.get_by_label("Datei", exact=True).set_input_files(file)
    press(page, "Vorschau zeigen")
    load_until_it_is_done(page)
    assert page.get_by_role("heading", level=1).inner_text() == "Vorschau"
    assert page.locator(".tile .number").all_inner_texts() == ["1", "1", "0"]
    assert page.get_by_role("region", name="Nicht übernommene Zeilen").get_by_role("cell").all_inner_texts() == [
        "3",
        "Datum",
        "31.02.2024",
        "Den Tag „31.02.2024“ gibt es nicht.",
    ]
    press(page, "Übernehmen")
    load_until_it_is_done(page)
    assert page.get_by_role("link", name="Quelle", exact=True).count() == 1
    batch = page.url
    page.goto("/kommunen/14522150/")
    assert page.locator(".timeline .when", has_text="04.04.2024").count() == 1
    page.goto(batch)
    page.get_by_text("Rückgängig machen", exact=True).click()
    press(page, "Jetzt rückgängig machen")
    load_until_it_is_done(page)
    assert page.locator(".badge").all_inner_texts() == ["rückgängig gemacht"]
    page.goto("/kommunen/14522150/")
    assert page.locator(".timeline .when", has_text="04.04.2024").count() == 0


def test_language_there_and_back(plain_page: Page) -> None:
    plain_page.goto("/netzwerk/tabelle/?stand=14.09.2023")
    for button, language in (("English", "en"), ("Deutsch", "de")):
        with plain_page.expect_navigation():
            plain_page.get_by_role("button", name=button).click()
        assert plain_page.locator("html").get_attribute("lang") == language
        assert plain_page.url.endswith("/netzwerk/tabelle/?stand=14.09.2023")


def test_choosing_a_day_on_the_map(plain_page: Page) -> None:
    plain_page.goto("/netzwerk/")
    plain_page.get_by_text("Tag und Auswahl").click()
    plain_page.get_by_label("Stand").fill("28.02.2019")
    plain_page.get_by_label("Modellkommune").check()
    press(plain_page, "Anzeigen")
    assert plain_page.get_by_role("heading", level=2).all_inner_texts() == ["Stand 28.02.2019"]
    assert plain_page.locator(".legend li", has_text="Modellkommune").locator(".count").inner_text() == "8"


def test_from_a_figure_to_its_event(plain_page: Page) -> None:
    plain_page.goto("/kennzahlen/?stand=14.09.2023")
    _go(plain_page, "Kooperationsvereinbarungen")
    assert plain_page.locator("p.number").inner_text() == "54"
    _go(plain_page, "nach Landkreis")
    parts = plain_page.locator("table.narrow td").all_inner_texts()
    assert sum(map(int, parts)) == 54
    _go(plain_page, "Kooperationsvereinbarung unterzeichnet")
    assert _heading(plain_page) == "Kooperationsvereinbarung unterzeichnet"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of the public."""
    return _page(context)


def test_the_skip_link_comes_first_and_leads_to_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == ["Zum Inhalt", True]
    assert page.locator(".skip-link").first.bounding_box() == page.locator(".skip-link:focus").bounding_box()
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "inhalt"


def test_tab_order_of_the_head(page: Page) -> None:
    page.goto("/")
    stops = []
    for _ in range(15):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
    assert [visible for _name, visible in stops] == [True] * 15
    assert [name for name, _visible in stops] == [
        "Zum Inhalt",
        "ASSKomm Allianz Sichere Sächsische Kommunen",
        "q",
        "Suchen",
        "Leichte Sprache",
        "English",
        "Einloggen",
        "Startseite",
        "Kommunen",
        "Themen",
        "Veranstaltungen",
        "Zahlen und Daten",
        "Für die Presse",
        "Ereignisse",
        "Organisationen",
    ]


def test_an_area_of_the_map_is_reached_and_opened_by_keyboard(page: Page) -> None:
    page.goto("/netzwerk/")
    page.get_by_role("link", name="Karte überspringen").focus()
    page.keyboard.press("Tab")
    name = page.evaluate("() => document.activeElement.querySelector('title').textContent.split(':')[0]")
    stroke = "() => parseFloat(getComputedStyle(document.activeElement.querySelector('path')).strokeWidth)"
    assert page.evaluate(stroke) == 4
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert _heading(page) == name


def test_forced_colours_keep_the_keys_of_the_legend(browser: Browser, site: Site) -> None:
    with browser.new_context(base_url=site.url, forced_colors="active") as context:
        page = _page(context)
        page.goto("/netzwerk/")
        assert page.screenshot(full_page=True)[:4] == b"\x89PNG"
        widths = page.evaluate("() => [...document.querySelectorAll('.key')].map(e => parseFloat(getComputedStyle(e).borderTopWidth))")
        assert widths == [1] * 9
        grounds = page.evaluate("() => new Set([...document.querySelectorAll('.key')].map(e => getComputedStyle(e).backgroundColor)).size")
        assert grounds == 9


def test_paper_has_no_navigation_and_says_that_it_is_made_up(page: Page) -> None:
    page.goto("/netzwerk/")
    page.emulate_media(media="print")
    parts = (".menu-box", ".head-tools", ".skip-link:not(.within)", ".skip-link.within", ".search-line", ".filter")
    assert [page.locator(part).is_visible() for part in parts] == [False] * 6
    assert page.locator("footer .print-only").inner_text() == "Beispiel, frei erfunden"
    assert page.locator("footer .print-only").is_visible()


def test_a_token_for_a_program_is_made_used_and_revoked(coordinator_page: Page, browser: Browser, site: Site) -> None:
    coordinator_page.set_viewport_size({"width": 320, "height": 640})
    coordinator_page.goto("/konto/")
    _go(coordinator_page, "Programme in meinem Namen lesen und Dateien einlesen lassen")
    coordinator_page.get_by_label("Name des Programms").fill("Auswertung")
    coordinator_page.get_by_label("Dateien einlesen und Anmeldungen eintragen").check()
    press(coordinator_page, "Zugang anlegen")
    secret = coordinator_page.locator("code.secret").inner_text()
    assert coordinator_page.evaluate("() => document.documentElement.scrollWidth") <= 320
    with browser.new_context(base_url=site.url, extra_http_headers={"Authorization": f"Bearer {secret}"}) as program:
        assert program.request.get("/api/imports").status == 200
        press(coordinator_page, "Widerrufen: Auswertung")
        assert coordinator_page.get_by_role("main").get_by_text("widerrufen", exact=True).count() == 1
        assert program.request.get("/api/imports").status == 401


def test_by_keyboard_the_map_is_passed_in_one_step(page: Page) -> None:
    page.goto("/netzwerk/")
    page.get_by_text("Tag und Auswahl").focus()
    page.keyboard.press("Tab")
    passed = page.get_by_role("link", name="Karte überspringen")
    expect(passed).to_be_focused()
    box = passed.bounding_box()
    assert box is not None
    assert box["height"] > 24
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Als Tabelle")).to_be_focused()


def test_on_a_phone_the_menu_is_folded_and_opens(browser: Browser, site: Site) -> None:
    for scripted in (True, False):
        with browser.new_context(base_url=site.url, viewport={"width": 320, "height": 640}, java_script_enabled=scripted) as context:
            page = _page(context)
            page.goto("/")
            menu, button = page.locator(".menu"), page.locator(".menu-box > summary")
            assert (menu.is_visible(), button.inner_text()) == (not scripted, "Menü")
            button.focus()
            page.keyboard.press("Enter")
            assert menu.is_visible() is scripted
            page.set_viewport_size({"width": 1280, "height": 640})
            assert (menu.is_visible(), button.is_visible()) == (scripted, not scripted)


def test_a_figure_is_named_before_its_number(page: Page) -> None:
    page.goto("/")
    tile = page.locator(".tile").first
    names, number = tile.locator("strong").bounding_box(), tile.locator(".number").bounding_box()
    assert names is not None
    assert number is not None
    assert number["y"] < names["y"]
    assert [part.evaluate("e => e.tagName") for part in tile.locator("> *").all()][:2] == ["STRONG", "SPAN"]
