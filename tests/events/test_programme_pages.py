# SPDX-License-Identifier: EUPL-1.2
"""Pages of a programme: planned by hand or by dragging, released, and read by the public."""

import datetime as dt
import json
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from asskomm.core.clock import BERLIN, clock
from asskomm.core.visibility import SYSTEM, Principal, Visibility
from asskomm.events.domain import programme as verbs
from asskomm.events.domain.gatherings import Room, call_off, change_gathering
from asskomm.events.domain.programme import SessionFacts, Slot, SpeakerFacts
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.models import Gathering, Session
from tests.events.making import BEFORE, BEGINS, facts, gathering, invite
from tests.making import FRANKENBERG
from tests.reading import by_class, field_errors, headings, links, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with clock.moved_to(BEFORE):
        yield


def planned(sessions: int = 3) -> Gathering:
    """Plan a programme of some sessions of an hour each, in two rooms by turns."""
    found = gathering(2)
    rooms = [verbs.add_room(found, name, 20, by=SYSTEM) for name in ("Saal", "Kammer")]
    track = verbs.add_track(found, "Jugend", by=SYSTEM)
    ada = verbs.add_speaker(found, SpeakerFacts("Ada", "ada@stadt.example", "Görlitz", biography="Leitet das Amt."), by=SYSTEM)
    for number in range(sessions):
        facts = SessionFacts("talk" if number else "plenary", f"Beitrag {number}", "Worum & wie", track=track if number == 1 else None, speakers=[ada])
        verbs.add_session(found, facts, Slot(BEGINS + number * HOUR, BEGINS + (number + 1) * HOUR, rooms[number % 2]), by=SYSTEM)
    return found


def test_from_nothing_to_the_released_programme(client: Client, sign_in: SignIn) -> None:
    found = gathering(2)
    sign_in("state_council")
    plan = f"{found.get_absolute_url()}programm/bearbeiten/"
    assert "Legen Sie Räume und Beiträge an." in said(client.get(plan).content.decode())
    client.post(f"{plan}raum/", {"name": "Saal", "capacity": "20"})
    again = client.post(f"{plan}raum/", {"name": "Saal"})
    assert (again.status_code, again.context["form"].non_field_errors()) == (422, ["„Saal“ gibt es schon."])
    client.post(f"{plan}themenreihe/", {"name": "Jugend"})
    client.post(f"{plan}mitwirkende/", {"name": "Ada", "participant_type": "municipality"})
    speaker, room = found.speakers.get(), found.rooms.get()
    client.post(f"{plan}mitwirkende/{speaker.reference}/", {"name": "Ada Muster", "participant_type": "municipality", "level": "local"})
    client.post(f"{plan}beitrag/", {"kind": "talk", "title": "Graffiti", "speakers": [speaker.reference], "track": found.tracks.get().pk})
    row = Session.objects.get()
    client.post(f"{plan}beitrag/{row.reference}/", {"kind": "talk", "title": "Graffiti heute", "speakers": [speaker.reference]})
    assert field_errors(client.post(f"{plan}beitrag/", {"kind": "talk"})).keys() == {"title"}
    slot = {"room": room.pk, "starts_at": "14.09.2027 09:00", "minutes": "45"}
    page = client.post(f"{plan}beitrag/{row.reference}/platz/", slot, follow=True)
    assert by_class(page, "conflict") == ["Liegt außerhalb der Zeit der Veranstaltung."]
    release = f"{found.get_absolute_url()}programm/veroeffentlichen/"
    assert client.post(release, {"notes": ""}).status_code == 422
    done = client.post(release, {"notes": "", "knowing_conflicts": "on"}, follow=True)
    assert headings(done, 4) == ["Graffiti heute"]
    client.post(f"{plan}beitrag/{row.reference}/platz/", slot | {"starts_at": "14.09.2027 10:00"})
    assert client.get(release).context["form"].initial["notes"] == "Verlegt: „Graffiti heute“, jetzt 14.09.2027, 10:00 bis 10:45 Uhr, Saal."
    assert "Schreiben Sie Tag und Uhrzeit" in said(
        client.post(f"{plan}beitrag/{row.reference}/platz/", slot | {"starts_at": "morgen"}, follow=True).content.decode()
    )
    client.post(f"{plan}beitrag/{row.reference}/platz/", {"minutes": "45"})
    row.refresh_from_db()
    assert row.starts_at is None
    assert "verschwindet aus dem Plan" in said(client.get(f"{plan}beitrag/{row.reference}/entfernen/").content.decode())
    client.post(f"{plan}beitrag/{row.reference}/entfernen/")
    assert not Session.objects.exists()
    assert client.post(release, {"notes": ""}).context["form"].non_field_errors() == ["Noch hat kein Beitrag eine Zeit."]


