# SPDX-License-Identifier: EUPL-1.2
"""Who holds a function on a day, and whose functions ask for a second factor."""

import datetime as dt

from django.db.models import QuerySet

from asskomm.core.visibility import Principal, Role
from asskomm.people.models import Account, Function

GUARDED = (Role.STATE_COUNCIL, Role.ADMINISTRATOR)


def serves(account: Account, day: dt.date) -> bool:
    """Whether somebody holds a function on a day; without one nobody gets in."""
    return Function.objects.on(day).filter(person=account.person_id).exists()


def without_function(day: dt.date) -> QuerySet[Account]:
    """Give the accounts whose persons hold no function on a day."""
    return Account.objects.exclude(person__in=Function.objects.on(day).values("person"))


def must_have_second_factor(principal: Principal) -> bool:
    """Whether her functions of today reach so far that a password or a mailbox must not be enough."""
    return principal.has(*GUARDED)
