# SPDX-License-Identifier: EUPL-1.2
"""Verbs: say when the state council speaks with a municipality next and how often, and forget old notes."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.alliance.models import NextContact, Rhythm
from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import forget, record
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, require
from asskomm.territory.models import Municipality

TRAIL = "next_contacts"
_KEPT = dt.timedelta(days=2 * 365)


class ContactError(ValueError):
    """A contact that cannot be; the message is a sentence."""


@dataclass(frozen=True)
class ContactPlan:
    """What is planned with a municipality.

    Args:
        day: of the next contact, `None` where none is planned.
        note: what was said and what is next, without persons.
        rhythm: how often something should be heard.
    """

    day: dt.date | None
    note: str = ""
    rhythm: Rhythm = Rhythm.YEAR


def plan_contact(place: Municipality, plan: ContactPlan, *, by: Principal) -> NextContact:
    """Put a plan in place of the one before.

    Raises
    ------
        ContactError: the day has passed, or the municipality is no more.
        PermissionDenied: she may not.
    """
    require("alliance.plan_contacts", by)
    today = clock.today()
    if not place.exists_on(today):
        raise ContactError(_("Diese Gemeinde gibt es nicht mehr. Tragen Sie es bei der ein, zu der sie gehört."))
    if plan.day and plan.day < today and not NextContact.objects.filter(municipality=place, day=plan.day).exists():
        raise ContactError(_("Der Tag ist vorbei. Nennen Sie einen, der noch kommt."))
    values = {"day": plan.day, "note": plan.note.strip(), "rhythm": plan.rhythm, "written_on": today}
    with transaction.atomic():
        contact, new = NextContact.objects.update_or_create(municipality=place, defaults=values)
        record(TRAIL, [contact], Action.CREATED if new else Action.CHANGED, by=by)
    return contact


def forget_notes(*, by: Principal) -> int:
    """Empty the notes that nobody has touched for two years, here and in the history; give how many."""
    with transaction.atomic():
        old = NextContact.objects.exclude(note="").filter(written_on__lt=clock.today() - _KEPT)
        keys = list(old.values_list("municipality", flat=True))
        if keys:
            NextContact.objects.filter(municipality__in=keys).update(note="")
            forget(TRAIL, keys, by=by)
    return len(keys)
