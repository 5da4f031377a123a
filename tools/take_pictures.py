# SPDX-License-Identifier: EUPL-1.2
"""Take the handbook's pictures anew, of a fresh example alliance in a browser without a window: docs/handbuch/bilder.

    python tools/take_pictures.py            all
    python tools/take_pictures.py NAME …     these

Run it when a page looks different; `tests/docs/test_handbook.py` holds the list to the pages. It takes the whole Chromium with its languages
(Debian: chromium, chromium-l10n), because the one without a window writes “Choose File” on a German page; CHROMIUM names another.
"""

import base64
import hmac
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from asskomm.core.mail.signatures import _made_with as made_with

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "handbuch" / "bilder"
BROWSER, WIDTH = os.environ.get("CHROMIUM", "/usr/bin/chromium"), 1100
COORDINATOR = "coordinator@beispiel.example"
FIRST, WITH_APP = "first administrator", "coordinator with an app for codes"
WITH_KEY, GUESSING, TWICE = "mayor with a passkey", "somebody who guesses a password", "state council, when somebody is entered twice"
PICTURES = {
    "einloggen": ("", "/einloggen/", 0),
    "schreibtisch": ("coordinator", "/schreibtisch/", 900),
    "erreichbarkeit": ("coordinator", "{organisation}erreichbarkeit/", 800),
    "funktion": ("coordinator", "{function}", 800),
    "ereignis-eintragen": ("coordinator", "/ereignisse/neu/", 900),
    "termine": ("coordinator", "/termine/", 640),
    "zweiter-faktor": ("coordinator", "/konto/zweiter-faktor/", 700),
    "geraete": ("coordinator", "/konto/geraete/", 560),
    "ernennen": ("mayor", "{organisation}personen/neu/", 900),
    "mein-zugang": ("coordinator", "/konto/", 800),
    "zugang-einrichten": ("coordinator", "/konto/einrichten/", 800),
    "passwort": ("coordinator", "/konto/passwort/", 700),
    "passkey-einrichten": ("coordinator", "/konto/zweiter-faktor/passkeys/neu/", 700),
    "app-einrichten": ("coordinator", "/konto/zweiter-faktor/einrichten/", 1000),
    "zugaenge": ("coordinator", "/konto/zugaenge/", 900),
    "postfach": ("coordinator", "/postfach/", 560),
    "organisation": ("coordinator", "{organisation}", 900),
    "beenden": ("coordinator", "{function}beenden/", 700),
    "veranstaltung": ("coordinator", "{meeting}", 900),
    "anmelden": ("coordinator", "{meeting}anmelden/", 900),
    "einladung": ("state-council", "{invitation}", 900),
    "mitwirken": ("", "{contribution}", 1250),
    "vorschlagen": ("", "{conference}aufruf/", 1000),
    "vorschlaege": ("state-council", "{conference}aufruf/vorschlaege/", 1000),
    "hallenplan": ("", "{conference}staende/hallenplan/", 900),
    "datenschutz-entwuerfe": ("state-council", "/datenschutz/entwuerfe/", 640),
    "schreibtisch-land": ("state-council", "/schreibtisch/", 900),
    "stellen": ("state-council", "/stellen/", 800),
    "lange-nichts-gehoert": ("state-council", "/netzwerk/lange-nichts-gehoert/", 700),
    "noch-nicht-dabei": ("state-council", "/netzwerk/noch-nicht-dabei/", 700),
    "zustaendigkeiten": ("state-council", "/zustaendigkeiten/", 800),
    "organisationen": ("state-council", "/organisationen/", 900),
    "kontakt": ("state-council", "/netzwerk/kontakt/14626110/", 800),
    "doppelt": (TWICE, "/doppelt/", 900),
    "zusammenfuehren": ("state-council", "{association}zusammenfuehren/", 700),
    "medieninformation": ("state-council", "/presse/", 800),
    "daten-einlesen": ("state-council", "/daten-einlesen/", 900),
    "ziel": ("state-council", "/kennzahlen/agreements/ziel/", 900),
    "kommune-intern": ("coordinator", "/kommunen/14522150/", 2250),
    "datenschutz": ("", "/datenschutz/", 900),
    "impressum": ("", "/impressum/", 640),
    "barrierefreiheit": ("", "/barrierefreiheit/", 800),
    "link-anfordern": ("", "/einloggen/link/", 640),
    "beziehung": ("state-council", "{organisation}beziehung/", 900),
    "organisation-anlegen": ("state-council", "/organisationen/neu/", 700),
    "aenderungsprotokoll": ("administrator", "/verlauf/", 800),
    "auftraege": ("administrator", "/auftraege/", 640),
    "barriere-melden": ("", "/barriere-melden/", 900),
    "leichte-sprache": ("", "/leichte-sprache/", 800),
    "schilder-gestalten": ("state-council", "{conference}schilder-gestalten/", 900),
    "betrieb": ("administrator", "/betrieb/", 790),
    "postausgang": ("administrator", "/postausgang/", 640),
    "loeschfristen": ("administrator", "/loeschfristen/", 700),
    "ersteinrichtung": (FIRST, "", 900),
    "bestaetigen": (WITH_APP, "/konto/bestaetigen/", 640),
    "link-benutzen": (WITH_APP, "{link}", 560),
    "code-eingeben": (WITH_APP, "/einloggen/zweiter-faktor/", 700),
    "wiederherstellungscodes": (WITH_APP, "/konto/codes/", 800),
    "app-abschalten": (WITH_APP, "/konto/zweiter-faktor/abschalten/", 560),
    "link-bestaetigen": ("coordinator", "/konto/bestaetigen/link/", 560),
    "schluessel-umbenennen": (WITH_KEY, "{key}umbenennen/", 640),
    "schluessel-entfernen": (WITH_KEY, "{key}entfernen/", 560),
    "zu-viele-versuche": (GUESSING, "/einloggen/", 560),
    "ohne-funktion": ("", "/einloggen/ohne-funktion/", 560),
    "link-verbraucht": ("", "/einloggen/link/verbraucht/", 560),
    "abbestellen": ("", "{unsubscribe}", 560),
    "mit-anmeldedienst": (FIRST, "/einloggen/", 900),
}
REFUSED = {"zu-viele-versuche": 429, "ohne-funktion": 403, "link-verbraucht": 410}


