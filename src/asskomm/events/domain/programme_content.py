# SPDX-License-Identifier: EUPL-1.2
"""A programme as it stands at an instant: read once, frozen, and the one thing that pages, calendars, exports and comparisons read."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from asskomm.core.clock import BERLIN
from asskomm.events.models import Gathering, ProgrammeVersion, Session, Speaker


@dataclass(frozen=True)
class Place:
    """A room, with how many it holds where that is known."""

    name: str
    capacity: int | None


@dataclass(frozen=True)
class Voice:
    """Somebody who contributes, as the public knows her."""

    guid: str
    reference: str
    name: str
    organisation: str
    biography: str


@dataclass(frozen=True)
class Part:
    """A session with its time; `track` and `room` are names, `fields` keys, `speakers` references."""

    guid: str
    reference: str
    kind: str
    title: str
    abstract: str
    language: str
    track: str
    room: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    fields: tuple[str, ...]
    speakers: tuple[str, ...]

    @property
    def day(self) -> dt.date:
        """The day on which it begins, where it takes place."""
        return self.starts_at.astimezone(BERLIN).date()


@dataclass(frozen=True)
class Programme:
    """Rooms and tracks in the order of the organiser, sessions by time, and who speaks."""

    rooms: tuple[Place, ...] = ()
    tracks: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    voices: tuple[Voice, ...] = ()

    @cached_property
    def voice(self) -> Mapping[str, Voice]:
        """Who speaks, by reference."""
        return {voice.reference: voice for voice in self.voices}

    @cached_property
    def part(self) -> Mapping[str, Part]:
        """The sessions by reference."""
        return {part.reference: part for part in self.parts}

    def names(self, part: Part) -> tuple[str, ...]:
        """Name those who contribute to a session."""
        return tuple(self.voice[reference].name for reference in part.speakers)

    def of_voice(self, voice: Voice) -> tuple[Part, ...]:
        """Give the sessions to which somebody contributes."""
        return tuple(part for part in self.parts if voice.reference in part.speakers)


def freeze(gathering: Gathering) -> Programme:
    """Read what a programme says now; what has no time is no part of it."""
    rows = gathering.sessions.timed().with_all()
    parts = tuple(_part(row) for row in rows)
    heard = {reference for part in parts for reference in part.speakers}
    voices = tuple(_voice(row) for row in gathering.speakers.all() if row.reference in heard)
    rooms = tuple(Place(room.name, room.capacity) for room in gathering.rooms.all())
    return Programme(rooms, tuple(track.name for track in gathering.tracks.all()), parts, voices)


def written(programme: Programme) -> dict[str, Any]:
    """Write a programme as JSON."""
    parts = [asdict(part) | {"starts_at": part.starts_at.isoformat(), "ends_at": part.ends_at.isoformat()} for part in programme.parts]
    return asdict(programme) | {"parts": parts}


def read(content: Mapping[str, Any]) -> Programme:
    """Read a programme that was written."""
    return Programme(
        tuple(Place(**place) for place in content["rooms"]),
        tuple(content["tracks"]),
        tuple(_read_part(part) for part in content["parts"]),
        tuple(Voice(**voice) for voice in content["voices"]),
    )


def latest_version(gathering: Gathering) -> ProgrammeVersion | None:
    """Give what the public reads."""
    return gathering.programme_versions.first()


def released_programme(gathering: Gathering) -> Programme | None:
    """Give what the last version says."""
    last = latest_version(gathering)
    return read(last.content) if last else None


def _read_part(part: Mapping[str, Any]) -> Part:
    begin, end = (dt.datetime.fromisoformat(part[name]) for name in ("starts_at", "ends_at"))
    lists = {name: tuple(part[name]) for name in ("fields", "speakers")}
    return Part(**{**part, **lists, "starts_at": begin, "ends_at": end})


def _part(row: Session) -> Part:
    assert row.starts_at is not None and row.ends_at is not None  # noqa: S101, PT018 -- only those with a time are read
    return Part(
        str(row.guid),
        row.reference,
        row.kind,
        row.title,
        row.abstract,
        row.language,
        row.track.name if row.track else "",
        row.room.name if row.room else "",
        row.starts_at.astimezone(BERLIN),
        row.ends_at.astimezone(BERLIN),
        tuple(field.key for field in row.fields.all()),
        tuple(speaking.speaker.reference for speaking in row.speakings.all()),
    )


def _voice(row: Speaker) -> Voice:
    return Voice(str(row.guid), row.reference, row.name, row.organisation, row.biography)
