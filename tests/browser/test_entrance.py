# SPDX-License-Identifier: EUPL-1.2
"""The door on two telephones: with a connection, without one, and when it comes back; by name, by scanner and by camera."""

import datetime as dt
import io
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typst
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from asskomm.core.documents.qr import qr_svg
from tests.browser.addresses import Known
from tests.browser.conftest import CHROMIUM, PATIENCE, QUIET, signed
from tests.conftest import Site

SignedIn = Callable[[str], StorageState | None]


@pytest.fixture
def telephones(browser: Browser, site: Site, signed_in: SignedIn) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    """Two telephones of the organiser."""
    cookies = signed_in("council")
    with (
        browser.new_context(base_url=site.url, storage_state=cookies, locale="de-DE", viewport={"width": 360, "height": 740}) as one,
        browser.new_context(base_url=site.url, storage_state=cookies, locale="de-DE") as two,
    ):
        yield one, two


@pytest.fixture
def today(site: Site, known: Known) -> Iterator[None]:
    """Let the conference begin now: so long before as it is planned nobody is let in."""
    with sqlite3.connect(site.data / "asskomm.sqlite3") as database:
        begins = database.execute("SELECT starts_at FROM events_gathering WHERE reference = ?", (known.gathering,)).fetchone()[0]
        database.execute("UPDATE events_gathering SET starts_at = ? WHERE reference = ?", (f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S}", known.gathering))
    yield
    with database:
        database.execute("UPDATE events_gathering SET starts_at = ? WHERE reference = ?", (begins, known.gathering))
    database.close()


def at_the_door(context: BrowserContext, known: Known) -> Page:
    """Open the door, and wait until the telephone has what it needs."""
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"/veranstaltungen/{known.gathering}/einlass/")
    page.locator("[data-ready]").wait_for()
    return page


def type_in(page: Page, words: str) -> None:
    """Type into the field as a hand scanner does, with Enter at the end."""
    page.get_by_label("Code oder Name").fill(words)
    page.keyboard.press("Enter")


def let_in(page: Page, name: str) -> None:
    """Find somebody by name and let her in."""
    type_in(page, name.split(maxsplit=1)[0])
    page.get_by_role("button", name=f"Einlassen: {name}").click()
    expect(page.get_by_role("alert")).to_contain_text(f"{name} ist da.")


def expect_answer(page: Page, kind: str, sign: str, words: str) -> None:
    """Hold that the answer says by words, sign and colour what is to be done."""
    answer = page.get_by_role("alert")
    expect(answer).to_contain_text(words)
    expect(answer.locator(".sign")).to_have_text(sign)
    expect(answer).to_have_class(f"answer answer-{kind}")


def code_of(site: Site, name: str, gathering: str) -> str:
    """Give what stands on somebody's badge."""
    ask = "SELECT r.reference FROM events_registration r JOIN events_gathering g ON g.id = gathering_id WHERE name = ? AND g.reference = ?"
    with sqlite3.connect(site.data / "asskomm.sqlite3") as database:
        reference = str(database.execute(ask, (name, gathering)).fetchone()[0])
    database.close()
    return f"{reference}{signed(site, 'badge', reference)[:8]}".upper()


