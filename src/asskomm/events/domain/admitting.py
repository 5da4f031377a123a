# SPDX-License-Identifier: EUPL-1.2
"""Verbs of those who invite: enter somebody, say yes or no to a registration."""

from collections.abc import Callable

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.door import TRAIL, Door, open_door
from asskomm.events.domain.registering import Applicant, enter, note_needs
from asskomm.events.enums import HOLDING, RegistrationState
from asskomm.events.models import Gathering, Registration


def enrol(gathering: Gathering, applicant: Applicant, *, by: Principal) -> Registration:
    """Enter somebody who called or wrote: confirmed at once, or at the end of the line, and told so where she left an address.

    Whoever is registered already stays as she is.

    Raises
    ------
        RegistrationError: the gathering is over or called off.
        PermissionDenied: the reader does not organise it.
    """
    require("events.change", by, gathering)
    with open_door(gathering, arriving=[applicant.address]) as door:
        door.require_ahead()
        known = door.known.get(applicant.address)
        if known is not None:
            return known
        row = enter(door, applicant, approved=True)
        row.address_confirmed = True
        door.seat(row, RegistrationState.CONFIRMED)
        row.save()
        note_needs(row, applicant.details)
        door.post.say_standing(row)
        record_keys(TRAIL, [row.reference], Action.CREATED, by=by)
    return row


def approve(registration: Registration, *, by: Principal) -> Registration:
    """Say yes: she has a place, or stands in the line with the number she came with.

    Raises
    ------
        RegistrationError: as `enrol`.
        PermissionDenied: as `enrol`.
    """

    def say_yes(door: Door, row: Registration) -> None:
        if row.approved or row.state != RegistrationState.WAITING:
            return
        row.approved = True
        row.save(update_fields=["approved"])
        door.advance(at_once=[row])
        if row.address_confirmed:
            door.post.say_standing(row)
        record_keys(TRAIL, [row.reference], Action.CONFIRMED, by=by)

    return _decided(registration, say_yes, by)


def refuse(registration: Registration, *, by: Principal) -> Registration:
    """Say no, and pass her place on where she has one.

    Raises
    ------
        RegistrationError: as `enrol`.
        PermissionDenied: as `enrol`.
    """

    def say_no(door: Door, row: Registration) -> None:
        if row.state not in HOLDING | {RegistrationState.WAITING}:
            return
        door.end(row, RegistrationState.REFUSED)
        door.advance()
        if row.address_confirmed:
            door.post.say_standing(row)
        record_keys(TRAIL, [row.reference], Action.ENDED, by=by)

    return _decided(registration, say_no, by)


def _decided(registration: Registration, decide: Callable[[Door, Registration], None], by: Principal) -> Registration:
    require("events.change", by, registration.gathering)
    with open_door(registration.gathering) as door:
        door.require_ahead()
        row = door.fresh(registration)
        decide(door, row)
    return row
