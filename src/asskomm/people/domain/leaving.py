# SPDX-License-Identifier: EUPL-1.2
"""Verb: forget persons whose last function ended long ago."""

import datetime as dt

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import forget, record_keys
from asskomm.core.clock import add_months, clock
from asskomm.core.visibility import Principal
from asskomm.people.enums import FunctionRole
from asskomm.people.models import FormerPost, Function, Person

KEPT_MONTHS = 24
_TRAIL = "persons"


def gone_since(limit: dt.date) -> QuerySet[Person]:
    """Give the persons whose last function ended before a day; who holds one without an end, or never held one, is not among them."""
    serving = Q(functions__end__isnull=True, functions__isnull=False)
    return Person.objects.annotate(last=Max("functions__end")).filter(last__lt=limit).exclude(pk__in=Person.objects.filter(serving).values("pk"))


def forget_gone(*, by: Principal, most: int = 100) -> int:
    """Delete persons with their account two years after their last function, and what the history says of them; what they did stays, without a name.

    Until when a coordination office was held stays too, because it may be vacant still. Gives how many persons were deleted, up to `most`.
    """
    people = list(gone_since(add_months(clock.today(), -KEPT_MONTHS)).order_by("pk")[:most])
    for person in people:
        with transaction.atomic():
            merged = Person.everybody.filter(merged_into=person)
            keys = [str(key) for key in (*merged.values_list("pk", flat=True), person.pk)]
            _keep_last_days(person)
            merged.delete()
            person.delete()
            record_keys(_TRAIL, keys, Action.REMOVED, by=by)
            forget(_TRAIL, keys, by=by)
    return len(people)


def _keep_last_days(person: Person) -> None:
    posts = Function.objects.filter(person=person, role=FunctionRole.COORDINATOR)
    FormerPost.objects.bulk_create(FormerPost(organisation_id=post.organisation_id, role=post.role, last_day=post.end) for post in posts if post.end)
