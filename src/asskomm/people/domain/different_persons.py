# SPDX-License-Identifier: EUPL-1.2
"""Verbs: say that two persons are two, and take it back."""

from django.db import transaction

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, require
from asskomm.people.models import DifferentPersons, Person

_TRAIL = "persons"


def keep_apart(one: Person, other: Person, *, by: Principal) -> DifferentPersons:
    """Say that two persons are two; a second time changes nothing.

    Raises
    ------
        ValueError: it is one and the same row.
        PermissionDenied: she may not.
    """
    require("people.merge", by)
    if one.pk == other.pk:
        raise ValueError("a person is not different from herself")
    first, second = sorted((one, other), key=lambda person: person.pk)
    with transaction.atomic():
        pair, new = DifferentPersons.objects.get_or_create(one=first, other=second, defaults={"said_on": clock.today()})
        if new:
            record_keys(_TRAIL, [str(first.pk), str(second.pk)], Action.CONFIRMED, by=by)
    return pair


def compare_again(pair: DifferentPersons, *, by: Principal) -> None:
    """Take it back that two persons are two.

    Raises
    ------
        PermissionDenied: she may not.
    """
    require("people.merge", by)
    with transaction.atomic():
        record_keys(_TRAIL, [str(pair.one_id), str(pair.other_id)], Action.WITHDRAWN, by=by)
        pair.delete()