def take(browser: Browser, address: str, role: str, pictures: dict[str, tuple[str, int]], in_mails: dict[str, str]) -> None:
    """Take the pictures of one person; some links stand in mails only."""
    with browser.new_context(base_url=address, locale="de-DE", viewport={"width": WIDTH, "height": 900}) as context:
        page = context.new_page()
        page.goto("/veranstaltungen/")
        conference = page.get_by_role("link", name="Fachtag „Gemeinsam sicher").first.get_attribute("href") or ""
        places = {**in_mails, "conference": conference}
        if role:
            _sign_in(page, role)
            page.goto("/kommunen/14522150/")
            places["organisation"] = page.locator("main a[href^='/organisationen/']").first.get_attribute("href") or ""
            page.goto("/veranstaltungen/")
            places["meeting"] = page.get_by_role("link", name="Vernetzungstreffen").get_attribute("href") or ""
            if role == "state-council":
                page.goto("/organisationen/")
                places["association"] = page.get_by_role("link", name="Institut B3").first.get_attribute("href") or ""
                page.goto("/veranstaltungen/")
                page.get_by_role("link", name="Fachtag").first.click()
                page.get_by_role("link", name="Programm planen").click()
                places["invitation"] = page.locator("main a[href*='/einladungen/']").nth(1).get_attribute("href") or ""
            page.goto(places["organisation"])
            function = page.locator("main a[href^='/funktionen/']")
            places["function"] = (function.first.get_attribute("href") or "").removesuffix("beenden/") if function.count() else ""
        for name, (path, height) in pictures.items():
            shoot(page, name, path.format(**places), height)


