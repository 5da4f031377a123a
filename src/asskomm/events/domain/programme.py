# SPDX-License-Identifier: EUPL-1.2
"""Verbs: build a programme of rooms, tracks, speakers and sessions, and give each session its place and time."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record, record_keys
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.choosing import drop_workshops
from asskomm.events.models import Gathering, Invitation, MeetingRoom, Proposal, Session, Speaker, Speaking, Track
from asskomm.library.models import FieldOfAction

_Named = TypeVar("_Named", MeetingRoom, Track)
GATHERINGS, SESSIONS, SPEAKERS = "gatherings", "sessions", "speakers"


class ProgrammeError(ValueError):
    """What is asked cannot be; the message is a sentence."""


@dataclass(frozen=True)
class Slot:
    """When and where a session takes place.

    Args:
        starts_at: when it begins.
        ends_at: when it is over.
        room: where; `None` where that is open.
    """

    starts_at: dt.datetime
    ends_at: dt.datetime
    room: MeetingRoom | None = None


@dataclass(frozen=True)
class SpeakerFacts:
    """What is known of somebody who contributes.

    Args:
        name: as the programme says it.
        email: where the organiser reaches her; never shown.
        organisation: for whom she speaks.
        participant_type: what sort of organisation that is.
        level: of which level of the state.
        biography: who she is, in a few sentences.
        photo_consent: whether pictures of her may be shown.
        guid: by which programs know her; a new one where there is none.
    """

    name: str
    email: str = ""
    organisation: str = ""
    participant_type: str = ""
    level: str = ""
    biography: str = ""
    photo_consent: bool = False
    guid: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True)
class SessionFacts:
    """What a session is about.

    Args:
        kind: what sort of session it is.
        title: its name.
        abstract: what it is about.
        language: in which it is held; empty for German.
        track: to which it belongs.
        fields: of action, by which figures count it.
        speakers: who contributes, in this order.
        guid: by which programs know it; a new one where there is none.
    """

    kind: str
    title: str
    abstract: str = ""
    language: str = ""
    track: Track | None = None
    fields: Sequence[FieldOfAction] = ()
    speakers: Sequence[Speaker] = ()
    guid: uuid.UUID = field(default_factory=uuid.uuid4)


def add_room(gathering: Gathering, name: str, capacity: int | None = None, *, by: Principal) -> MeetingRoom:
    """Add a room of the house.

    Raises
    ------
        ProgrammeError: there is one of this name.
        PermissionDenied: the reader does not organise this gathering.
    """
    return _named(MeetingRoom(gathering=gathering, name=name, capacity=capacity, position=gathering.rooms.count()), by)


def add_track(gathering: Gathering, name: str, *, by: Principal) -> Track:
    """Add a track.

    Raises
    ------
        ProgrammeError: there is one of this name.
        PermissionDenied: as `add_room`.
    """
    return _named(Track(gathering=gathering, name=name, position=gathering.tracks.count()), by)


def add_speaker(gathering: Gathering, facts: SpeakerFacts, *, by: Principal) -> Speaker:
    """Add somebody who contributes.

    Raises
    ------
        PermissionDenied: as `add_room`.
    """
    with transaction.atomic():
        require("events.change", by, gathering)
        speaker = Speaker(gathering=gathering, **vars(facts))
        speaker.save()
        record_keys(SPEAKERS, [speaker.reference], Action.CREATED, by=by)
    return speaker


def change_speaker(speaker: Speaker, facts: SpeakerFacts, *, by: Principal) -> Speaker:
    """Change what is known of somebody who contributes; her guid stays.

    Raises
    ------
        PermissionDenied: as `add_room`.
    """
    with transaction.atomic():
        require("events.change", by, speaker.gathering)
        row = Speaker.objects.select_for_update(of=("self",)).get(pk=speaker.pk)
        for name, value in vars(facts).items():
            if name != "guid":
                setattr(row, name, value)
        row.save()
        record_keys(SPEAKERS, [row.reference], Action.CHANGED, by=by)
    return row


def add_session(gathering: Gathering, facts: SessionFacts, slot: Slot | None = None, *, by: Principal) -> Session:
    """Add a session; without a slot it waits to be put into the programme.

    Raises
    ------
        ProgrammeError: it would end before it begins, or something belongs to another gathering.
        PermissionDenied: as `add_room`.
    """
    with transaction.atomic():
        require("events.change", by, gathering)
        session = Session(gathering=gathering, guid=facts.guid, example=gathering.example)
        _put(session, slot)
        _say(session, facts)
        record(SESSIONS, [session], Action.CREATED, by=by)
    return session


def change_session(session: Session, facts: SessionFacts, *, by: Principal) -> Session:
    """Change what a session is about and who contributes; its time, place and guid stay.

    Raises
    ------
        ProgrammeError: something belongs to another gathering.
        PermissionDenied: as `add_room`.
    """
    with transaction.atomic():
        row = _locked(session, by)
        _say(row, facts)
        record(SESSIONS, [row], Action.CHANGED, by=by)
    return row


def place_session(session: Session, slot: Slot | None, *, by: Principal) -> Session:
    """Give a session its time and room, or take it out of the programme; what conflicts with others is said, not refused.

    Raises
    ------
        ProgrammeError: it would end before it begins, or the room belongs to another gathering.
        PermissionDenied: as `add_room`.
    """
    with transaction.atomic():
        row = _locked(session, by)
        _put(row, slot)
        row.save(update_fields=["starts_at", "ends_at", "room"])
        record(SESSIONS, [row], Action.CHANGED, by=by)
    return row


def remove_session(session: Session, *, by: Principal) -> None:
    """Remove a session with the invitations to it; what was released of it stays in its version. Whoever had a place or waited for one is told.

    Raises
    ------
        PermissionDenied: as `add_room`.
    """
    with transaction.atomic():
        require("events.change", by, session.gathering)
        drop_workshops(session.gathering, [session])  # its counters first, as everywhere
        list(Proposal.objects.select_for_update(of=("self",)).filter(session=session))  # first, as whoever takes hers back does
        list(Invitation.objects.select_for_update(of=("self",)).filter(session=session))  # then, as whoever answers hers does
        row = _locked(session, by)
        row.delete()
        record_keys(SESSIONS, [row.reference], Action.REMOVED, by=by)


def _locked(session: Session, by: Principal) -> Session:
    require("events.change", by, session.gathering)
    return Session.objects.select_for_update(of=("self",)).select_related("gathering").get(pk=session.pk)


def _named(row: _Named, by: Principal) -> _Named:
    require("events.change", by, row.gathering)
    try:
        with transaction.atomic():
            row.save()
            record(GATHERINGS, [row.gathering], Action.CHANGED, by=by)
    except IntegrityError:
        raise ProgrammeError(_("„%(name)s“ gibt es schon.") % {"name": row.name}) from None
    return row


def _put(session: Session, slot: Slot | None) -> None:
    if slot is None:
        session.starts_at = session.ends_at = session.room = None
        return
    if slot.ends_at <= slot.starts_at:
        raise ProgrammeError(_("Das Ende liegt vor dem Beginn."))
    _hold_own(session, [slot.room])
    session.starts_at, session.ends_at, session.room = slot.starts_at, slot.ends_at, slot.room


def _say(session: Session, facts: SessionFacts) -> None:
    _hold_own(session, [facts.track, *facts.speakers])
    session.kind, session.title, session.abstract = facts.kind, facts.title, facts.abstract
    session.language, session.track = facts.language, facts.track
    session.save()
    session.fields.set(facts.fields)
    session.speakings.all().delete()
    Speaking.objects.bulk_create(Speaking(session=session, speaker=speaker, position=place) for place, speaker in enumerate(facts.speakers))


def _hold_own(session: Session, parts: Sequence[MeetingRoom | Track | Speaker | None]) -> None:
    if any(part is not None and part.gathering_id != session.gathering_id for part in parts):
        raise ProgrammeError(_("Das gehört zu einer anderen Veranstaltung."))
