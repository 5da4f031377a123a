# SPDX-License-Identifier: EUPL-1.2
"""A programme from schedule.json, as pretalx and the conference field write it: it becomes the draft of a new gathering."""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.clock import BERLIN
from asskomm.core.imports import Accepted, Duplicate, Fit, Found, Importer, Made, Peek, Rejection, Session, Shape, TableError
from asskomm.core.imports.models import Batch
from asskomm.core.imports.peek import read_json
from asskomm.core.visibility import Principal
from asskomm.events.domain import programme as verbs
from asskomm.events.domain.gatherings import Facts, GatheringError, Room, discard_draft, draft_gathering
from asskomm.events.enums import GatheringKind, GatheringState, SessionKind
from asskomm.events.interfaces.schedule_files import NO_ROOM
from asskomm.events.models import Gathering, Speaker
from asskomm.events.rules import ORGANISING
from asskomm.people.enums import OrganisationKind
from asskomm.people.models import Organisation

_KINDS = {
    **{str(kind): kind for kind in SessionKind},
    "keynote": SessionKind.PLENARY,
    "podium": SessionKind.PANEL,
    "pause": SessionKind.BREAK,
    "plenum": SessionKind.PLENARY,
}
_TITLE, _NAME = 200, 120


class ScheduleSession(Session):
    """Reads and writes one programme."""

    def __init__(self, principal: Principal) -> None:
        """Know in whose name."""
        self._principal = principal
        self._gathering: Gathering | None = None

    def read(self, path: Path) -> Iterator[Found]:
        """Give the sessions of the file by day and room."""
        conference = _conference_in(read_json(path))
        _owner_for(self._principal)
        sorted_out = _once_each(_sorted(number, event) for number, event in enumerate(_events_in(conference), 1))
        taken = [found for found in sorted_out if isinstance(found, Accepted)]
        if not taken:
            raise TableError(_("In der Datei steht kein Beitrag, der eine Zeit hat."))
        frame = _frame(conference, taken)
        for found in sorted_out:
            yield Accepted(found.row, {"event": found.item, "frame": frame}, found.shown) if isinstance(found, Accepted) else found

    def write(self, items: Sequence[tuple[int, Any]], batch: Batch) -> Sequence[Made | Rejection]:
        """Add sessions to the draft, which the first of them begins."""
        return [made for row, item in items for made in self._written(row, item, batch)]

    def _written(self, row: int, item: Mapping[str, Any], batch: Batch) -> Iterator[Made | Rejection]:
        try:
            gathering = self._draft(item["frame"], batch)
            self._add(gathering, item["event"])
        except (verbs.ProgrammeError, GatheringError) as fault:
            yield Rejection(row, "", "", str(fault))
        else:
            yield Made(gathering.reference)

    def _draft(self, frame: Mapping[str, Any], batch: Batch) -> Gathering:
        """Give the draft of this batch, begun before a break or now."""
        if self._gathering is None:
            begun = batch.made.values_list("key", flat=True).first()
            self._gathering = Gathering.objects.filter(reference=begun).first() or self._begun(frame)
        return self._gathering

    def _begun(self, frame: Mapping[str, Any]) -> Gathering:
        begin, end = (dt.datetime.fromisoformat(frame[name]) for name in ("starts_at", "ends_at"))
        facts = Facts(GatheringKind.CONFERENCE, frame["title"], frame["place"], begin, end)
        gathering = draft_gathering(facts, Room(), owner=_owner_for(self._principal), by=self._principal)
        for name, capacity in frame["rooms"]:
            verbs.add_room(gathering, name, capacity, by=self._principal)
        for name in frame["tracks"]:
            verbs.add_track(gathering, name, by=self._principal)
        return gathering

    def _add(self, gathering: Gathering, event: Mapping[str, Any]) -> None:
        begin = dt.datetime.fromisoformat(event["starts_at"])
        slot = verbs.Slot(begin, begin + dt.timedelta(minutes=event["minutes"]), gathering.rooms.filter(name=event["room"]).first())
        speakers = [self._speaker(gathering, person) for person in event["persons"]]
        facts = verbs.SessionFacts(
            event["kind"],
            event["title"],
            event["abstract"],
            event["language"],
            gathering.tracks.filter(name=event["track"]).first(),
            speakers=list(dict.fromkeys(speakers)),
            guid=uuid.UUID(event["guid"]),
        )
        verbs.add_session(gathering, facts, slot, by=self._principal)

    def _speaker(self, gathering: Gathering, person: Mapping[str, str]) -> Speaker:
        known = gathering.speakers.filter(guid=person["guid"]).first()
        facts = verbs.SpeakerFacts(person["name"], organisation=person["organisation"], biography=person["biography"], guid=uuid.UUID(person["guid"]))
        return known or verbs.add_speaker(gathering, facts, by=self._principal)


