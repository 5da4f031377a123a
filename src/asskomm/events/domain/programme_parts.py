# SPDX-License-Identifier: EUPL-1.2
"""Verbs: rename or remove rooms and tracks of a programme, and remove somebody who contributes; what was released stays in its version."""

from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record, record_keys
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.programme import GATHERINGS, SESSIONS, SPEAKERS, ProgrammeError
from asskomm.events.enums import InvitationState
from asskomm.events.models import Invitation, MeetingRoom, Session, Speaker, Track

_Named = TypeVar("_Named", MeetingRoom, Track)


def change_room(room: MeetingRoom, name: str, capacity: int | None, *, by: Principal) -> MeetingRoom:
    """Rename a room, or say how many it holds.

    Raises
    ------
        ProgrammeError: there is one of this name.
        PermissionDenied: the reader does not organise this gathering.
    """
    room.capacity = capacity
    return _renamed(room, name, by)


def change_track(track: Track, name: str, *, by: Principal) -> Track:
    """Rename a track.

    Raises
    ------
        ProgrammeError, PermissionDenied: as `change_room`.
    """
    return _renamed(track, name, by)


def remove_part(part: MeetingRoom | Track, *, by: Principal) -> None:
    """Remove a room or a track; its sessions stay, with their time, and without it.

    Raises
    ------
        PermissionDenied: as `change_room`.
    """
    with transaction.atomic():
        require("events.change", by, part.gathering)
        sessions = list(Session.objects.select_for_update(of=("self",)).filter(pk__in=part.sessions.values("pk")).order_by("pk"))
        part.delete()
        record(SESSIONS, [Session.objects.get(pk=session.pk) for session in sessions], Action.CHANGED, by=by)
        record(GATHERINGS, [part.gathering], Action.CHANGED, by=by)


def remove_speaker(speaker: Speaker, *, by: Principal) -> None:
    """Remove somebody who contributes from the programme, and what is kept of her.

    Raises
    ------
        ProgrammeError: she has an invitation that has not ended; that is taken back first.
        PermissionDenied: as `change_room`.
    """
    with transaction.atomic():
        require("events.change", by, speaker.gathering)
        invitations = list(Invitation.objects.select_for_update(of=("self",)).filter(speaker=speaker))  # first, as whoever answers hers does
        if any(row.state in {InvitationState.INVITED, InvitationState.ACCEPTED} for row in invitations):
            raise ProgrammeError(_("%(name)s ist eingeladen. Nehmen Sie erst die Einladung zurück.") % {"name": speaker.name})
        sessions = list(Session.objects.select_for_update(of=("self",)).filter(pk__in=speaker.speakings.values("session")).order_by("pk"))
        speaker.delete()
        record(SESSIONS, sessions, Action.CHANGED, by=by)
        record_keys(SPEAKERS, [speaker.reference], Action.REMOVED, by=by)


def _renamed(row: _Named, name: str, by: Principal) -> _Named:
    require("events.change", by, row.gathering)
    row.name = name
    try:
        with transaction.atomic():
            row.save()
            record(GATHERINGS, [row.gathering], Action.CHANGED, by=by)
    except IntegrityError:
        raise ProgrammeError(_("„%(name)s“ gibt es schon.") % {"name": name}) from None
    return row