def take_with_key(browser: Browser, address: str, pictures: dict[str, tuple[str, int]]) -> None:
    """Take the pictures of somebody who has a passkey."""
    with browser.new_context(base_url=address, locale="de-DE") as context:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("WebAuthn.enable")
        answers = dict.fromkeys(("hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation"), True)
        wire.send("WebAuthn.addVirtualAuthenticator", {"options": {"protocol": "ctap2", "transport": "internal", **answers}})
        _sign_in(page, "mayor")
        page.goto("/konto/zweiter-faktor/passkeys/neu/")
        with page.expect_navigation():
            page.get_by_role("button", name="Jetzt einrichten").click()
        page.goto("/konto/zweiter-faktor/")
        key = page.locator("main a[href$='/umbenennen/']").first.get_attribute("href") or ""
        page.goto(key)
        with page.expect_navigation():
            page.get_by_role("button", name="Mit Passkey bestätigen").click()
        for name, (path, height) in pictures.items():
            shoot(page, name, path.format(key=key.removesuffix("umbenennen/")), height)


def take_guessing(browser: Browser, address: str, pictures: dict[str, tuple[str, int]]) -> None:
    """Guess a password until the page says that it is enough."""
    with browser.new_context(base_url=address, locale="de-DE", viewport={"width": WIDTH, "height": 900}) as context:
        page = context.new_page()
        for name, (path, height) in pictures.items():
            answer = page.goto(path)
            while answer is not None and answer.status != REFUSED[name]:
                page.get_by_label("E-Mail-Adresse").fill("jemand@beispiel.example")
                page.get_by_label("Passwort").fill("geraten")
                with page.expect_navigation() as navigation:
                    page.get_by_role("main").get_by_role("button", name="Einloggen", exact=True).click()
                answer = navigation.value
            page.set_viewport_size({"width": WIDTH, "height": height})
            page.screenshot(path=FOLDER / f"{name}.png")


def take_twice(browser: Browser, address: str, folder: str, pictures: dict[str, tuple[str, int]]) -> None:
    """Enter the coordinator a second time, under another address, and take what the state council sees."""
    who = ["--given-name", "Carla", "--family-name", "Beispiel", "--role", "coordinator", "--organisation", "14522150"]
    command = [sys.executable, "-m", "asskomm", "--data", folder, "user", "add", "carla@beispiel.example", *who]
    subprocess.run(command, env=_around(), check=True, input="Kastanien im Oktober\n", text=True, stdout=subprocess.DEVNULL)
    with browser.new_context(base_url=address, locale="de-DE") as context:
        page = context.new_page()
        _sign_in(page, "state-council")
        for name, (path, height) in pictures.items():
            shoot(page, name, path, height)


def _sign_in(page: Page, role: str) -> None:
    page.goto("/einloggen/")
    page.locator(f"form[action$='/einloggen/{role}/'] button").click()


def take_with_app(browser: Browser, address: str, folder: str, pictures: dict[str, tuple[str, int]]) -> None:
    """Take the pictures of somebody who sets an app for codes up, and comes back by a link."""
    command = [sys.executable, "-m", "asskomm", "--data", folder, "user", "link", COORDINATOR]
    said = subprocess.run(command, env=_around(), check=True, stdout=subprocess.PIPE, text=True).stdout
    (link,) = re.findall(r"/einloggen/link/\S+", said)
    with browser.new_context(base_url=address, locale="de-DE") as here, browser.new_context(base_url=address, locale="de-DE") as back:
        page = here.new_page()
        _sign_in(page, "coordinator")
        page.goto("/konto/zweiter-faktor/einrichten/")
        secret = page.locator("main code").inner_text()
        page.get_by_label("Code aus Ihrer App").fill(_code(secret))
        page.get_by_role("button", name="Einrichten").click()
        later = back.new_page()
        for name, (path, height) in pictures.items():
            if path == "/konto/bestaetigen/":
                shoot(page, name, path, height)
            elif path.startswith("/konto/"):
                page.goto(path)
                if page.get_by_role("heading", name="Noch einmal bestätigen").count():
                    page.get_by_label("Code").fill(_code(secret, ahead=1))  # each serves once
                    page.get_by_role("button", name="Bestätigen").click()
                shoot(page, name, path, height)
            elif path == "{link}":
                shoot(later, name, link, height)
                later.get_by_role("button", name="Jetzt einloggen").click()
            else:
                shoot(later, name, path, height)


def shoot(page: Page, name: str, path: str, height: int) -> None:
    """Take one picture."""
    page.set_viewport_size({"width": WIDTH, "height": height or 900})
    answer = page.goto(path)
    if answer is None or answer.status != REFUSED.get(name, 200):
        raise SystemExit(f"{path} answered {answer and answer.status}")
    shown = page if height else page.locator(".sign-in")  # without the people of the example
    shown.screenshot(path=FOLDER / f"{name}.png")


