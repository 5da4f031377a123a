# SPDX-License-Identifier: EUPL-1.2
"""Verbs of those who plan: give a session places of its own, and enter somebody."""

from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.choosing import choose, leave
from asskomm.events.domain.door import Door, RegistrationError, open_door
from asskomm.events.domain.programme import SESSIONS, ProgrammeError
from asskomm.events.models import Registration, Seat, Session, SessionPlaces


def set_places(session: Session, capacity: int | None, *, by: Principal) -> None:
    """Say how many can take part in a session; if there are more than before, the line moves up at once.

    Args:
        session: that has a programme's place or waits for one.
        capacity: how many; `None` where everybody can come and nobody has to choose.
        by: who does it.

    Raises
    ------
        ProgrammeError: nobody registers for the gathering, or more places are taken than there would be.
        PermissionDenied: the reader does not organise this gathering.
    """
    require("events.change", by, session.gathering)
    known = SessionPlaces.objects.filter(session=session).first()
    if capacity == (known.capacity if known else None):
        return
    try:
        with open_door(session.gathering) as door:
            _resize(door, session, capacity)
            record(SESSIONS, [session], Action.CHANGED, by=by)
    except RegistrationError as fault:
        raise ProgrammeError(str(fault)) from None


def enrol_in(registration: Registration, session: Session, *, by: Principal) -> Seat:
    """Enter somebody who called into a workshop, or into its line.

    Raises
    ------
        RegistrationError: as `choose`.
        PermissionDenied: as `set_places`.
    """
    require("events.change", by, session.gathering)
    return choose(registration, session.reference, by=by)


def take_out(registration: Registration, session: Session, *, by: Principal) -> None:
    """Take somebody who called out of a workshop or its line; the next in line gets the place.

    Raises
    ------
        RegistrationError: as `choose`.
        PermissionDenied: as `set_places`.
    """
    require("events.change", by, session.gathering)
    leave(registration, session.reference, by=by)


def _resize(door: Door, session: Session, capacity: int | None) -> None:
    counters = door.seating.counters
    taken = counters[session.pk].taken if session.pk in counters else 0
    if taken > (capacity or 0):
        raise ProgrammeError(_("In „%(title)s“ sind schon %(taken)d Plätze vergeben.") % {"title": session.title, "taken": taken})
    if capacity is None:
        counters.pop(session.pk).delete()
    elif session.pk in counters:
        counters[session.pk].capacity = capacity
        counters[session.pk].save(update_fields=["capacity"])
        door.seating.advance()
    else:
        SessionPlaces.objects.create(session=session, capacity=capacity)
