# SPDX-License-Identifier: EUPL-1.2
"""One browser and one server for each worker; every test has a context of its own."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Browser, BrowserContext, Page, Response, StorageState, sync_playwright

from asskomm.core.mail.signatures import _made_with
from tests.browser.addresses import Known
from tests.conftest import Site, unavailable
from tests.processes import free_port, plain_environment, wait_for

CHROMIUM = "/usr/bin/chromium-headless-shell"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 10_000
PASSWORD = "Kastanien im Oktober"
REJECTED = """date,precision,kind,municipality,parties,reported_by,status,fields,amount,detail,source
01.06.2026,day,Beratung,Frankenberg,,Kommune,,Verkehr,,erstes Gespräch,
31.02.2026,day,Beratung,Frankenberg,,Kommune,,,,,
02.06.2026,day,Unfug,Frankenberg,,Kommune,,,,,
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of this worker."""
    if not Path(CHROMIUM).exists():
        unavailable("the browser is not installed; script/test installs it where it may")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread; the database is used between its calls, never within one.
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server over a copy of the example alliance: the journeys write to it."""
    folder = tmp_path_factory.mktemp("browser") / "data"
    shutil.copytree(example_folder, folder)
    shutil.copy(example_folder.with_name("data.secrets"), folder.with_name("data.secrets"))
    for name in ("plain", "guarded", "passkey", "key", "keyed"):
        add_account(folder, f"{name}@example.org")
    add_account(folder, "administrator@example.org", "administrator", "Landespräventionsrat Sachsen")
    port = free_port()
    command = [sys.executable, "-m", "asskomm", "--data", str(folder), "up", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=plain_environment())
    url = f"http://localhost:{port}"
    try:
        wait_for(url + "/readyz")
        yield Site(url, folder)
    finally:
        process.terminate()
        process.wait(timeout=20)


def add_account(data: Path, email: str, role: str = "coordinator", organisation: str = "14626110") -> None:
    """Make somebody with a function and a password."""
    who = ["--given-name", "Kim", "--family-name", "Muster", "--role", role, "--organisation", organisation]
    command = [sys.executable, "-m", "asskomm", "--data", str(data), "user", "add", email, *who]
    subprocess.run(command, input=f"{PASSWORD}\n", text=True, check=True, capture_output=True, env=plain_environment())


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A context of the public."""
    with browser.new_context(base_url=site.url, locale="de-DE") as context:
        yield context


@pytest.fixture(scope="session")
def signed_in(browser: Browser, site: Site) -> Callable[[str], StorageState | None]:
    """Give the cookies of a visitor, signed in once for each worker."""
    known: dict[str, StorageState | None] = {"public": None}

    def cookies(visitor: str) -> StorageState | None:
        if visitor == "half":
            cookies("guarded")  # there is a second factor to ask for only once it is set up
        if visitor not in known:
            with browser.new_context(base_url=site.url) as context:
                context.set_default_timeout(PATIENCE)
                SIGN_IN[visitor](context.new_page())
                known[visitor] = context.storage_state()
        return known[visitor]

    return cookies


def press(page: Page, button: str) -> Response | None:
    """Press a button of the page's content and wait for the next page."""
    with page.expect_navigation() as navigation:
        page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    return navigation.value


def _as_example(role: str) -> Callable[[Page], None]:
    def sign_in(page: Page) -> None:
        page.goto("/einloggen/")
        press(page, f"Als {role} einloggen")

    return sign_in


def _with_password(page: Page, name: str) -> None:
    page.goto("/einloggen/")
    page.get_by_label("E-Mail-Adresse").fill(f"{name}@example.org")
    page.get_by_label("Passwort").fill(PASSWORD)
    press(page, "Einloggen")


def _plain(page: Page, name: str = "plain") -> None:
    _with_password(page, name)
    page.goto("/konto/zweiter-faktor/einrichten/")
    page.get_by_label("Passwort").fill(PASSWORD)
    press(page, "Bestätigen")
    assert page.get_by_role("heading", level=1).inner_text() == "Zweiten Faktor einrichten"


def _guarded(page: Page, name: str = "guarded") -> None:
    _plain(page, name)
    counter = next(iter(yield_hotp_counters_from_time()))
    page.get_by_label("Code aus Ihrer App").fill(format_hotp_value(hotp_value(page.locator("main code").inner_text(), counter)))
    press(page, "Einrichten")
    assert page.get_by_role("heading", level=1).inner_text() == "Wiederherstellungscodes"