def test_others_neither_see_the_plan_nor_change_it(client: Client, sign_in: SignIn) -> None:
    found, other = planned(1), planned(1)
    row, speaker = found.sessions.get(), found.speakers.get()
    room, track = found.rooms.all()[0].pk, found.tracks.get().pk
    plan = f"{found.get_absolute_url()}programm/"
    pages = [
        "bearbeiten/",
        "bearbeiten/raum/",
        "bearbeiten/themenreihe/",
        f"bearbeiten/raum/{room}/",
        f"bearbeiten/raum/{room}/entfernen/",
        f"bearbeiten/themenreihe/{track}/",
        f"bearbeiten/themenreihe/{track}/entfernen/",
        f"bearbeiten/mitwirkende/{speaker.reference}/entfernen/",
        "bearbeiten/mitwirkende/",
        f"bearbeiten/mitwirkende/{speaker.reference}/",
        "bearbeiten/beitrag/",
        f"bearbeiten/beitrag/{row.reference}/",
        f"bearbeiten/beitrag/{row.reference}/entfernen/",
        "veroeffentlichen/",
    ]
    assert {client.get(plan + page).status_code for page in pages} == {302}
    sign_in("coordinator", FRANKENBERG)
    assert {client.get(plan + page).status_code for page in pages} == {403}
    posted = [client.post(plan + page).status_code for page in (*pages[1:], f"bearbeiten/beitrag/{row.reference}/platz/")]
    assert posted == [403] * 14
    assert {client.get(plan + page).status_code for page in ("schedule.xml", "schedule.json", "programm.ics", f"beitrag/{row.reference}/")} == {404}
    sign_in("state_council")
    foreign = f"{other.get_absolute_url()}programm/bearbeiten/"
    crossed = [f"{foreign}beitrag/{row.reference}/", f"{foreign}beitrag/{row.reference}/entfernen/", f"{foreign}mitwirkende/{speaker.reference}/"]
    crossed += [f"{foreign}raum/{room}/", f"{foreign}raum/{room}/entfernen/", f"{foreign}themenreihe/{track}/", f"{foreign}themenreihe/{track}/entfernen/"]
    crossed += [f"{foreign}mitwirkende/{speaker.reference}/entfernen/"]
    assert {client.get(page).status_code for page in crossed} == {404}
    assert client.post(f"{foreign}beitrag/{row.reference}/platz/", {"minutes": "45"}).status_code == 404


def test_rooms_and_tracks_are_renamed_and_what_is_wrong_is_removed(client: Client, sign_in: SignIn) -> None:
    found = planned(2)
    session, speaker = found.sessions.order_by("pk")[1], found.speakers.order_by("pk")[0]
    room, track = session.room, session.track
    assert room is not None
    assert track is not None
    sign_in("state_council")
    plan = f"{found.get_absolute_url()}programm/bearbeiten/"
    client.post(f"{plan}raum/{room.pk}/", {"name": "Aula", "capacity": "80"})
    client.post(f"{plan}themenreihe/{track.pk}/", {"name": "Familie"})
    session.refresh_from_db()
    assert (str(session.room), session.room and session.room.capacity, str(session.track)) == ("Aula", 80, "Familie")
    taken = found.rooms.exclude(pk=room.pk)[0]
    assert client.post(f"{plan}raum/{room.pk}/", {"name": taken.name}).context["form"].non_field_errors() == [f"„{taken.name}“ gibt es schon."]
    assert "behalten ihre Zeit" in said(client.get(f"{plan}raum/{room.pk}/entfernen/").content.decode())
    before = session.starts_at
    for path in (f"raum/{room.pk}", f"themenreihe/{track.pk}", f"mitwirkende/{speaker.reference}"):
        assert "Entfernt." in said(client.post(f"{plan}{path}/entfernen/", follow=True).content.decode())
    session.refresh_from_db()
    assert (session.room, session.track, session.starts_at, session.speakings.count()) == (None, None, before, 0)
    asked = invite(found)
    told = said(client.post(f"{plan}mitwirkende/{asked.speaker.reference}/entfernen/", follow=True).content.decode())
    assert ("Ada Muster ist eingeladen. Nehmen Sie erst die Einladung zurück." in told, found.speakers.filter(pk=asked.speaker_id).exists()) == (True, True)


