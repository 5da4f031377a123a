# SPDX-License-Identifier: EUPL-1.2
"""Verbs: note that somebody came, and take that back.

Several devices note without knowing of each other and send it later, in any order and perhaps twice. The earliest instant wins, each note counts
once, and so the result is always the same.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal
from asskomm.events.domain.door import TRAIL
from asskomm.events.enums import GatheringState, RegistrationState
from asskomm.events.models import Attendance, Registration

_DOORS_OPEN = dt.timedelta(hours=12)
"""So long before it begins somebody can be let in; a trial the week before would count as having come."""


class CheckInError(ValueError):
    """She is not let in just like that; the message is a sentence."""


@dataclass(frozen=True)
class Note:
    """What a device noted.

    Args:
        at: when, by the clock of the server.
        station: at which door; empty where somebody noted it who is signed in.
        key: word of the device for this one note; empty where nothing is sent a second time.
    """

    at: dt.datetime
    station: str = ""
    key: str = ""


@dataclass(frozen=True)
class Came:
    """The answer to a note.

    Args:
        attendance: as it stands.
        before: whether she had been let in already; whoever went out and comes back is no fault.
    """

    attendance: Attendance
    before: bool

    @property
    def sentence(self) -> str:
        """What the person at the door reads."""
        name, at = self.attendance.registration.name, self.attendance.came_at
        if self.before and at is not None:
            return _("%(name)s war schon um %(time)s Uhr da.") % {"name": name, "time": f"{localtime(at):%H:%M}"}
        return _("%(name)s ist da.") % {"name": name}


def check_in(registration: Registration, note: Note, *, by: Principal, walk_in: bool = False) -> Came:
    """Note that somebody came; a second note changes nothing, unless it is earlier than the first.

    Raises
    ------
        CheckInError: she has no place, or the gathering is called off.
    """
    with transaction.atomic():
        row = _locked(registration)
        _require_place(row, walk_in=walk_in)
        found = Attendance.objects.filter(registration=row).first() or Attendance(registration=row, noted_at=clock.now(), walk_in=walk_in)
        found.registration = row
        before = found.came_at is not None
        if note.key and note.key in found.keys:
            return Came(found, before)
        at = min(note.at, clock.now())
        earlier = found.came_at is None or at < found.came_at
        if note.key:
            found.keys = [*found.keys, note.key]
        if earlier:
            found.came_at, found.station = at, note.station
        if earlier or note.key:
            found.save()
        if not before:
            record_keys(TRAIL, [row.reference], Action.CONFIRMED, by=by)
        return Came(found, before)


def take_back(registration: Registration, *, by: Principal) -> None:
    """Take back that somebody came, because it was somebody else."""
    with transaction.atomic():
        row = _locked(registration)
        if Attendance.objects.present().filter(registration=row).update(came_at=None, station=""):
            record_keys(TRAIL, [row.reference], Action.UNDONE, by=by)


def _locked(registration: Registration) -> Registration:
    return Registration.objects.select_for_update(of=("self",)).select_related("gathering").get(pk=registration.pk)


def _require_place(row: Registration, *, walk_in: bool) -> None:
    if row.gathering.state != GatheringState.PUBLISHED:
        raise CheckInError(_("Diese Veranstaltung ist abgesagt."))
    if clock.now() < row.gathering.starts_at - _DOORS_OPEN:
        raise CheckInError(_("Zu früh: Eingelassen wird ab %(instant)s.") % {"instant": f"{localtime(row.gathering.starts_at - _DOORS_OPEN):%d.%m.%Y, %H:%M}"})
    inside_without = walk_in and row.state == RegistrationState.WAITING  # let in while nobody could say that no place was free
    if row.state != RegistrationState.CONFIRMED and not inside_without:
        raise CheckInError(_("%(name)s: %(state)s.") % {"name": row.name, "state": row.get_state_display()})