@pytest.mark.usefixtures("today")
def test_what_two_telephones_note_is_counted_once(telephones: tuple[BrowserContext, BrowserContext], site: Site, known: Known) -> None:
    one, two = at_the_door(telephones[0], known), at_the_door(telephones[1], known)
    let_in(one, "Mara Beispiel")
    expect(one.locator(".turnout")).to_have_text("1 von 6 da")
    expect(one.locator("[data-connection]")).to_have_text("Verbunden. Alles ist gespeichert.")

    telephones[0].set_offline(True)
    one.reload()
    one.locator("[data-ready]").wait_for()
    code = code_of(site, "Jonas Muster", known.gathering)
    type_in(one, code.translate(str.maketrans("YZ", "ZY")))
    expect(one.get_by_role("alert")).to_contain_text("Jonas Muster ist da.")
    let_in(one, "Ela Probst")
    expect(one.locator("[data-connection]")).to_have_text("Ohne Verbindung. Noch nicht übertragen: 2. Lassen Sie weiter ein.")
    type_in(one, "Paul")
    expect(one.locator("[data-people]")).to_contain_text("noch nicht bestätigt")

    let_in(two, "Jonas Muster")
    telephones[0].set_offline(False)
    expect(one.locator("[data-connection]")).to_have_text("Verbunden. Alles ist gespeichert.")
    expect(one.locator(".turnout")).to_have_text("3 von 6 da")
    type_in(two, "Xaver")
    expect(two.get_by_role("alert")).to_contain_text("Niemand gefunden: Xaver")
    type_in(one, code)
    expect_answer(one, "again", "↩", "Jonas Muster war schon um")  # went out and comes back
    expect(one.locator(".turnout")).to_have_text("3 von 6 da")
    type_in(one, code_of(site, "Paul Lenz", known.gathering))
    expect_answer(one, "wait", "!", "noch nicht bestätigt")

    ask = "SELECT name, json_array_length(keys) FROM events_attendance JOIN events_registration r ON r.id = registration_id WHERE gathering_id = ? ORDER BY 1"
    with sqlite3.connect(site.data / "asskomm.sqlite3") as database:
        gathering = database.execute("SELECT id FROM events_gathering WHERE reference = ?", (known.gathering,)).fetchone()
        assert database.execute(ask, gathering).fetchall() == [("Ela Probst", 1), ("Jonas Muster", 2), ("Mara Beispiel", 1)]
    database.close()


@pytest.mark.usefixtures("today")
def test_a_guest_is_let_in_without_a_connection_and_sent_later(telephones: tuple[BrowserContext, BrowserContext], site: Site, known: Known) -> None:
    page = at_the_door(telephones[0], known)
    telephones[0].set_offline(True)
    page.goto(f"/veranstaltungen/{known.gathering}/einlass/gast/")  # leads back to the page that is kept, with its own form
    page.locator("[data-ready]").wait_for()
    page.get_by_label("Vor- und Nachname").fill("Nora Gast")
    page.get_by_label("Kommt für").select_option("association")
    page.get_by_role("button", name="Einlassen", exact=True).click()
    expect_answer(page, "in", "✓", "Nora Gast ist da.")
    page.reload()
    page.locator("[data-ready]").wait_for()
    type_in(page, "Nora")
    expect(page.locator("[data-people]")).to_contain_text("da seit")
    telephones[0].set_offline(False)
    expect(page.locator("[data-connection]")).to_have_text("Verbunden. Alles ist gespeichert.")
    ask = (
        "SELECT r.state, a.walk_in, json_array_length(a.keys) FROM events_registration r JOIN events_attendance a ON a.registration_id = r.id WHERE r.name = ?"
    )
    with sqlite3.connect(site.data / "asskomm.sqlite3") as database:
        assert database.execute(ask, ("Nora Gast",)).fetchall() == [("confirmed", 1, 1)]
    database.close()


KEPT = """(page) => new Promise((done) => {
  const request = indexedDB.open("einlass:" + page, 1);
  request.onsuccess = async () => {
    const count = (name) => new Promise((told) => {
      const asked = request.result.transaction(name).objectStore(name).count();
      asked.onsuccess = () => told(asked.result);
    });
    const counts = [await count("list"), await count("notes")];
    request.result.close();
    done(counts);
  };
})"""
AGE = """(page) => new Promise((done) => {
  const request = indexedDB.open("einlass:" + page, 1);
  request.onsuccess = () => {
    const list = request.result.transaction("list", "readwrite").objectStore("list");
    list.put({ day: "2020-01-01", people: [], digest: "" }, "now");
    list.transaction.oncomplete = () => (request.result.close(), done());
  };
})"""