def test_the_programme_fits_into_the_page_of_somebody_else(client: Client, sign_in: SignIn) -> None:
    found = planned(2)
    page = f"{found.get_absolute_url()}programm/einbetten/"
    assert client.get(page).status_code == 404  # nothing is released
    release_programme(found, by=SYSTEM)
    answer = client.get(page)
    assert (headings(answer, 4), len(answer.cookies), answer.headers.get("X-Frame-Options")) == (["Beitrag 0", "Beitrag 1"], 0, None)
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get(f"{found.get_absolute_url()}programm/").headers["Content-Security-Policy"]
    assert {link.startswith("http") for link in links(answer)} == {True}  # within a frame a path would lead into the frame
    sign_in("state_council")
    assert "programm/einbetten/" in client.get(f"{found.get_absolute_url()}programm/bearbeiten/").content.decode()
    change_gathering(found, facts(visibility=Visibility.ALLIANCE), Room(2), by=SYSTEM)
    assert client.get(page).status_code == 404  # the page around it is not ours, whoever looks


def test_what_is_released_is_read_in_one_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for sessions in (1, 3):
        found = planned(sessions)
        path = f"{found.get_absolute_url()}programm/"
        assert "Das Programm ist noch nicht veröffentlicht." in said(client.get(path).content.decode())
        release_programme(found, "Alles <neu>", by=SYSTEM)
        page = client.get(path)
        assert (headings(page, 4), "Alles &lt;neu&gt;" in page.content.decode()) == ([f"Beitrag {n}" for n in range(sessions)], True)
        with django_assert_num_queries(1):
            assert client.get(path).status_code == 200
    assert headings(client.get(f"{path}?raum=Kammer"), 4) == ["Beitrag 1"]
    assert headings(client.get(f"{path}?art=plenary"), 4) == ["Beitrag 0"]
    assert headings(client.get(f"{path}?reihe=Jugend&raum=Saal"), 4) == []
    assert client.get(f"{path}?raum=Dach").status_code == 400
    etag = page["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    release_programme(found, by=SYSTEM)
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200
    with clock.moved_to(BEGINS + HOUR / 2):
        during = client.get(path, headers={"If-None-Match": client.get(path)["ETag"]})
        assert during.status_code == 304
        told = said(client.get(path).content.decode())
    assert "Jetzt Beitrag 0 Saal Als Nächstes 10:30 Beitrag 1 Kammer" in told


def test_simple_words_come_first_and_a_kept_page_has_the_new_ones(client: Client, sign_in: SignIn) -> None:
    found = planned()
    release_programme(found, by=SYSTEM)
    page = f"{found.get_absolute_url()}programm/"
    assert "In einfachen Worten" not in client.get(page).content.decode()
    change_gathering(found, facts(plain_words="Das ist ein Treffen.\nAlle können kommen."), Room(2), by=SYSTEM)
    for address, after in ((page, ">Programm</h1>"), (found.get_absolute_url(), "<dl")):
        shown = client.get(address).content.decode()
        assert shown.index('id="einfache-worte">In einfachen Worten</h2>') < shown.index(after)
        assert "In einfachen Worten Das ist ein Treffen. Alle können kommen." in said(shown)
    sign_in("state_council")
    change = f"{found.get_absolute_url()}aendern/"
    form = client.get(change).context["form"]
    assert form["plain_words"].value() == "Das ist ein Treffen.\nAlle können kommen."
    sent = {name: form[name].value() or "" for name in form.fields} | {"starts_at": "14.09.2027 9:30", "ends_at": "14.09.2027 16:30", "plain_words": "x" * 1501}
    assert set(field_errors(client.post(change, sent))) == {"plain_words"}


def test_a_kept_page_carries_a_token_of_each_reader(client: Client) -> None:
    found = planned(1)
    release_programme(found, by=SYSTEM)
    path = f"{found.get_absolute_url()}programm/"
    tokens = [re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', Client().get(path).content.decode()) for _ in range(2)]
    assert [len(found_there) for found_there in tokens] == [1, 1]
    assert tokens[0] != tokens[1]
    checked = Client(enforce_csrf_checks=True)
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', checked.get(path).content.decode())
    assert checked.post("/sprache/", {"language": "en", "next": path, "csrfmiddlewaretoken": token}).status_code == 302
    assert headings(checked.get(path)) == ["Programme"]


def test_sessions_and_speakers_have_pages_and_calendars(client: Client) -> None:
    found = planned(2)
    release_programme(found, by=SYSTEM)
    path = f"{found.get_absolute_url()}programm/"
    rows = list(found.sessions.all())
    page = client.get(f"{path}beitrag/{rows[0].reference}/")
    assert headings(page) == ["Beitrag 0"]
    assert "14.09.2027, 09:30 bis 10:30 Uhr, Saal" in said(page.content.decode())
    speaker = f"{path}mitwirkende/{found.speakers.get().reference}/"
    assert speaker in links(page)
    about = client.get(speaker)
    assert "Leitet das Amt." in said(about.content.decode())
    assert "stadt.example" not in about.content.decode()
    for address, expected in ((f"{path}programm.ics", 2), (f"{path}beitrag/{rows[0].reference}/termin.ics", 1), (f"{speaker}termine.ics", 2)):
        calendar = Calendar.from_ical(client.get(address).content)
        events = list(calendar.walk("VEVENT"))
        assert (len(events), str(events[0]["SUMMARY"]), events[0].decoded("DTSTART")) == (expected, "Beitrag 0", BEGINS)
        assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
        assert str(events[0]["UID"]).startswith(f"session:{rows[0].guid}@")
    assert {client.get(f"{path}{kind}/unbekannt/{file}").status_code for kind in ("beitrag", "mitwirkende") for file in ("", "termin.ics", "termine.ics")} == {
        404
    }


def test_when_it_is_called_off_calendars_and_files_for_apps_say_so(client: Client) -> None:
    found = planned(2)
    release_programme(found, by=SYSTEM)
    call_off(found, by=SYSTEM)
    path, row = f"{found.get_absolute_url()}programm/", found.sessions.first()
    assert row is not None
    for address in ("programm.ics", f"beitrag/{row.reference}/termin.ics", f"mitwirkende/{found.speakers.get().reference}/termine.ics"):
        events = Calendar.from_ical(client.get(f"{path}{address}").content).events
        assert {(str(event["STATUS"]), event["SEQUENCE"]) for event in events} == {("CANCELLED", 1)}
    told = json.loads(client.get(f"{path}schedule.json").content)["schedule"]
    titles = [event["title"] for room in told["conference"]["days"][0]["rooms"].values() for event in room]
    assert (told["version"], told["conference"]["title"], titles) == (
        "1 (abgesagt)",
        "Abgesagt: Fachtag",
        ["Abgesagt: Beitrag 0", "Abgesagt: Beitrag 1"],
    )
    root = ET.fromstring(client.get(f"{path}schedule.xml").content)  # noqa: S314 -- what we wrote ourselves
    assert (root.findtext("version"), [node.text for node in root.iterfind(".//event/title")]) == ("1 (abgesagt)", titles)


def test_the_files_for_apps_say_the_same_and_keep_their_guids(client: Client) -> None:
    found = planned(3)
    verbs.add_session(found, SessionFacts("break", "Pause"), Slot(BEGINS + dt.timedelta(days=1), BEGINS + dt.timedelta(days=1, minutes=15)), by=SYSTEM)
    release_programme(found, knowing_conflicts=True, by=SYSTEM)
    path = f"{found.get_absolute_url()}programm/"
    told = json.loads(client.get(f"{path}schedule.json").content)
    conference = told["schedule"]["conference"]
    assert (conference["daysCount"], conference["start"], conference["end"]) == (2, "2027-09-14", "2027-09-15")
    assert [list(day["rooms"]) for day in conference["days"]] == [["Saal", "Kammer"], ["Saal", "Kammer", "–"]]
    (first, _third), (second,) = conference["days"][0]["rooms"].values()
    assert (first["date"], first["start"], first["duration"], first["room"]) == ("2027-09-14T09:30:00+02:00", "09:30", "01:00", "Saal")
    assert (second["track"], [person["name"] for person in second["persons"]]) == ("Jugend", ["Ada"])
    assert "email" not in json.dumps(told)
    root = ET.fromstring(client.get(f"{path}schedule.xml").content)  # noqa: S314 -- what we wrote ourselves
    events = {event.get("guid"): event for event in root.iter("event")}
    flat = {event["guid"]: event for day in conference["days"] for events_of in day["rooms"].values() for event in events_of}
    assert events.keys() == flat.keys() == {str(guid) for guid in found.sessions.values_list("guid", flat=True)}
    for guid, event in events.items():
        for name in ("title", "room", "date", "start", "duration", "slug", "track", "type", "language", "abstract", "url"):
            assert (event.findtext(name) or "") == flat[str(guid)][name]
        assert [person.text for person in event.iter("person")] == [person["name"] for person in flat[str(guid)]["persons"]]
    release_programme(found, knowing_conflicts=True, by=SYSTEM)
    later = json.loads(client.get(f"{path}schedule.json").content)
    assert (later["schedule"].pop("version"), told["schedule"].pop("version"), later == told) == ("2", "1", True)
    assert dt.datetime.fromisoformat(first["date"]).astimezone(BERLIN) == BEGINS


def test_a_kept_programme_says_at_once_that_it_is_called_off(client: Client) -> None:
    found = planned()
    release_programme(found, "", by=SYSTEM)
    page = f"{found.get_absolute_url()}programm/"
    before = client.get(page)
    assert "abgesagt" not in said(before.content.decode())
    call_off(found, by=SYSTEM)
    after = client.get(page, headers={"if-none-match": before["ETag"]})
    assert (after.status_code, "Diese Veranstaltung ist abgesagt." in said(after.content.decode())) == (200, True)
