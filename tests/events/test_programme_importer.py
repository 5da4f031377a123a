# SPDX-License-Identifier: EUPL-1.2
"""A programme that comes as schedule.json: recognised, previewed, taken over as a draft, undone; and a round trip is equal."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from asskomm.core.clock import BERLIN, clock
from asskomm.core.imports import IMPORTERS
from asskomm.core.imports.domain import door
from asskomm.core.imports.models import Batch
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.events.domain.gatherings import publish_gathering
from asskomm.events.domain.programme_content import Part, Programme, freeze, released_programme
from asskomm.events.example import load_example_gatherings
from asskomm.events.interfaces.schedule_files import schedule_json
from asskomm.events.models import Gathering
from tests.events.making import BEFORE
from tests.making import FRANKENBERG, member, work_off

pytestmark = pytest.mark.django_db
EVENT = {
    "guid": "6f0b7c1e-2f67-5d0a-9f0e-2a1f6f9f0c11",
    "id": 7,
    "code": "ABC123",
    "slug": "conf-7-eins",
    "url": "https://conf.example/talk/ABC123/",
    "title": "Eins",
    "subtitle": "",
    "type": "Talk (30 minutes)",
    "track": {"de": "Jugend", "en": "Youth"},
    "language": "en",
    "abstract": "Kurz",
    "description": "Lang",
    "date": "2027-09-14T09:30:00+02:00",
    "start": "09:30",
    "duration": "00:30",
    "room": "Saal",
    "persons": [{"code": "XYZ", "name": "Ada", "public_name": "Ada", "avatar": None, "biography": None, "answers": []}],
}


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with clock.moved_to(BEFORE):
        yield


@pytest.fixture
def coordinator() -> Principal:
    _account, principal = member("coordinator", FRANKENBERG)
    return principal


def received(content: object, by: Principal) -> Batch:
    """Hand a file in and let it be read."""
    batch = door.receive("schedule.json", iter([json.dumps(content).encode()]), by=by)
    work_off()
    batch.refresh_from_db()
    return batch


def schedule(*events: dict[str, Any]) -> dict[str, Any]:
    """Give a file as pretalx writes it."""
    rooms: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        rooms.setdefault(str(event.get("room")), []).append(event)
    days = [{"index": 1, "date": "2027-09-14", "day_start": "2027-09-14T04:00:00+02:00", "day_end": "2027-09-15T03:59:00+02:00", "rooms": rooms}]
    conference = {"acronym": "conf", "title": "Conf", "start": "2027-09-14", "end": "2027-09-14", "daysCount": 1, "timeslot_duration": "00:05", "days": days}
    return {"$schema": "https://c3voc.de/schedule/schema.json", "generator": {"name": "pretalx"}, "schedule": {"version": "0.1", "conference": conference}}


def comparable(programme: Programme) -> tuple[object, ...]:
    """Give all that a file carries: names instead of references, and no fields of action, for which it has no place."""

    def told(part: Part) -> tuple[Part, tuple[str, ...]]:
        return replace(part, reference="", speakers=(), fields=()), programme.names(part)

    voices = sorted((voice.guid, voice.name, voice.organisation, voice.biography) for voice in programme.voices)
    return programme.rooms, programme.tracks, sorted(map(told, programme.parts), key=lambda pair: pair[0].guid), voices


def test_what_goes_out_comes_in_again_and_can_be_undone(coordinator: Principal) -> None:
    load_example_gatherings()
    source = Gathering.objects.get(kind="conference", starts_at__gt=clock.now())
    version, programme = source.programme_versions.get(), released_programme(source)
    assert programme is not None
    batch = received(schedule_json(source, version, programme), coordinator)
    assert (batch.importer, batch.accepted, batch.rejected) == ("schedule", 20, 0)
    door.take_over(batch, by=coordinator)
    work_off()
    made = Gathering.objects.get(owner__in=coordinator.organisations, kind="conference")
    assert (made.state, made.title, made.starts_at) == ("draft", source.title, source.starts_at)
    assert comparable(freeze(made)) == comparable(programme)
    batch.refresh_from_db()
    door.undo(batch, by=coordinator)
    work_off()
    assert not Gathering.objects.filter(pk=made.pk).exists()


def test_a_file_of_pretalx_is_read(coordinator: Principal) -> None:
    second = EVENT | {"guid": "7f0b7c1e-2f67-5d0a-9f0e-2a1f6f9f0c11", "title": "Zwei", "type": "Workshop", "date": "2027-09-14T11:00:00", "duration": "1:00:15"}
    batch = received(schedule(EVENT, second, EVENT | {"title": ""}, EVENT | {"date": "bald"}, EVENT | {"duration": "lang"}, second), coordinator)
    assert batch.duplicates == 1
    assert [(row.row, row.column, row.reason) for row in batch.rejections.all()] == [
        (3, "title", "Der Titel fehlt."),
        (4, "date", "Das ist kein Zeitpunkt."),
        (5, "duration", "Das ist keine Dauer."),
    ]
    door.take_over(batch, by=coordinator)
    work_off()
    made = Gathering.objects.get()
    first, last = made.sessions.order_by("starts_at")
    assert (first.kind, first.title, first.abstract, first.language) == ("talk", "Eins", "Kurz\n\nLang", "en")
    assert (str(first.track), str(first.room)) == ("Jugend", "Saal")
    assert (last.kind, last.starts_at, last.ends_at) == (
        "workshop",
        dt.datetime(2027, 9, 14, 11, tzinfo=BERLIN),
        dt.datetime(2027, 9, 15, 11, 15, tzinfo=BERLIN),
    )
    assert [speaker.name for speaker in made.speakers.all()] == ["Ada"]
    publish_gathering(made, by=SYSTEM)
    batch.refresh_from_db()
    assert IMPORTERS["schedule"].obstacles(batch) == ["Die Veranstaltung ist schon veröffentlicht."]


@pytest.mark.parametrize("content", [{"schedule": {"conference": {}}}, schedule(EVENT | {"title": ""})])
def test_what_is_no_programme_is_refused(coordinator: Principal, content: dict[str, Any]) -> None:
    assert received(content, coordinator).state == "refused"