@pytest.mark.usefixtures("today")
def test_who_is_no_longer_let_in_keeps_no_names_and_what_is_not_sent_yet(telephones: tuple[BrowserContext, BrowserContext], known: Known) -> None:
    door = f"/veranstaltungen/{known.gathering}/einlass/"
    page = at_the_door(telephones[0], known)
    telephones[0].set_offline(True)
    page.goto(f"{door}gast/")
    page.get_by_label("Vor- und Nachname").fill("Olga Gast")
    page.get_by_role("button", name="Einlassen", exact=True).click()
    expect_answer(page, "in", "✓", "Olga Gast ist da.")
    assert page.evaluate(KEPT, door) == [1, 1]
    telephones[0].clear_cookies()
    page.goto("about:blank")  # so that the page itself does not hear of it first
    telephones[0].set_offline(False)
    page.goto(door)
    assert page.get_by_role("heading", level=1).inner_text() == "Einloggen"
    assert page.evaluate(KEPT, door) == [0, 1]


@pytest.mark.usefixtures("today")
def test_the_page_of_a_link_that_is_over_takes_the_names_of_that_day_off_the_device(telephones: tuple[BrowserContext, BrowserContext], known: Known) -> None:
    door = f"/veranstaltungen/{known.gathering}/einlass/"
    page = at_the_door(telephones[0], known)
    page.goto("/einlass/222222222222/22222222/")
    assert page.evaluate(KEPT, door) == [1, 0]  # of today
    page.evaluate(AGE, door)
    page.reload()
    page.evaluate("forgotten")
    assert page.evaluate(KEPT, door) == [0, 0]


HELD = "Till Sommer"
"""Who holds the badge before the camera."""
WITHOUT = "delete window.BarcodeDetector;"
WITH = """window.asked = 0; window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect(film) { window.asked += 1; return film.videoWidth ? [{ rawValue: "CODE" }] : []; }
};"""
"""What Chromium has on telephones and not on this system: a detector of its own."""


def film_of(code: str, target: Path) -> Path:
    """Write what a camera sees before which somebody holds a badge: its code in the middle, 640 by 480, as one uncompressed picture."""
    page = '#set page(width: 300pt, height: 300pt, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    drawn = typst.compile(page.encode(), format="png", ppi=72, sys_inputs={"svg": qr_svg(code)})
    picture = Image.new("L", (640, 480), 170)
    with Image.open(io.BytesIO(drawn)) as badge:
        picture.paste(badge.convert("L"), (170, 90))
    colourless = bytes([128]) * (640 * 480 // 2)
    target.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\nFRAME\n" + picture.tobytes() + colourless)
    return target


@pytest.fixture
def before_the_camera(browser: Browser, site: Site, signed_in: SignedIn, known: Known, tmp_path: Path) -> Iterator[BrowserContext]:
    """A telephone whose camera sees a badge; nobody was let in afterwards."""
    film = film_of(code_of(site, HELD, known.gathering), tmp_path / "badge.y4m")
    seeing = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", f"--use-file-for-fake-video-capture={film}")
    telephone = browser.browser_type.launch(executable_path=CHROMIUM, args=[*QUIET, *seeing])
    with telephone.new_context(base_url=site.url, storage_state=signed_in("council"), permissions=["camera"]) as context:
        yield context
    telephone.close()
    with sqlite3.connect(site.data / "asskomm.sqlite3") as database:
        database.execute("DELETE FROM events_attendance WHERE registration_id IN (SELECT id FROM events_registration WHERE name = ?)", (HELD,))
    database.close()


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(("detector", "asked"), [(WITHOUT, False), (WITH, True)], ids=["by our decoder", "by the telephone's own"])
def test_whoever_holds_her_badge_before_the_camera_is_let_in(before_the_camera: BrowserContext, site: Site, known: Known, detector: str, asked: bool) -> None:  # noqa: FBT001
    before_the_camera.add_init_script(detector.replace("CODE", code_of(site, HELD, known.gathering)))
    page = at_the_door(before_the_camera, known)
    decoders: list[str] = []
    page.on("request", lambda request: decoders.append(request.url) if "vendor/qr/decode" in request.url else None)
    page.get_by_role("button", name="Kamera einschalten").click()
    expect_answer(page, "in", "✓", f"{HELD} ist da.")
    assert page.evaluate("window.asked > 0") is asked
    assert bool(decoders) is not asked
    page.get_by_role("button", name="Kamera ausschalten").click()
    expect(page.locator("video")).to_be_hidden()
    expect(page.locator("[data-connection]")).to_have_text("Verbunden. Alles ist gespeichert.")
