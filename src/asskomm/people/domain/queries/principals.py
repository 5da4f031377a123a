# SPDX-License-Identifier: EUPL-1.2
"""What an account may do on a day: it follows from the functions of its person, from nothing else."""

import datetime as dt
from collections.abc import Collection

from asskomm.core.clock import clock
from asskomm.core.visibility import ANYONE, Principal, Role
from asskomm.people.models import Account, Function
from asskomm.territory.models import Municipality

_ACTS_FOR_PLACE = {Role.COORDINATOR, Role.MAYOR}


def principal_of(account: Account, on: dt.date) -> Principal:
    """Give the rights of an account on a day; without a function today it has none."""
    functions = list(Function.objects.on(on).filter(person=account.person_id).select_related("organisation"))
    if not account.is_active or not functions:
        return ANYONE if not account.is_active else Principal(account=account.pk)
    posts = frozenset((Role(f.role), f.organisation_id) for f in functions if f.role != Role.ADMINISTRATOR)
    return Principal(
        account=account.pk,
        organisations=frozenset(organisation for _role, organisation in posts),
        roles=frozenset(Role(f.role) for f in functions),
        municipalities=_places(functions),
        posts=posts,
    )


def principal_of_key(account: int) -> Principal:
    """Give the rights that an account holds today, by its key; none where it is gone."""
    found = Account.objects.filter(pk=account).first()
    return principal_of(found, clock.today()) if found else ANYONE


def names_of(accounts: Collection[int]) -> dict[int, str]:
    """Give the names of accounts by their keys."""
    return {account.pk: str(account) for account in Account.objects.filter(pk__in=accounts).select_related("person")}


def _places(functions: list[Function]) -> frozenset[str]:
    own = {str(f.organisation.municipality_id) for f in functions if Role(f.role) in _ACTS_FOR_PLACE and f.organisation.municipality_id}
    districts = {f.organisation.district_id for f in functions if Role(f.role) is Role.DISTRICT and f.organisation.district_id}
    if districts:
        own |= set(Municipality.objects.filter(district__in=districts).values_list("ags", flat=True))
    return frozenset(own)