def plug(page: Page, *, resident: bool) -> None:
    """Give the browser an authenticator: one like that of a telephone, or a key that only answers."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal" if resident else "usb",
        "hasResidentKey": resident,
        "hasUserVerification": resident,
        "isUserVerified": resident,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _keyed(page: Page) -> None:
    plug(page, resident=True)
    _with_password(page, "keyed")
    page.goto("/konto/zweiter-faktor/passkeys/neu/")
    page.get_by_label("Passwort").fill(PASSWORD)
    press(page, "Bestätigen")
    press(page, "Jetzt einrichten")
    assert page.get_by_role("heading", level=1).inner_text() == "Wiederherstellungscodes"


def _half(page: Page) -> None:
    _with_password(page, "guarded")
    assert page.get_by_role("heading", level=1).inner_text() == "Zweiter Faktor"


SIGN_IN: dict[str, Callable[[Page], None]] = {
    "coordinator": _as_example("Koordinator/in"),
    "council": _as_example("Landespräventionsrat"),
    "mayor": _as_example("Bürgermeister/in"),
    "plain": _plain,
    "guarded": _guarded,
    "administrator": partial(_guarded, name="administrator"),
    "half": _half,
    "keyed": _keyed,
}


@pytest.fixture(scope="session")
def known(site: Site, browser: Browser, signed_in: Callable[[str], StorageState | None], tmp_path_factory: pytest.TempPathFactory) -> Known:
    """Keys of the example that pages need in their address."""
    ask = "SELECT reference FROM alliance_event WHERE closed_at IS NULL AND visibility = 'public' AND example = {} AND note != '' ORDER BY id LIMIT 1"
    with sqlite3.connect(site.data / "asskomm.sqlite3") as database:
        made_up = _one(database, ask.format(1).replace(" AND note != ''", ""))
        fact = _one(database, ask.format(0).replace("note != ''", "source != ''"))
        source = _one(database, "SELECT reference FROM provenance_source ORDER BY id LIMIT 1")
        body = _one(database, "SELECT id FROM people_organisation WHERE municipality_id = '14522150'")
        function = _one(database, f"SELECT id FROM people_function WHERE organisation_id = {body} AND role = 'coordinator' ORDER BY id LIMIT 1")  # noqa: S608 -- a key
        institute = _one(database, "SELECT id FROM people_organisation WHERE kind = 'coaching' ORDER BY id LIMIT 1")
        released = _one(database, "SELECT reference FROM publishing_presssheet WHERE serial IS NOT NULL")
        draft = _one(database, "SELECT reference FROM publishing_presssheet WHERE serial IS NULL")
        gathering = _one(database, "SELECT reference FROM events_gathering WHERE kind = 'conference' ORDER BY id LIMIT 1")
        course = _one(database, "SELECT reference FROM events_gathering WHERE kind = 'course'")
        by_hand = _one(database, "SELECT reference FROM events_gathering WHERE title LIKE '3. Fachtag%'")
        past = _one(database, "SELECT reference FROM events_gathering WHERE title LIKE '%Schulwege'")
        was_there = _one(database, "SELECT r.reference FROM events_registration r JOIN events_attendance a ON registration_id = r.id WHERE name LIKE 'Mara%'")
        session = _one(database, "SELECT reference FROM events_session WHERE kind = 'workshop' ORDER BY id LIMIT 1")
        workshop = _one(database, "SELECT reference FROM events_session s JOIN events_sessionplaces ON session_id = s.id ORDER BY s.id LIMIT 1")
        poll = _one(database, "SELECT reference FROM events_datepoll")
        of_hers = "WHERE gathering_id = (SELECT gathering_id FROM events_speaker ORDER BY id LIMIT 1) ORDER BY id LIMIT 1"
        room = _one(database, f"SELECT id FROM events_meetingroom {of_hers}")  # noqa: S608 -- ours
        track = _one(database, f"SELECT id FROM events_track {of_hers}")  # noqa: S608 -- ours
        stand = _one(database, "SELECT reference FROM events_stand WHERE kind = 'poster'")
        picture = _one(database, "SELECT reference FROM events_picture")
        speaker = _one(database, "SELECT reference FROM events_speaker ORDER BY id LIMIT 1")
        registration = _one(database, "SELECT text FROM mail_mail WHERE kind = 'registration_to_confirm' AND text LIKE '%/anmeldung/%' ORDER BY id LIMIT 1")
        invitation = _one(database, "SELECT reference FROM events_invitation WHERE state = 'accepted'")
        proposal = _one(database, "SELECT reference FROM events_proposal WHERE state = 'submitted' ORDER BY id LIMIT 1")
        begun = _one(database, "SELECT reference FROM events_proposal WHERE state = 'draft' ORDER BY id LIMIT 1")
        co_speaker = _one(database, "SELECT reference FROM events_cospeaker")
        address = _one(database, "SELECT reference FROM mail_address ORDER BY id LIMIT 1")
        quote = _one(database, "SELECT id FROM publishing_pressquote WHERE released_at IS NULL")
    database.close()
    file = tmp_path_factory.mktemp("upload") / "ereignisse.csv"
    file.write_text(REJECTED, "utf-8")
    previews = {visitor: _upload(browser, site, signed_in(visitor), file) for visitor in ("coordinator", "council")}
    with sqlite3.connect(site.data / "asskomm.sqlite3") as database:
        jobs = {visitor: f"/auftraege/{_one(database, JOB_OF, preview.split('/')[2])}/" for visitor, preview in previews.items()}
    with browser.new_context(base_url=site.url) as context:
        page = context.new_page()
        page.goto("/einloggen/link/")
        page.get_by_label("E-Mail-Adresse").fill("plain@example.org")
        press(page, "Link schicken")
    signed_in("keyed")
    key = _one(
        database,
        "SELECT mfa_authenticator.id FROM mfa_authenticator JOIN people_account ON user_id = people_account.id WHERE email LIKE 'keyed%' AND type = 'webauthn'",
    )
    link = _one(database, "SELECT text FROM mail_mail WHERE kind = 'sign_in_link'").split(":8000")[1].split()[0]
    states = [_one(database, STATE_OF.format(way), draft) for way in ("min", "max")]
    database.close()
    return Known(
        event=fact,
        made_up_event=made_up,
        organisation=body,
        function=function,
        institute=institute,
        press=released,
        press_draft=draft,
        quote=quote,
        gathering=gathering,
        gathering_draft=course,
        gathering_past=past,
        gathering_by_hand=by_hand,
        certificate=signed(site, "certificate", was_there)[:20],
        session=session,
        workshop=workshop,
        poll=f"/terminfindung/{poll}/{signed(site, 'date_poll', poll)}/",
        feedback=f"/rueckmeldung/{past}/{signed(site, 'feedback', past)}/",
        picture=picture,
        stand=f"/stand/{stand}/{signed(site, 'stand', stand)}/",
        speaker=speaker,
        room=room,
        track=track,
        registration=registration.split(":8000")[1].split()[0],
        invitation=invitation,
        contribution=f"/mitwirken/{invitation}/{signed(site, 'invitation', invitation)}/",
        proposal=proposal,
        proposal_link=f"/vorschlag/{proposal}/{signed(site, 'proposal', proposal)}/",
        draft_link=f"/vorschlag/{begun}/{signed(site, 'proposal', begun)}/",
        co_speaker=f"/vorschlag-gemeinsam/{co_speaker}/{signed(site, 'co_speaker', co_speaker)}/",
        unsubscribe=f"/abbestellen/{address}/review_asked/{signed(site, 'unsubscribe', address, 'review_asked')}/",
        previews=previews,
        jobs=jobs,
        source=f"/quellen/{source}/",
        link=link,
        key=key,
        comparison="/verlauf/press/{}/vergleich/?a={}&b={}".format(draft, *states),
    )


def signed(site: Site, purpose: str, *words: str) -> str:
    """Give a signature of the running server, which has a key of its own."""
    secret = json.loads(site.data.with_name("data.secrets").read_text("utf-8"))["secret_key"]
    return _made_with(secret, purpose, words)


STATE_OF = "SELECT {}(entry_id) FROM audit_content JOIN audit_entry ON audit_entry.id = entry_id WHERE kind = 'press' AND key = ?"
JOB_OF = "SELECT jobs_job.reference FROM jobs_job JOIN imports_batch ON jobs_job.id = job_id WHERE imports_batch.reference = ?"


def _one(database: sqlite3.Connection, question: str, *given: str) -> str:
    row: tuple[Any, ...] = database.execute(question, given).fetchone()
    return str(row[0])


def _upload(browser: Browser, site: Site, cookies: StorageState | None, file: Path) -> str:
    with browser.new_context(base_url=site.url, storage_state=cookies) as context:
        page = context.new_page()
        page.goto("/daten-einlesen/")
        page.get_by_label("Datei", exact=True).set_input_files(file)
        press(page, "Vorschau zeigen")
        page.get_by_role("heading", name="Vorschau", level=1).wait_for()  # the worker has read it
        return page.url.removeprefix(site.url)
