# SPDX-License-Identifier: EUPL-1.2
"""Verbs: let in somebody who has no place, where one is free."""

from django.db import transaction

from asskomm.core.clock import clock
from asskomm.core.visibility import Principal
from asskomm.events.domain.attendance import Came, Note, check_in
from asskomm.events.domain.registering import Applicant, seat_now
from asskomm.events.models import Gathering, Registration


def walk_in(gathering: Gathering, applicant: Applicant, note: Note, *, by: Principal) -> Came:
    """Give somebody who is not registered a free place and let her in; both, or neither.

    Raises
    ------
        RegistrationError: no place is free, or the gathering is over or called off.
    """
    guest = Registration(
        gathering=gathering,
        participant_type=applicant.participant_type,
        name=applicant.name.strip(),
        email=applicant.address,
        organisation=applicant.details.organisation.strip(),
        municipality=applicant.municipality,
        registered_at=clock.now(),
    )
    with transaction.atomic():
        return check_in(seat_now(guest, by=by), note, by=by, walk_in=True)


def let_in_anyway(registration: Registration, note: Note, *, by: Principal) -> Came:
    """Give somebody who waits or cancelled a free place and let her in; both, or neither.

    Raises
    ------
        RegistrationError: as above.
    """
    with transaction.atomic():
        return check_in(seat_now(registration, by=by), note, by=by)
