# SPDX-License-Identifier: EUPL-1.2
"""The door: found by code or name, let in without a script, merged from telephones, opened by a link of the day, shut to everybody else."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.test import Client
from PIL import Image

from asskomm.core.clock import clock
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, allowed
from asskomm.events.domain.attendance import Note
from asskomm.events.domain.badge_codes import code_of
from asskomm.events.domain.door import RegistrationError
from asskomm.events.domain.door_passes import Entrance, give_pass, path_of_pass, revoke_pass
from asskomm.events.domain.gatherings import Room, change_gathering
from asskomm.events.domain.registering import Applicant, cancel, confirm
from asskomm.events.domain.walk_ins import note_guest
from asskomm.events.models import Attendance, DoorPass, Gathering, Registration
from tests.events.making import BEFORE, BEGINS, come, facts, gathering, standing
from tests.making import COUNCIL, FRANKENBERG, GOERLITZ
from tests.reading import headings, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
DAY = BEGINS.date()


@pytest.fixture
def found() -> Gathering:
    """A gathering of Görlitz with Ada and Ben, and Cem who waits."""
    with clock.moved_to(BEFORE):
        made = gathering(2, owner=GOERLITZ, visibility="private")
        for name in ("Ada", "Ben", "Cem"):
            confirm(come(made, name), by=ANYONE)
    return made


@pytest.fixture(autouse=True)
def _at_the_beginning() -> Iterator[None]:
    with clock.moved_to(BEGINS):
        yield


def door(found: Gathering, page: str = "") -> str:
    """Give an address at the door."""
    return f"{found.get_absolute_url()}einlass/{page}"


def helper(found: Gathering, *, lets_in_guests: bool = False) -> tuple[Client, DoorPass]:
    """Open the door by a link."""
    made, client = give_pass(found, station="Haupteingang", day=DAY, lets_in_guests=lets_in_guests, by=SYSTEM), Client()
    assert client.post(path_of_pass(made))["Location"] == door(found)
    return client, made


def send(client: Client, found: Gathering, notes: list[dict[str, Any]], **more: Any) -> Any:
    """Send what a telephone noted, with a clock that is right."""
    body = {"sent_at": int(clock.now().timestamp() * 1000), "digest": "", "notes": notes, **more}
    return client.post(door(found, "abgleich/"), json.dumps(body), content_type="application/json")


def test_without_a_script_somebody_is_found_let_in_and_taken_back(client: Client, sign_in: SignIn, found: Gathering) -> None:
    sign_in("coordinator", GOERLITZ)
    ada = found.registrations.get(name="Ada")
    assert "0 von 2 da" in said(client.get(door(found)).content.decode())
    for words in ("ada", code_of(ada), "AD"):
        assert "Ada Kommune Einlassen : Ada" in said(client.get(door(found), {"q": words}).content.decode())
    page = said(client.post(door(found), {"key": ada.reference, "action": "einlassen"}, follow=True).content.decode())
    assert ("✓ Ada ist da." in page, "1 von 2 da" in page) == (True, True)
    page = said(client.post(door(found), {"key": ada.reference}, follow=True).content.decode())
    assert ("↩ Ada war schon um 09:30 Uhr da." in page, "1 von 2 da" in page) == (True, True)
    assert "Ada Kommune · da seit 09:30 Uhr Einlass zurücknehmen : Ada" in said(client.get(door(found), {"q": "Ada"}).content.decode())
    page = said(client.post(door(found), {"key": ada.reference, "action": "zuruecknehmen"}, follow=True).content.decode())
    assert ("Der Einlass von Ada ist zurückgenommen." in page, "0 von 2 da" in page) == (True, True)
    cem = found.registrations.get(name="Cem")
    assert "Cem Kommune · auf der Warteliste Freien Platz geben und einlassen : Cem" in said(client.get(door(found), {"q": "Cem"}).content.decode())
    page = said(client.post(door(found), {"key": cem.reference, "action": "trotzdem"}, follow=True).content.decode())
    assert "✕ Es ist kein Platz frei." in page
    assert "Niemand gefunden." in said(client.get(door(found), {"q": "Xaver"}).content.decode())


def test_a_guest_takes_a_free_place(client: Client, sign_in: SignIn) -> None:
    with clock.moved_to(BEFORE):
        found = gathering(1, owner=GOERLITZ)
    sign_in("coordinator", GOERLITZ)
    form = {"name": "Dana Gast", "participant_type": "other", "organisation": ""}
    assert client.post(door(found, "gast/"), form | {"name": ""}).status_code == 422
    assert "✓ Dana Gast ist da." in said(client.post(door(found, "gast/"), form, follow=True).content.decode())
    full = client.post(door(found, "gast/"), form | {"name": "Emil Gast"})
    assert (full.status_code, list(full.context["form"].non_field_errors())) == (422, ["Es ist kein Platz frei."])
    assert standing(found) == {"Dana Gast": "confirmed"}


def test_telephones_send_what_they_noted_as_often_as_they_like(found: Gathering) -> None:
    (one, _), (two, _) = helper(found), helper(found)
    ada, cem = found.registrations.get(name="Ada"), found.registrations.get(name="Cem")
    list_ = send(one, found, []).json()
    assert [(row["name"], row["state"], row["came"]) for row in list_["people"]] == [("Ada", "", ""), ("Ben", "", ""), ("Cem", "auf der Warteliste", "")]
    assert "stadt.example" not in json.dumps(list_)
    assert "people" not in send(one, found, [], digest=list_["digest"]).json()
    now = int(clock.now().timestamp() * 1000)
    with clock.moved_to(BEGINS + dt.timedelta(hours=1)):
        late = int(clock.now().timestamp() * 1000)
        notes = [{"key": "a", "who": ada.reference, "at": now + 60_000}, {"key": "c", "who": cem.reference, "at": now}, {"key": "x", "who": "weg", "at": now}]
        answer = send(one, found, notes).json()
        assert (answer["taken"], answer["refused"], answer["line"]) == (["a", "c", "x"], ["Cem: auf der Warteliste."], "1 von 2 da")
        again = send(one, found, notes[1:2], digest=answer["digest"]).json()  # it has the list, and believes that Cem is in
        assert ([row["came"] for row in again["people"]], "people" in send(one, found, [], digest=answer["digest"]).json()) == (["09:31", "", ""], False)
        wrong = [{"key": "b", "who": ada.reference, "at": now + 30_000 + 7_200_000}]  # a clock that is two hours fast
        for _ in range(2):
            send(two, found, wrong, sent_at=late + 7_200_000)
        row = Attendance.objects.get()
        assert (row.came_at, row.station, row.registration) == (BEGINS + dt.timedelta(seconds=30), "Haupteingang", ada)
    assert send(one, found, [{"key": "a"}]).status_code == 400
    bad: list[Any] = [
        [],
        {"sent_at": now},
        {"sent_at": "x", "notes": []},
        {"sent_at": now, "notes": [{"key": 1, "who": "a", "at": now}]},
        {"sent_at": -1, "notes": []},
    ]
    assert [one.post(door(found, "abgleich/"), json.dumps(body), content_type="application/json").status_code for body in bad] == [400] * 5
    assert one.post(door(found, "abgleich/"), "{", content_type="application/json").status_code == 400


def test_a_link_opens_one_door_on_one_day_until_it_is_taken_back(found: Gathering) -> None:
    client, made = helper(found)
    assert "Haupteingang" in said(client.get(door(found)).content.decode())
    assert client.get(door(found, "gast/")).status_code == 403
    assert client.post(door(found), {"key": found.registrations.get(name="Cem").reference, "action": "trotzdem"}).status_code == 403
    assert "stadt.example" not in client.get(door(found), {"q": "Ada"}).content.decode()
    other = gathering(1, owner=GOERLITZ)
    assert [client.get(address).status_code for address in (door(other), f"{found.get_absolute_url()}anmeldungen/", found.get_absolute_url())] == [
        302,
        302,
        404,
    ]
    with clock.moved_to(BEGINS + dt.timedelta(days=1)):
        assert (client.get(door(found)).status_code, Client().get(path_of_pass(made)).status_code) == (404, 410)
    guests, _made = helper(found, lets_in_guests=True)
    assert guests.get(door(found, "gast/")).status_code == 200
    revoke_pass(made, by=SYSTEM)
    revoke_pass(made, by=SYSTEM)
    assert (client.get(door(found)).status_code, Client().post(path_of_pass(made)).status_code) == (404, 410)
    assert Client().get(path_of_pass(made)[:-2] + "x/").status_code == 410
    assert not allowed("events.let_in", ANYONE, Entrance(other, _made))


@pytest.mark.parametrize("page", ["", "gast/", "dienst.js", "app.webmanifest"])
def test_other_houses_and_strangers_stay_outside(client: Client, sign_in: SignIn, page: str) -> None:
    with clock.moved_to(BEFORE):
        found = gathering(3, owner=GOERLITZ)
        confirm(come(found, "Lovelace"), by=ANYONE)
    for role, organisation in (("coordinator", FRANKENBERG), ("police", "Polizeidirektion Görlitz"), ("state_council", COUNCIL)):
        sign_in(role, organisation)
        assert client.get(door(found, page)).status_code == 403
        assert send(client, found, []).status_code == 403
        assert client.post(door(found), {"key": Registration.objects.get().reference}).status_code == 403
        for address in ("am-tag/", "einlass-links/", "einlassliste.pdf", "namensschilder-a6.pdf", "leere-schilder-a6.pdf", "teilnahmebestaetigungen.pdf"):
            assert client.get(f"{found.get_absolute_url()}{address}").status_code == 403
    client.logout()
    assert [client.get(door(found, page)).status_code, send(client, found, []).status_code] == [302, 302]
    assert not Attendance.objects.exists()


def test_an_organiser_gives_out_links_and_takes_them_back(client: Client, sign_in: SignIn, found: Gathering) -> None:
    sign_in("coordinator", GOERLITZ)
    links = f"{found.get_absolute_url()}einlass-links/"
    wrong = client.post(links, {"station": "Hof", "day": "01.01.2027"})
    assert (wrong.status_code, dict(wrong.context["form"].errors)) == (422, {"day": ["An diesem Tag findet die Veranstaltung nicht statt."]})
    assert client.post(links, {"station": "Hof", "day": "14.09.2027"}).status_code == 302
    made = DoorPass.objects.get()
    assert path_of_pass(made) in client.get(links).content.decode()
    client.post(f"{links}{made.reference}/zuruecknehmen/")
    assert "Hof, 14.09.2027 zurückgenommen" in said(client.get(links).content.decode())
    assert headings(Client().get(path_of_pass(made))) == ["Einlass"]


def test_the_worker_and_the_manifest_belong_to_this_page_alone(found: Gathering) -> None:
    client, _made = helper(found)
    worker, manifest = client.get(door(found, "dienst.js")), client.get(door(found, "app.webmanifest"))
    assert (worker["Content-Type"], worker.content.decode().startswith(f'const KNOWN = {{"page": "{door(found)}"')) == ("text/javascript; charset=utf-8", True)
    assert (manifest["Content-Type"], manifest.json()["start_url"], manifest.json()["scope"]) == ("application/manifest+json", door(found), door(found))
    page = client.get(door(found))
    assert 'rel="apple-touch-icon"' in page.content.decode()
    policy = page["Content-Security-Policy"]
    assert ("manifest-src 'self'" in policy, "unsafe" in policy) == (True, False)


def test_a_telephone_finds_an_icon_of_each_size_it_looks_for(found: Gathering) -> None:
    client, _made = helper(found)
    icons = client.get(door(found, "app.webmanifest")).json()["icons"]
    assert [(icon["sizes"], icon.get("purpose")) for icon in icons] == [("any", None), ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")]
    page = client.get(door(found)).content.decode()
    (touched,) = re.findall(r'rel="apple-touch-icon"\s+href="([^"]+)"\s+sizes="([^"]+)"', page)
    for address, sizes in [*((icon["src"], icon["sizes"]) for icon in icons[1:]), touched]:
        with Image.open(served(address)) as picture:
            assert (f"{picture.width}x{picture.height}", picture.format) == (sizes, "PNG")


def served(address: str) -> str:
    """Give the file behind an address of a static file."""
    return str(find(address.removeprefix(settings.STATIC_URL)))


def test_guests_noted_without_a_connection_get_a_place_or_are_inside_without_one(client: Client, sign_in: SignIn) -> None:
    with clock.moved_to(BEFORE):
        found = gathering(1, owner=GOERLITZ)
    (one, _), (other, _) = helper(found, lets_in_guests=True), helper(found)
    now = int(clock.now().timestamp() * 1000)
    notes = [{"key": name, "at": now, "guest": {"name": name, "type": "other", "organisation": "Verein"}} for name in ("Dana", "Emil")]
    for _ in range(2):  # no answer came the first time
        answer = send(one, found, notes).json()
        assert (answer["taken"], answer["refused"], answer["line"]) == (["Dana", "Emil"], [], "1 von 1 da")
    assert [(row["name"], row["state"], row["came"]) for row in answer["people"]] == [
        ("Dana", "", "09:30"),
        ("Emil", "ohne freien Platz eingelassen", "09:30"),
    ]
    assert (standing(found), found.places.get().taken) == ({"Dana": "confirmed", "Emil": "waiting"}, 1)
    foreign = send(other, found, [{**notes[0], "key": "f"}]).json()
    assert foreign["refused"] == ["Dana: Gäste ohne Anmeldung lassen andere ein."]
    sign_in("coordinator", GOERLITZ)
    for page in ("einlass/", "am-tag/"):
        assert "Ohne freien Platz eingelassen: Emil" in said(client.get(f"{found.get_absolute_url()}{page}").content.decode())
    change_gathering(found, facts(), Room(2), by=SYSTEM)
    assert standing(found)["Emil"] == "waiting"  # nobody offers a place to whoever is inside
    emil = found.registrations.get(name="Emil")
    assert "Freien Platz geben" in said(client.get(door(found), {"q": "Emil"}).content.decode())
    page = said(client.post(door(found), {"key": emil.reference, "action": "trotzdem"}, follow=True).content.decode())
    assert ("Emil war schon um 09:30 Uhr da." in page, "2 von 2 da" in page, "eingelassen: Emil" in page) == (True, True, False)
    assert Attendance.objects.filter(walk_in=True).count() == 2


@pytest.mark.parametrize(
    "guest", ["Dana", {"name": "Dana"}, {"name": " ", "type": "other"}, {"name": "D" * 121, "type": "other"}, {"name": "D", "type": "other", "organisation": 1}]
)
def test_what_our_page_does_not_send_is_no_guest(found: Gathering, guest: object) -> None:
    client, _made = helper(found, lets_in_guests=True)
    assert send(client, found, [{"key": "a", "at": 0, "guest": guest}]).status_code == 400


def test_a_guest_is_taken_over_after_the_end_only_where_she_was_let_in_before_it(found: Gathering) -> None:
    guest = Applicant("Gast", "", "other")
    cancel(found.registrations.get(name="Ada"), by=SYSTEM)
    with clock.moved_to(found.ends_at + dt.timedelta(hours=1)):
        with pytest.raises(RegistrationError, match="vorbei oder abgesagt"):
            note_guest(found, guest, Note(found.ends_at, key="a"), by=SYSTEM)
        assert note_guest(found, guest, Note(BEGINS, key="b"), by=SYSTEM).before is False
        assert note_guest(found, guest, Note(BEGINS, key="b"), by=SYSTEM).before is True
