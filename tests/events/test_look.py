# SPDX-License-Identifier: EUPL-1.2
"""The one look behind the lock sees what the questions about registrations see, on both databases."""

import datetime as dt
from itertools import product

import pytest
from django.db import transaction

from asskomm.core.clock import clock
from asskomm.events.domain.door import Scene, look
from asskomm.events.enums import RegistrationState
from asskomm.events.models import Gathering, Registration
from tests.events.making import BEFORE, gathering

pytestmark = pytest.mark.django_db
ADA = "ada@stadt.example"
_WAIT = {RegistrationState.HELD, RegistrationState.OFFERED}
_ENDS = (None, BEFORE - dt.timedelta(minutes=1), BEFORE, BEFORE + dt.timedelta(minutes=1))
_BOTH = (True, False)


def asked(found: Gathering, arriving: tuple[str, ...]) -> Scene:
    """Ask the same by the questions about several registrations."""
    here = Registration.objects.filter(gathering=found)
    return Scene(found, here.overdue(BEFORE).exists(), here.in_line().exists(), here.open_under(*arriving).exists())


def test_every_state_of_a_registration_is_seen_as_it_is_asked_for() -> None:
    found, other = gathering(), gathering()
    seen: set[tuple[bool, bool, bool]] = set()
    for state, held_until, confirmed, approved, shredded, email in product(RegistrationState, _ENDS, _BOTH, _BOTH, _BOTH, (ADA, "", "bea@stadt.example")):
        if (held_until is None) == (state in _WAIT) or (state == RegistrationState.CONFIRMED and not confirmed):
            continue  # the database takes none of these
        said = {"state": state, "held_until": held_until, "address_confirmed": confirmed, "approved": approved, "shredded": shredded, "email": email}
        with transaction.atomic():
            Registration.objects.create(gathering=found, number=1, participant_type="municipality", name="Ada Muster", registered_at=BEFORE, **said)
            for there, arriving in product((found, other), ((ADA,), ("",), (), ("cem@stadt.example", ADA))):
                scene = look(there, arriving, BEFORE)
                assert scene == asked(there, arriving), said
                seen.add((scene.has_overdue, scene.has_line, scene.knows))
            transaction.set_rollback(True)
    assert seen == {(False, False, False), (True, False, False), (False, True, False), (False, False, True), (True, False, True), (False, True, True)}


def test_the_gathering_is_read_as_it_stands_now() -> None:
    found = gathering(title="Fachtag")
    Gathering.objects.update(title="Netzwerktreffen", asks=["meal"], registers_from=BEFORE)
    with clock.moved_to(BEFORE):
        now = look(found, (), clock.now()).gathering
    fresh = Gathering.objects.get(pk=found.pk)
    assert {field.name: getattr(now, field.attname) for field in Gathering._meta.concrete_fields} == {
        field.name: getattr(fresh, field.attname) for field in Gathering._meta.concrete_fields
    }
