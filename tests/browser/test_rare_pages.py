# SPDX-License-Identifier: EUPL-1.2
"""Pages that nobody meets twice: the first administrator of an empty installation, a locked sign-in, and an identity provider that does not help."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browser.conftest import PATIENCE, press
from tests.browser.looking import axe_finds, inner_names, too_wide_at_320_pixels, too_wide_with_large_text, without_focus
from tests.people.identity_provider import CLIENT, SECRET, IdentityProvider, identity_provider
from tests.processes import free_port, plain_environment, wait_for

_MOST_GUESSES = 20


@dataclass(frozen=True)
class Empty:
    """An installation where nobody has an account yet: its address, the path for the first administrator, and the provider it asks."""

    url: str
    first: str
    provider: IdentityProvider


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Empty]:
    """Serve one."""
    folder, port = tmp_path_factory.mktemp("empty") / "data", free_port()
    command = [sys.executable, "-m", "asskomm", "--data", str(folder), "up", "--no-example", "--port", str(port)]
    with identity_provider() as provider:
        told = {"ASSKOMM_OIDC_URL": provider.address, "ASSKOMM_OIDC_NAME": "Stadtkonto", "ASSKOMM_OIDC_CLIENT": CLIENT, "ASSKOMM_OIDC_SECRET": SECRET}
        serving = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=plain_environment() | told)
        try:
            assert serving.stdout is not None
            first = next(line.strip() for line in serving.stdout if "/einloggen/link/" in line)
            wait_for(f"http://localhost:{port}/readyz")
            yield Empty(f"http://localhost:{port}", f"/einloggen/link/{first.partition('/einloggen/link/')[2]}", provider)
        finally:
            serving.terminate()
            serving.communicate(timeout=20)


def _first_administrator(page: Page, empty: Empty) -> Response | None:
    return page.goto(empty.first)


def _first_administrator_with_faults(page: Page, empty: Empty) -> Response | None:
    page.goto(empty.first)
    page.evaluate("() => document.querySelectorAll('main form').forEach(form => form.noValidate = true)")
    return press(page, "Weiter")


def _sign_in(page: Page, empty: Empty) -> Response | None:
    return page.goto("/einloggen/")


def _locked(page: Page, empty: Empty) -> Response | None:
    answer = page.goto("/einloggen/")
    for _guess in range(_MOST_GUESSES):
        page.get_by_label("E-Mail-Adresse").fill("jemand@example.org")
        page.get_by_label("Passwort").fill("geraten")
        answer = press(page, "Einloggen")
        if answer is not None and answer.status == 429:
            break
    return answer


def _unknown(page: Page, empty: Empty) -> Response | None:
    return page.goto("/einloggen/dienst/")


def _unreachable(page: Page, empty: Empty) -> Response | None:
    empty.provider.described = {"issuer": "https://example.org"}
    answer = page.goto("/einloggen/dienst/")
    empty.provider.described = {}
    return answer


@pytest.mark.parametrize(
    ("reach", "status", "heading"),
    [
        (_first_administrator, 200, "ASSKomm einrichten"),
        (_first_administrator_with_faults, 422, "ASSKomm einrichten"),
        (_sign_in, 200, "Einloggen"),
        (_locked, 429, "Das waren zu viele Versuche"),
        (_unknown, 403, "Kein Zugang zu dieser Adresse"),
        (_unreachable, 502, "Der Anmeldedienst antwortet nicht"),
    ],
)
def test_a_rare_page_is_as_accessible_as_any(
    browser: Browser, empty: Empty, reach: Callable[[Page, Empty], Response | None], status: int, heading: str
) -> None:
    with browser.new_context(base_url=empty.url, locale="de-DE") as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        answer = reach(page, empty)
        assert answer is not None
        assert (answer.status, page.get_by_role("heading", level=1).inner_text(), page.locator("html").get_attribute("lang")) == (status, heading, "de")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert axe_finds(page, []) == []
        assert (too_wide_at_320_pixels(page), too_wide_with_large_text(page), inner_names(page), without_focus(page)) == ([], [], [], [])