class ScheduleImporter(Importer):
    """Programmes."""

    key = "schedule"
    name = gettext_lazy("Programm einer Veranstaltung")
    looks_like = gettext_lazy("schedule.json aus pretalx oder einem anderen Programm für Tagungen.")
    where = gettext_lazy("In pretalx unter „Exporte“; bei anderen oft unter der Adresse des Programms mit der Endung schedule.json.")
    rule = "events.organise"
    shown = (gettext_lazy("Beitrag"), gettext_lazy("Beginn"), gettext_lazy("Raum"), gettext_lazy("Mitwirkende"))
    part = 10
    personal = True

    def sample(self) -> tuple[str, bytes]:
        """Give a file with one session."""
        event: dict[str, Any] = {
            "guid": "6f0b7c1e-2f67-5d0a-9f0e-2a1f6f9f0c11",
            "title": "Was vor Ort wirkt",
            "date": "2027-09-14T09:30:00+02:00",
            "duration": "00:45",
        }
        event |= {"type": "talk", "language": "de", "abstract": "", "track": "Jugend", "room": "Saal", "persons": [{"name": "Ada Beispiel"}]}
        day = {"index": 1, "date": "2027-09-14", "rooms": {"Saal": [event]}}
        conference = {"acronym": "fachtag", "title": "Fachtag", "start": "2027-09-14", "end": "2027-09-14", "daysCount": 1, "days": [day]}
        text = json.dumps({"schedule": {"version": "1", "conference": conference}}, ensure_ascii=False, indent=2)
        return "schedule.json", text.encode()

    def fits(self, peek: Peek) -> Fit | None:
        """Fit where a schedule begins."""
        fitting = peek.shape is Shape.JSON and b'"schedule"' in peek.start and b'"conference"' in peek.start
        return Fit(_("es ist das Programm einer Tagung")) if fitting else None

    def open(self, principal: Principal, options: Mapping[str, str]) -> ScheduleSession:
        """Begin."""
        return ScheduleSession(principal)

    def obstacles(self, batch: Batch) -> list[str]:
        """A gathering that others know of stays."""
        gone = Gathering.objects.filter(reference__in=batch.made.values("key")).exclude(state=GatheringState.DRAFT)
        return [_("Die Veranstaltung ist schon veröffentlicht.")] if gone.exists() else []

    def undoing(self, made: Sequence[Made], batch: Batch, principal: Principal) -> Callable[[], int]:
        """Discard the draft with all that is in it."""

        def discard() -> int:
            for gathering in Gathering.objects.filter(reference__in={m.key for m in made}):
                discard_draft(gathering, by=principal)
            return len(made)

        return discard


def _conference_in(content: object) -> Mapping[str, Any]:
    found: object = content
    for name in ("schedule", "conference"):
        found = found.get(name) if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(found.get("days"), list):
        raise TableError(_("In der Datei steht kein Programm mit Tagen."))
    return found