def main(names: list[str]) -> None:
    """Take some or all: of the example, and of the first start without it."""
    FOLDER.mkdir(exist_ok=True)
    by_role: dict[str, dict[str, tuple[str, int]]] = {}
    for name in names or PICTURES:
        role, path, height = PICTURES[name]
        by_role.setdefault(role, {})[name] = (path, height)
    first, with_app, with_key, guessing, twice = (by_role.pop(role, {}) for role in (FIRST, WITH_APP, WITH_KEY, GUESSING, TWICE))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--headless=new"], env={**os.environ, "LANGUAGE": "de"})
        _require_german(browser)
        with serving(f"{folder}/data") as (address, _said):
            for role, pictures in by_role.items():
                take(browser, address, role, pictures, _in_mails(f"{folder}/data"))
            if with_app:
                take_with_app(browser, address, f"{folder}/data", with_app)
            if with_key:
                take_with_key(browser, address, with_key)
            if twice:
                take_twice(browser, address, f"{folder}/data", twice)
            take_guessing(browser, address, guessing)
        if first:
            _take_first(browser, folder, first)
        browser.close()


def _take_first(browser: Browser, folder: str, pictures: dict[str, tuple[str, int]]) -> None:
    with serving(f"{folder}/own", "--no-example", ASSKOMM_OIDC_URL="https://anmelden.beispiel.example") as (address, said):
        (link,) = re.findall(r"/einloggen/link/\S+", said.read_text("utf-8"))
        with browser.new_context(base_url=address, locale="de-DE") as context:
            for name, (path, height) in pictures.items():
                shoot(context.new_page(), name, path or link, height)


def _require_german(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<input required>")
    if page.locator("input").evaluate("field => field.validationMessage") == "Please fill out this field.":
        raise SystemExit(f"{BROWSER} speaks English only; under Debian „apt install chromium chromium-l10n“ helps.")
    page.close()


@contextmanager
def serving(folder: str, *options: str, **settings: str) -> Iterator[tuple[str, Path]]:
    """Serve a new data folder; give the address, and the file with what the program says."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://localhost:{probe.getsockname()[1]}"
    said = Path(f"{folder}.txt")
    command = [sys.executable, "-u", "-m", "asskomm", "--data", folder, "up", *options, "--port", address.rpartition(":")[2]]
    with said.open("w") as out:
        server = subprocess.Popen(command, env=_around() | settings, stdout=out)
    try:
        while not _answers(f"{address}/readyz"):
            time.sleep(0.2)
        yield address, said
    finally:
        server.terminate()
        server.wait(20)


def _code(secret: str, ahead: int = 0) -> str:
    """Give what the app on a telephone shows now, or shows next (RFC 6238)."""
    mac = hmac.digest(base64.b32decode(secret), (int(time.time()) // 30 + ahead).to_bytes(8, "big"), "sha1")
    at = mac[-1] & 15
    return f"{(int.from_bytes(mac[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def _around() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("ASSKOMM_")}


def _in_mails(data: str) -> dict[str, str]:
    """Give the path by which somebody is asked to contribute, out of the first such mail, and one that unsubscribes, made as a mail has it."""
    with sqlite3.connect(f"{data}/asskomm.sqlite3") as connection:
        (text,) = connection.execute("SELECT text FROM mail_mail WHERE kind = 'speaker_invited' ORDER BY id LIMIT 1").fetchone()
        (reference,) = connection.execute("SELECT reference FROM mail_address ORDER BY id LIMIT 1").fetchone()
    connection.close()
    secret = json.loads(Path(f"{data}.secrets").read_text("utf-8"))["secret_key"]
    unsubscribe = f"/abbestellen/{reference}/review_asked/{made_with(secret, 'unsubscribe', (reference, 'review_asked'))}/"
    return {"contribution": "/mitwirken/" + str(text).partition("/mitwirken/")[2].split()[0], "unsubscribe": unsubscribe}


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310 -- our own server
            return True
    except OSError:
        return False


if __name__ == "__main__":
    main(sys.argv[1:])
