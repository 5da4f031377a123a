# SPDX-License-Identifier: EUPL-1.2
"""What an account may do on a day: it follows from the functions of its person, from nothing else."""

import datetime as dt
from collections.abc import Collection

from asskomm.core.clock import clock
from asskomm.core.visibility import ANYONE, Principal, Role
from asskomm.people.domain.queries.responsibility import responsible_for_all
from asskomm.people.models import Account, Function, Organisation
from asskomm.territory.models import Municipality

_ACTS_FOR_PLACE = {Role.COORDINATOR, Role.MAYOR}
_STOOD_IN_FOR = {Role.COORDINATOR, Role.DISTRICT}
"""Posts whose rights go to the deputy while they are vacant; those of the state are given by name only."""


def principal_of(account: Account, on: dt.date) -> Principal:
    """Give the rights of an account on a day; without a function today it has none. Whoever stands in for a vacant post has its rights as well."""
    functions = list(Function.objects.on(on).filter(person=account.person_id).select_related("organisation"))
    if not account.is_active or not functions:
        return ANYONE if not account.is_active else Principal(account=account.pk)
    held = [(Role(f.role), f.organisation) for f in functions]
    held += _stood_in_for(account.person_id, functions, on)
    posts = frozenset((role, body.pk) for role, body in held if role is not Role.ADMINISTRATOR)
    return Principal(
        account=account.pk,
        organisations=frozenset(organisation for _role, organisation in posts),
        roles=frozenset(role for role, _body in held),
        municipalities=_places(held),
        posts=posts,
    )


def _stood_in_for(person: int, functions: list[Function], on: dt.date) -> list[tuple[Role, Organisation]]:
    """Give the vacant posts that somebody stands in for, with their houses; asked only where she holds no such post herself."""
    bodies = {f.organisation_id: f.organisation for f in functions if Role(f.role) not in {*_STOOD_IN_FOR, Role.MAYOR, Role.STATE_COUNCIL, Role.ADMINISTRATOR}}
    found = responsible_for_all(bodies, on) if bodies else {}
    vacant = [(Role(each.post), bodies[key]) for key, each in found.items() if each.post and any(one.pk == person for one in each.people)]
    return [(role, body) for role, body in vacant if role in _STOOD_IN_FOR]


def principal_of_key(account: int) -> Principal:
    """Give the rights that an account holds today, by its key; none where it is gone."""
    found = Account.objects.filter(pk=account).first()
    return principal_of(found, clock.today()) if found else ANYONE


def names_of(accounts: Collection[int]) -> dict[int, str]:
    """Give the names of accounts by their keys."""
    return {account.pk: str(account) for account in Account.objects.filter(pk__in=accounts).select_related("person")}


def _places(held: list[tuple[Role, Organisation]]) -> frozenset[str]:
    own = {str(body.municipality_id) for role, body in held if role in _ACTS_FOR_PLACE and body.municipality_id}
    districts = {body.district_id for role, body in held if role is Role.DISTRICT and body.district_id}
    if districts:
        own |= set(Municipality.objects.filter(district__in=districts).values_list("ags", flat=True))
    return frozenset(own)
