# SPDX-License-Identifier: EUPL-1.2
"""Verbs: print the badges that are still missing, each once, and one again that was lost."""

from django.db import transaction

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.door import TRAIL
from asskomm.events.models import Gathering, Registration


def take_badges(gathering: Gathering, *, by: Principal) -> list[Registration]:
    """Give everybody who has a place and no badge yet, and note that it is printed; of two printers each gets other people.

    Raises
    ------
        PermissionDenied: the reader does not organise this gathering.
    """
    require("events.see_participants", by, gathering)
    with transaction.atomic():
        rows = list(gathering.registrations.without_badge().select_for_update(of=("self",)))
        Registration.objects.filter(pk__in=[row.pk for row in rows]).update(badge_printed_at=clock.now())
        record_keys(TRAIL, [row.reference for row in rows], Action.CHANGED, by=by)
    return rows


def want_badge_again(registration: Registration, *, by: Principal) -> None:
    """Put somebody whose badge was lost, or whose name was wrong, among those who have none yet.

    Raises
    ------
        PermissionDenied: as `take_badges`.
    """
    require("events.see_participants", by, registration.gathering)
    with transaction.atomic():
        if Registration.objects.filter(pk=registration.pk, badge_printed_at__isnull=False).update(badge_printed_at=None):
            record_keys(TRAIL, [registration.reference], Action.CHANGED, by=by)
