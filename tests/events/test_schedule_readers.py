# SPDX-License-Identifier: EUPL-1.2
"""What others write is read whole, and what we write is read by others: an export that pretalx 2025.2.2 made, and the reader of schedule-convert.

The same schedule.xml opened by hand in ConfClerk 0.7.1 shows every session with its room, track, people and time.
"""

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from schedule_convert.importers.frab_xml import FrabXmlImporter

from asskomm.core.clock import BERLIN, clock
from asskomm.core.imports.domain import door
from asskomm.core.imports.models import Batch
from asskomm.core.visibility import SYSTEM
from asskomm.events.domain.gatherings import publish_gathering
from asskomm.events.domain.programme_content import released_programme
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.interfaces.schedule_files import schedule_json, schedule_xml
from asskomm.events.models import Gathering
from tests.events.making import BEFORE
from tests.making import FRANKENBERG, member, work_off

pytestmark = pytest.mark.django_db
EXPORT = Path(__file__).with_name("pretalx_2025_2_2.json")
"""Two days around the end of summer time, six sessions, three rooms, two tracks, four speakers with all sorts of letters."""
Told = tuple[str, str, str, dt.datetime, dt.timedelta, tuple[str, ...], str]


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with clock.moved_to(BEFORE):
        yield


@pytest.fixture
def taken_over() -> Gathering:
    """Take the export over."""
    _account, coordinator = member("coordinator", FRANKENBERG)
    batch = door.receive("schedule.json", iter([EXPORT.read_bytes()]), by=coordinator)
    work_off()
    door.take_over(batch, by=coordinator)
    work_off()
    assert list(Batch.objects.values_list("importer", "accepted", "rejected", "written")) == [("schedule", 6, 0, 6)]
    return Gathering.objects.get()


def events_of(file: dict[str, Any]) -> list[dict[str, Any]]:
    return [event for day in file["schedule"]["conference"]["days"] for room in day["rooms"].values() for event in room]


def lasting(text: str) -> dt.timedelta:
    hours, minutes = map(int, text.split(":"))
    return dt.timedelta(hours=hours, minutes=minutes)


def test_an_export_of_pretalx_comes_in_with_every_session_room_speaker_and_time(taken_over: Gathering) -> None:
    events = events_of(json.loads(EXPORT.read_text("utf-8")))
    expected: list[Told] = [
        (
            event["title"],
            event["room"],
            event["track"] or "",
            dt.datetime.fromisoformat(event["date"]),
            lasting(event["duration"]),
            tuple(sorted(person["name"] for person in event["persons"])),
            "\n\n".join(text for text in (event["abstract"], event["description"]) if text),
        )
        for event in events
    ]
    found: list[Told] = [
        (
            row.title,
            str(row.room),
            str(row.track or ""),
            row.starts_at,
            row.ends_at - row.starts_at,
            tuple(sorted(speaking.speaker.name for speaking in row.speakings.all())),
            row.abstract,
        )
        for row in taken_over.sessions.all()
        if row.starts_at and row.ends_at
    ]
    assert sorted(found) == sorted(expected)
    people = {person["name"]: person["biography"] for event in events for person in event["persons"]}
    assert dict(taken_over.speakers.values_list("name", "biography")) == people
    assert (taken_over.title, len(found), len(people)) == ("Fachtag Prävention", 6, 4)


def test_our_schedule_xml_is_read_by_a_reader_of_the_field(taken_over: Gathering) -> None:
    publish_gathering(taken_over, by=SYSTEM)
    version = release_programme(taken_over, knowing_conflicts=True, by=SYSTEM)
    programme = released_programme(taken_over)
    assert programme is not None
    text = schedule_xml(taken_over, version, programme)
    reader = FrabXmlImporter()
    assert reader.check(text.decode())
    conference = reader.parse(io.BytesIO(text))
    found = {(e.title, e.room.name, e.track or "", e.start, e.duration, tuple(sorted(s.name for s in e.speakers))) for e in conference.events}
    expected = {
        (
            row.title,
            str(row.room),
            str(row.track or ""),
            row.starts_at.astimezone(BERLIN).replace(tzinfo=None),
            (row.ends_at - row.starts_at).total_seconds() / 60,
            tuple(sorted(speaking.speaker.name for speaking in row.speakings.all())),
        )
        for row in taken_over.sessions.all()
        if row.starts_at and row.ends_at
    }
    assert (conference.title, len(found), found) == ("Fachtag Prävention", 6, expected)


def test_a_person_in_our_json_has_the_form_of_pretalx_and_not_that_of_frab_as_well(taken_over: Gathering) -> None:
    publish_gathering(taken_over, by=SYSTEM)
    version = release_programme(taken_over, knowing_conflicts=True, by=SYSTEM)
    programme = released_programme(taken_over)
    assert programme is not None
    persons = [person for event in events_of(schedule_json(taken_over, version, programme)) for person in event["persons"]]
    assert [
        person for person in persons if "id" in person or not {"code", "name"} <= person.keys()
    ] == []  # the schema of the field allows one of the two forms
