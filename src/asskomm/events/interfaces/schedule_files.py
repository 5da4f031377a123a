# SPDX-License-Identifier: EUPL-1.2
"""A programme as the conference field exchanges it: schedule.xml and schedule.json (https://c3voc.de/wiki/schedule).

The formats have no word for what is called off, and an app that gets no file any more goes on showing the one it has. So the files stay, with
another version, and every title says it.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

import asskomm
from asskomm.core.clock import BERLIN
from asskomm.events.domain.programme_content import Part, Programme, Voice
from asskomm.events.models import Gathering, ProgrammeVersion

NO_ROOM = "–"
_STEP = "00:05"
_NAME = "ASSKomm"
_31_BITS = 97  # of the 128 bits of a guid so many are left out
_TEXTS = ("room", "title", "type", "date", "start", "duration", "language", "abstract", "description", "slug", "subtitle", "track")


def schedule_json(gathering: Gathering, version: ProgrammeVersion, programme: Programme) -> dict[str, Any]:
    """Give a programme as schedule.json."""
    days = [_day(gathering, programme, number, day, list(parts)) for number, (day, parts) in enumerate(groupby(programme.parts, lambda part: part.day), 1)]
    conference = {
        "acronym": gathering.reference,
        "title": _titled(gathering, gathering.title),
        "start": days[0]["date"],
        "end": days[-1]["date"],
        "daysCount": len(days),
        "timeslot_duration": _STEP,
        "time_zone_name": "Europe/Berlin",
        "url": settings.SITE_URL + reverse("events:programme", args=[gathering.reference]),
        "tracks": [{"name": name} for name in programme.tracks],
        "rooms": [{"name": room.name, "guid": _room_guid(gathering, room.name), "capacity": room.capacity} for room in programme.rooms],
        "days": days,
    }
    generator = {"name": _NAME, "version": asskomm.__version__}
    return {"generator": generator, "schedule": {"version": _version(gathering, version), "base_url": settings.SITE_URL, "conference": conference}}


def schedule_xml(gathering: Gathering, version: ProgrammeVersion, programme: Programme) -> bytes:
    """Give a programme as schedule.xml, which says the same as the JSON."""
    told = schedule_json(gathering, version, programme)
    said = told["schedule"]["conference"]
    root = ET.Element("schedule")
    ET.SubElement(root, "generator", told["generator"])
    _text(root, "version", told["schedule"]["version"])
    conference = ET.SubElement(root, "conference")
    for name, key in {"acronym": "acronym", "title": "title", "start": "start", "end": "end", "days": "daysCount"}.items():
        _text(conference, name, str(said[key]))
    for name in ("timeslot_duration", "time_zone_name"):
        _text(conference, name, said[name])
    for day in said["days"]:
        node = ET.SubElement(root, "day", index=str(day["index"]), date=day["date"], start=day["day_start"], end=day["day_end"])
        for room, events in day["rooms"].items():
            place = ET.SubElement(node, "room", name=room)
            for event in events:
                _event_node(place, event)
    found: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return found


def _event_node(place: ET.Element, event: dict[str, Any]) -> None:
    node = ET.SubElement(place, "event", id=str(event["id"]), guid=event["guid"])
    for name in _TEXTS:
        _text(node, name, event[name])
    persons = ET.SubElement(node, "persons")
    for person in event["persons"]:
        ET.SubElement(persons, "person", id=str(_number(person["guid"])), guid=person["guid"]).text = person["name"]
    ET.SubElement(node, "links")
    _text(node, "url", event["url"])


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _day(gathering: Gathering, programme: Programme, number: int, day: dt.date, parts: list[Part]) -> dict[str, Any]:
    begin, end = min(part.starts_at for part in parts), max(part.ends_at for part in parts)
    rooms = {name: [_event(gathering, programme, part) for part in parts if (part.room or NO_ROOM) == name] for name in _rooms(programme, parts)}
    return {"index": number, "date": day.isoformat(), "day_start": _instant(begin), "day_end": _instant(end), "rooms": rooms}


def _rooms(programme: Programme, parts: list[Part]) -> Iterator[str]:
    yield from (room.name for room in programme.rooms)
    if any(not part.room for part in parts):
        yield NO_ROOM


def _event(gathering: Gathering, programme: Programme, part: Part) -> dict[str, Any]:
    minutes = int((part.ends_at - part.starts_at).total_seconds() // 60)
    return {
        "id": _number(part.guid),
        "guid": part.guid,
        "date": _instant(part.starts_at),
        "start": f"{part.starts_at.astimezone(BERLIN):%H:%M}",
        "duration": f"{minutes // 60:02}:{minutes % 60:02}",
        "room": part.room or NO_ROOM,
        "slug": f"{gathering.reference}-{part.reference}",
        "url": settings.SITE_URL + reverse("events:session", args=[gathering.reference, part.reference]),
        "title": _titled(gathering, part.title),
        "subtitle": "",
        "track": part.track,
        "type": part.kind,
        "language": part.language or "de",
        "abstract": part.abstract,
        "description": "",
        "persons": [_person(programme.voice[reference]) for reference in part.speakers],
        "links": [],
        "attachments": [],
    }


def _person(voice: Voice) -> dict[str, Any]:
    return {
        "guid": voice.guid,
        "code": voice.reference.upper(),
        "name": voice.name,
        "public_name": voice.name,
        "organisation": voice.organisation,
        "biography": voice.biography,
    }


def _titled(gathering: Gathering, title: str) -> str:
    return _("Abgesagt: %(title)s") % {"title": title} if gathering.called_off else title


def _version(gathering: Gathering, version: ProgrammeVersion) -> str:
    return _("%(number)d (abgesagt)") % {"number": version.number} if gathering.called_off else str(version.number)


def _number(guid: str) -> int:
    """Give a positive number that stays with a guid, because older apps know sessions by numbers."""
    return (uuid.UUID(guid).int >> _31_BITS) or 1


def _room_guid(gathering: Gathering, name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{gathering.reference}/{name}"))


def _instant(instant: dt.datetime) -> str:
    return instant.astimezone(BERLIN).isoformat()
