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
from asskomm.events.domain.days import came_on, day_at, put_days
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
        earlier: when she had been let in already on this day; whoever went out and comes back is no fault.
    """

    attendance: Attendance
    earlier: dt.datetime | None = None

    @property
    def before(self) -> bool:
        """Whether she had been let in already on this day."""
        return self.earlier is not None

    @property
    def sentence(self) -> str:
        """What the person at the door reads."""
        name = self.attendance.registration.name
        if self.earlier is not None:
            return _("%(name)s war schon um %(time)s Uhr da.") % {"name": name, "time": f"{localtime(self.earlier):%H:%M}"}
        return _("%(name)s ist da.") % {"name": name}


def check_in(registration: Registration, note: Note, *, by: Principal, walk_in: bool = False) -> Came:
    """Note that somebody came; a second note of the same day changes nothing, unless it is earlier than the first.

    Raises
    ------
        CheckInError: she has no place, the gathering is called off, or the names are gone.
    """
    with transaction.atomic():
        row = _locked(registration)
        _require_place(row, walk_in=walk_in)
        found = Attendance.objects.filter(registration=row).first() or Attendance(registration=row, noted_at=clock.now(), walk_in=walk_in)
        found.registration = row
        at = min(note.at, clock.now())
        days, day = dict(came_on(found, row.gathering)), day_at(row.gathering, at)
        before = days.get(day)
        if note.key and note.key in found.keys:
            return Came(found, before)
        earlier = before is None or at < before
        if note.key:
            found.keys = [*found.keys, note.key]
        if earlier:
            found.station = note.station if found.came_at is None or at < found.came_at else found.station
            put_days(found, {**days, day: at})
        if earlier or note.key:
            found.save()
        if before is None:
            record_keys(TRAIL, [row.reference], Action.CONFIRMED, by=by)
        return Came(found, before)


def take_back(registration: Registration, day: dt.date | None = None, *, by: Principal) -> None:
    """Take back that somebody came today, or on another day, because it was somebody else; on other days she was there all the same."""
    with transaction.atomic():
        row = _locked(registration)
        found, day = Attendance.objects.present().filter(registration=row).first(), day or day_at(row.gathering, clock.now())
        days = dict(came_on(found, row.gathering)) if found else {}
        if found is None or days.pop(day, None) is None:
            return
        put_days(found, days)
        found.station = found.station if days else ""
        found.save(update_fields=["days", "came_at", "station"])
        record_keys(TRAIL, [row.reference], Action.UNDONE, by=by)


def _locked(registration: Registration) -> Registration:
    return Registration.objects.select_for_update(of=("self",)).select_related("gathering").get(pk=registration.pk)


def _require_place(row: Registration, *, walk_in: bool) -> None:
    if row.shredded:
        raise CheckInError(_("Die Namen sind schon gelöscht."))
    if row.gathering.state != GatheringState.PUBLISHED:
        raise CheckInError(_("Diese Veranstaltung ist abgesagt."))
    if clock.now() < row.gathering.starts_at - _DOORS_OPEN:
        raise CheckInError(_("Zu früh: Eingelassen wird ab %(instant)s.") % {"instant": f"{localtime(row.gathering.starts_at - _DOORS_OPEN):%d.%m.%Y, %H:%M}"})
    inside_without = walk_in and row.state == RegistrationState.WAITING  # let in while nobody could say that no place was free
    if row.state != RegistrationState.CONFIRMED and not inside_without:
        raise CheckInError(_("%(name)s: %(state)s.") % {"name": row.name, "state": row.get_state_display()})
