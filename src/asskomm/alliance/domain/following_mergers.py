# SPDX-License-Identifier: EUPL-1.2
"""Verb: let what is planned with a municipality that is no more be planned with the one that took it over."""

import datetime as dt

from django.db import transaction

from asskomm.alliance.domain.contacts import TRAIL
from asskomm.alliance.models import NextContact
from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import forget, record, record_keys
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, require
from asskomm.territory.models import Municipality

_LONGEST = NextContact._meta.get_field("note").max_length


def contacts_follow_mergers(*, by: Principal) -> int:
    """Move the plans of municipalities that have ended to their successors; where both have one, the earlier day and the shorter rhythm stay.

    A merger is a fact of the register and is not undone, and neither is this. Gives how many plans were moved.

    Raises
    ------
        PermissionDenied: she may not.
    """
    require("alliance.plan_contacts", by)
    today, moved = clock.today(), 0
    for key in list(NextContact.objects.filter(municipality__valid_to__lt=today).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            former = NextContact.objects.select_for_update(of=("self",)).select_related("municipality").filter(pk=key).first()
            if former is not None:
                _hand_over(former, _heir(former.municipality, today), by)
                moved += 1
    return moved


def _heir(place: Municipality, on: dt.date) -> Municipality:
    while place.valid_to < on and place.successor is not None:
        place = place.successor
    return place


def _hand_over(former: NextContact, heir: Municipality, by: Principal) -> None:
    kept = NextContact.objects.select_for_update().filter(municipality=heir).first()
    new = kept or NextContact(municipality=heir, rhythm=former.rhythm, written_on=former.written_on)
    days = [day for day in (new.day, former.day) if day]
    new.day = min(days) if days else None
    new.rhythm = min(new.rhythm, former.rhythm)
    new.written_on = max(new.written_on, former.written_on)
    new.note = "; ".join(filter(None, (new.note, former.note and f"{former.municipality.name}: {former.note}")))[:_LONGEST]
    new.save()
    gone = former.pk
    former.delete()
    record(TRAIL, [new], Action.CHANGED if kept else Action.CREATED, by=by)
    record_keys(TRAIL, [gone], Action.REMOVED, by=by)
    forget(TRAIL, [gone], by=by)
