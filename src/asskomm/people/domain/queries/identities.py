# SPDX-License-Identifier: EUPL-1.2
"""Which accounts and addresses are those of one person, also where she was entered twice."""

from collections.abc import Collection

from django.db.models import Q

from asskomm.core.retention import DataSubject
from asskomm.people.models import Account, Person


def whole_person(subject: DataSubject) -> DataSubject:
    """Add the accounts and addresses of everybody who turned out to be the same person."""
    known = Account.objects.filter(Q(pk__in=subject.accounts) | subject.addressed("email"))
    hers = _the_same(frozenset(known.values_list("person", flat=True)))
    own = list(Account.objects.filter(person__in=hers).values_list("pk", "email"))
    return DataSubject(subject.accounts | {key for key, _email in own}, subject.addresses | {email.lower() for _key, email in own})


def _the_same(people: Collection[int]) -> frozenset[int]:
    """Follow who turned out to be whom, in both directions, until nobody is added."""
    linked = Person.everybody.filter(Q(pk__in=people) | Q(merged_into__in=people)).values_list("pk", "merged_into")
    found = frozenset(key for pair in linked for key in pair if key is not None) | frozenset(people)
    return found if found == frozenset(people) else _the_same(found)
