# SPDX-License-Identifier: EUPL-1.2
"""What holds for every page: accessible, fits, quiet, German."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, StorageState

from tests.addresses import url_names
from tests.browser.addresses import EXAMPLES, NO_PAGE, Example, Known
from tests.browser.conftest import press
from tests.browser.looking import axe_finds, inner_names, too_wide_at_320_pixels, too_wide_with_large_text, without_focus
from tests.conftest import Site


@dataclass(frozen=True)
class Opened:
    """A page as a visitor sees it, with what the browser said while loading."""

    page: Page
    path: str
    status: int
    said: list[str]


# Whoever has a passkey comes first: five minutes after signing in, these pages ask for it again.
VISITS = sorted(((example, visitor) for example in EXAMPLES for visitor in example.visitors), key=lambda visit: visit[1] != "keyed")


def _id(visit: tuple[Example, str]) -> str:
    example, visitor = visit
    return f"{visitor}-{example.path}{'-' + example.press if example.press else ''}"


@pytest.fixture(scope="module", params=VISITS, ids=_id)
def opened(request: pytest.FixtureRequest, browser: Browser, site: Site, signed_in: Callable[[str], StorageState | None], known: Known) -> Iterator[Opened]:
    """Open one page as one visitor; all checks look at the same page."""
    example, visitor = request.param
    with browser.new_context(base_url=site.url, storage_state=signed_in(visitor), locale="de-DE") as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(_line(message)))
        page.on("pageerror", lambda fault: said.append(str(fault)))
        response = page.goto(known.address(example, visitor))
        if example.press:
            page.evaluate("() => document.querySelectorAll('main form').forEach(form => form.noValidate = true)")
            response = press(page, example.press)
        assert response is not None
        yield Opened(page, page.url.removeprefix(site.url), response.status, said)


def _line(message: ConsoleMessage) -> str:
    return f"{message.type}: {message.text}"


def _said(status: int) -> list[str]:
    """Give what the browser itself says about a page that the server answers with an error."""
    return [] if status < 400 else [f"error: Failed to load resource: the server responded with a status of {status}"]


def test_every_address_has_an_example_or_a_reason() -> None:
    named = {example.name for example in EXAMPLES if example.name}
    assert named | NO_PAGE.keys() == url_names()
    assert named & NO_PAGE.keys() == set()


def test_answers_as_expected_without_a_word_in_the_console(opened: Opened, known: Known, request: pytest.FixtureRequest) -> None:
    visit: tuple[Example, str] = request.node.callspec.params["opened"]
    expected = visit[0].status
    assert (opened.path, opened.status) == (known.address(*visit), expected)
    assert [line.split(" (")[0] for line in opened.said] == _said(expected)


@pytest.mark.parametrize(("scheme", "rules"), [("light", []), ("dark", ["color-contrast"])], ids=["light", "dark"])
def test_axe_finds_nothing(opened: Opened, scheme: Any, rules: list[str]) -> None:
    """Look for everything in light colours, and for what the dark ones change."""
    opened.page.emulate_media(color_scheme=scheme)
    assert axe_finds(opened.page, rules) == []


def test_fits_320_pixels(opened: Opened) -> None:
    assert too_wide_at_320_pixels(opened.page) == []


def test_fits_text_twice_as_large(opened: Opened) -> None:
    assert too_wide_with_large_text(opened.page) == []


def test_speaks_german_without_inner_names(opened: Opened) -> None:
    assert opened.page.locator("html").get_attribute("lang") == "de"
    assert inner_names(opened.page) == []


def test_shows_where_the_keyboard_is(opened: Opened) -> None:
    assert without_focus(opened.page) == []