def _events_in(conference: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for day in conference["days"]:
        rooms = day.get("rooms") if isinstance(day, dict) else None
        for name, events in (rooms if isinstance(rooms, dict) else {}).items():
            yield from ({"room": name, **event} for event in events if isinstance(event, dict))


def _sorted(row: int, event: Mapping[str, Any]) -> Found:
    title = _said(event.get("title"))[:_TITLE]
    if not title:
        return Rejection(row, "title", "", _("Der Titel fehlt."))
    try:
        begin = dt.datetime.fromisoformat(str(event.get("date")))
    except ValueError:
        return Rejection(row, "date", str(event.get("date"))[:_TITLE], _("Das ist kein Zeitpunkt."))
    minutes = _minutes(str(event.get("duration")))
    if not minutes:
        return Rejection(row, "duration", str(event.get("duration"))[:_TITLE], _("Das ist keine Dauer."))
    begin = (begin if begin.tzinfo else begin.replace(tzinfo=BERLIN)).astimezone(BERLIN)
    room, persons = _said(event.get("room")), [_person(person) for person in event.get("persons") or [] if isinstance(person, dict)]
    language = _said(event.get("language"))[:5]
    item: dict[str, Any] = {
        "guid": _guid(event.get("guid"), f"{title}/{begin.isoformat()}"),
        "kind": _KINDS.get(_said(event.get("type")).lower(), SessionKind.TALK),
        "title": title,
        "abstract": "\n\n".join(filter(None, (_said(event.get("abstract")), _said(event.get("description"))))),
        "language": "" if language == "de" else language,
        "track": _said(event.get("track")),
        "room": "" if room == NO_ROOM else room,
        "starts_at": begin.isoformat(),
        "minutes": minutes,
        "persons": persons,
    }
    return Accepted(row, item, (title, f"{begin:%d.%m.%Y %H:%M}", room, ", ".join(person["name"] for person in persons)))


def _once_each(found: Iterable[Found]) -> list[Found]:
    """Mark what comes a second time in the file as known."""
    seen: set[str] = set()
    once: list[Found] = []
    for row in found:
        again = isinstance(row, Accepted) and row.item["guid"] in seen
        once.append(Duplicate(row.row) if isinstance(row, Accepted) and again else row)
        seen |= {row.item["guid"]} if isinstance(row, Accepted) else set()
    return once


def _frame(conference: Mapping[str, Any], taken: Sequence[Accepted]) -> dict[str, Any]:
    """Give what the sessions have in common: the conference, its rooms and tracks in their order."""
    events = [found.item for found in taken]
    begins = [dt.datetime.fromisoformat(event["starts_at"]) for event in events]
    ends = [begin + dt.timedelta(minutes=event["minutes"]) for begin, event in zip(begins, events, strict=True)]
    rooms = {_said(room.get("name")): room.get("capacity") for room in conference.get("rooms") or [] if isinstance(room, dict)}
    rooms = {**rooms, **{event["room"]: None for event in events if event["room"] and event["room"] not in rooms}}
    tracks = [_said(track.get("name")) for track in conference.get("tracks") or [] if isinstance(track, dict)]
    tracks += [event["track"] for event in events]
    return {
        "title": _said(conference.get("title"))[:160] or _("Veranstaltung"),
        "place": _("noch offen"),
        "starts_at": min(begins).isoformat(),
        "ends_at": max(ends).isoformat(),
        "rooms": [(name, capacity if isinstance(capacity, int) and capacity > 0 else None) for name, capacity in rooms.items()],
        "tracks": list(dict.fromkeys(filter(None, tracks))),
    }


def _person(person: Mapping[str, Any]) -> dict[str, str]:
    name = (_said(person.get("name")) or _said(person.get("public_name")))[:_NAME]
    guid = _guid(person.get("guid"), f"{person.get('code') or person.get('id') or ''}/{name}")
    return {"guid": guid, "name": name, "organisation": _said(person.get("organisation"))[:160], "biography": _said(person.get("biography"))}


def _said(value: object) -> str:
    """Give a text; of several languages German, or else the first."""
    if isinstance(value, dict):
        value = value.get("de") or next(iter(value.values()), "")
    return str(value).strip() if isinstance(value, str | int) else ""


def _guid(value: object, instead: str) -> str:
    try:
        return str(uuid.UUID(str(value)))
    except ValueError:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, instead))


def _minutes(duration: str) -> int:
    """Read "HH:MM", or "D:HH:MM" for what takes longer than a day; 0 where it is neither."""
    parts = duration.split(":")
    if len(parts) not in {2, 3} or not all(part.isdecimal() for part in parts):
        return 0
    days, hours, minutes = (int(part) for part in ["0", *parts][-3:])
    return (days * 24 + hours) * 60 + minutes


def _owner_for(principal: Principal) -> Organisation:
    """Give who invites: the reader's own organisation; the state council where the installation itself reads the file in."""
    own = (
        Organisation.objects.filter(kind=OrganisationKind.STATE_COUNCIL)
        if principal.everything
        else Organisation.objects.filter(pk__in=principal.houses(*ORGANISING))
    )
    found = own.order_by("pk").first()
    if found is None:
        raise TableError(_("Ein Programm liest ein, wer für eine Organisation einlädt."))
    return found
