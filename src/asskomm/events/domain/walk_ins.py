# SPDX-License-Identifier: EUPL-1.2
"""Verbs: let in somebody who has no place, where one is free.

That she stands there confirms more than an answer to a mail would.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.visibility import Principal
from asskomm.events.domain.attendance import Came, Note, check_in
from asskomm.events.domain.door import TRAIL, Door, RegistrationError, open_door
from asskomm.events.domain.registering import Applicant, enter
from asskomm.events.enums import HOLDING, RegistrationState
from asskomm.events.models import Attendance, Gathering, Registration


def walk_in(gathering: Gathering, applicant: Applicant, note: Note, *, by: Principal) -> Came:
    """Give somebody who is not registered a free place and let her in; both, or neither.

    Raises
    ------
        RegistrationError: no place is free, her address is registered, or the gathering is over or called off.
    """
    with transaction.atomic():
        with open_door(gathering) as door:
            door.require_ahead()
            _require_alone(door, applicant.address)
            guest = enter(door, applicant, approved=True)
            _seat(door, guest)
            record_keys(TRAIL, [guest.reference], Action.CREATED, by=by)
        return check_in(guest, note, by=by, walk_in=True)


def note_guest(gathering: Gathering, applicant: Applicant, note: Note, *, by: Principal) -> Came:
    """Take over that a guest was let in while a telephone had no connection: with a place where one is free, else without; sent twice she is there once.

    Raises
    ------
        RegistrationError: nobody registers for it, it was over when she was let in, or it is called off.
        CheckInError: nobody is let in yet.
    """
    with transaction.atomic():
        with open_door(gathering) as door:
            known = _noted(door.gathering, note.key)
            if known is not None:
                return Came(known, known.came_at)
            if not door.gathering.published or note.at >= door.gathering.ends_at:
                raise RegistrationError(_("Diese Veranstaltung ist vorbei oder abgesagt."))
            guest = enter(door, applicant, approved=True)
            guest.address_confirmed = door.seat(guest, RegistrationState.CONFIRMED)
            guest.save()
            record_keys(TRAIL, [guest.reference], Action.CREATED, by=by)
        return check_in(guest, note, by=by, walk_in=True)


def _noted(gathering: Gathering, key: str) -> Attendance | None:
    """Give the guest that a note made already; the counters are held, so that of the same note sent twice at once the second finds her."""
    rows = Attendance.objects.filter(registration__gathering=gathering, walk_in=True).select_related("registration")
    return next((row for row in rows if key in row.keys), None)


def let_in_anyway(registration: Registration, note: Note, *, by: Principal) -> Came:
    """Give somebody who waits, cancelled or came too late a free place and let her in; both, or neither.

    Raises
    ------
        RegistrationError: no place is free, she is registered anew, or the gathering is over or called off.
    """
    with transaction.atomic():
        with open_door(registration.gathering) as door:
            row = door.fresh(registration)
            if row.state != RegistrationState.CONFIRMED:
                door.require_ahead()
                _require_alone(door, row.email, row)
                _seat(door, row)
                record_keys(TRAIL, [row.reference], Action.CONFIRMED, by=by)
        return check_in(row, note, by=by)


def _seat(door: Door, row: Registration) -> None:
    """Give a free place, unless one is held for her already."""
    if row.state not in HOLDING and not door.seat(row, RegistrationState.CONFIRMED):
        raise RegistrationError(_("Es ist kein Platz frei."))
    row.state, row.held_until, row.address_confirmed, row.approved = RegistrationState.CONFIRMED, None, True, True
    row.save()


def _require_alone(door: Door, email: str, row: Registration | None = None) -> None:
    other = door.open_under(email)
    if other is not None and (row is None or other.pk != row.pk):
        raise RegistrationError(_("Mit dieser E-Mail-Adresse ist schon jemand angemeldet."))
