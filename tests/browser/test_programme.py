# SPDX-License-Identifier: EUPL-1.2
"""A programme in a browser: dragged, typed, and with keys alone moved to the same place, and kept on the device."""

from collections.abc import Callable

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, ViewportSize, expect

from tests.browser.addresses import Known
from tests.browser.conftest import PATIENCE
from tests.browser.test_registering import to
from tests.conftest import Site

SignedIn = Callable[[str], StorageState | None]
TITLE = "Der Landkreis als Partner"
MOVED = "Streetwork am Bahnhof"
FOCUS_SHOWS = """() => { const style = getComputedStyle(document.activeElement);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none"; }"""
ROOMY: ViewportSize = {"width": 1600, "height": 3000}
"""Nothing scrolls while something is dragged."""


def test_dragging_and_typing_put_a_session_in_the_same_way(browser: Browser, site: Site, signed_in: SignedIn, known: Known) -> None:
    plan = f"/veranstaltungen/{known.gathering}/programm/bearbeiten/"
    with browser.new_context(base_url=site.url, storage_state=signed_in("council"), viewport=ROOMY) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(plan)
        card, free = page.locator(".card", has_text=TITLE), page.locator('td[data-start$="11:40"]').nth(4)
        with page.expect_navigation():
            card.locator("p").first.drag_to(free)
        expect(page.locator('td[data-start$="11:40"]').nth(4).locator("h3")).to_have_text(TITLE)
    with browser.new_context(base_url=site.url, storage_state=signed_in("council"), java_script_enabled=False) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(plan)
        card = page.locator(".card", has=page.get_by_role("link", name=TITLE))
        card.locator("summary").click()
        card.get_by_label("Raum").select_option(label="Raum Neiße")
        begin = card.get_by_label("Beginn").input_value()
        card.get_by_label("Beginn").fill(begin.replace("11:40", "10:50"))
        with page.expect_navigation():
            card.get_by_role("button", name="Speichern").click()
        expect(page.locator('td[data-start$="10:50"]').nth(3).locator("h3")).to_have_text(TITLE)


def reach(page: Page, name: str) -> None:
    """Go on by the tabulator to something of this name, and hold that one sees where one is."""
    page.keyboard.press("Tab")
    to(page, name, most=200)
    assert page.evaluate(FOCUS_SHOWS), name


def test_with_keys_alone_a_session_gets_another_room_and_time(browser: Browser, site: Site, signed_in: SignedIn, known: Known) -> None:
    with browser.new_context(base_url=site.url, storage_state=signed_in("council")) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"/veranstaltungen/{known.gathering}/programm/bearbeiten/")
        reach(page, f"Raum und Zeit: {MOVED}")
        page.keyboard.press("Enter")
        reach(page, "Raum")
        page.keyboard.press("ArrowDown")  # from Raum Mulde to the next
        reach(page, "Beginn")
        day = page.evaluate("document.activeElement.value").split()[0]
        page.keyboard.press("Control+A")
        page.keyboard.type(f"{day} 12:25")
        reach(page, "Speichern")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        cell = page.locator('td[data-start$="12:25"]', has=page.get_by_role("heading", name=MOVED))
        column = cell.evaluate("cell => cell.closest('table').tHead.rows[0].cells[cell.cellIndex].innerText")
        assert column.startswith("Raum Neiße")
        reach(page, f"Raum und Zeit: {MOVED}")  # the page goes on where the session stands now


def test_what_is_kept_stays_on_the_device(context: BrowserContext, known: Known) -> None:
    page = context.new_page()
    page.goto(f"/veranstaltungen/{known.gathering}/programm/")
    parts = page.locator("[data-part]")
    expect(parts).to_have_count(20)
    parts.first.get_by_role("button", name="Merken").click()
    page.reload()
    expect(parts.first.get_by_role("button")).to_have_text("★ Nicht mehr merken")
    page.get_by_role("button", name="Nur Gemerktes zeigen").click()
    expect(page.locator("[data-part]:visible")).to_have_count(1)
    page.get_by_role("button", name="Alles zeigen").click()
    expect(page.locator("[data-part]:visible")).to_have_count(20)


def test_on_paper_stands_the_programme_and_nothing_to_press(context: BrowserContext, known: Known) -> None:
    page = context.new_page()
    page.goto(f"/veranstaltungen/{known.gathering}/programm/")
    page.emulate_media(media="print")
    for part in (".menu-box", ".head-tools", ".filter", ".star", ".only"):
        expect(page.locator(f"{part}:visible")).to_have_count(0)
    expect(page.locator("[data-part]:visible")).to_have_count(20)
    expect(page.locator("[data-part]", has_text=TITLE)).to_contain_text("Raum")
    expect(page.locator("main")).to_contain_text("11:40")
