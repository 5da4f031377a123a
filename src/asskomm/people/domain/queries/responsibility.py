# SPDX-License-Identifier: EUPL-1.2
"""Who looks after the matters of an organisation on a day, and where nobody does."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from asskomm.people.enums import FunctionRole
from asskomm.people.models import Function, Organisation, Person

_IN_CHARGE = (FunctionRole.COORDINATOR, FunctionRole.DISTRICT, FunctionRole.STATE_COUNCIL)


@dataclass(frozen=True)
class Responsible:
    """Who looks after an organisation's matters on a day.

    Args:
        people: in the order of their functions; empty where nobody is left.
        standing_in: whether they only stand in, because the post is vacant.
        post: the role of the vacant post that a deputy stands in for; `None` where nobody was named.
    """

    people: tuple[Person, ...]
    standing_in: bool
    post: FunctionRole | None = None


def responsible_for(organisation: Organisation, on: dt.date) -> Responsible:
    """Give who is in charge; on a vacant post the deputy of whoever held it last, else the mayor.

    Whoever stands in must serve in the organisation on that day herself.
    """
    return responsible_for_all([organisation.pk], on)[organisation.pk]


def responsible_for_all(organisations: Collection[int], on: dt.date) -> dict[int, Responsible]:
    """Give the same for many organisations, by their keys, in one query."""
    functions: dict[int, list[Function]] = {key: [] for key in organisations}
    rows = Function.objects.filter(organisation__in=organisations, start__lte=on).select_related("person", "deputy")
    for function in rows.order_by("start", "pk"):
        functions[function.organisation_id].append(function)
    return {key: _responsible(found, on) for key, found in functions.items()}


def _responsible(functions: list[Function], on: dt.date) -> Responsible:
    serving = [function for function in functions if function.holds_on(on)]
    if in_charge := [function.person for function in serving if function.role in _IN_CHARGE]:
        return Responsible(_once(in_charge), standing_in=False)
    here = {function.person_id for function in serving}
    left = sorted((f for f in functions if f.role in _IN_CHARGE), key=lambda f: (f.end or dt.date.max, f.pk), reverse=True)
    if left and left[0].deputy is not None and left[0].deputy_id in here:
        return Responsible((left[0].deputy,), standing_in=True, post=FunctionRole(left[0].role))
    mayors = [function.person for function in serving if function.role == FunctionRole.MAYOR]
    return Responsible(_once(mayors), standing_in=True)


def _once(people: list[Person]) -> tuple[Person, ...]:
    return tuple(dict.fromkeys(people))


def may_stand_in(function: Function, on: dt.date) -> QuerySet[Person]:
    """Give who can stand in for somebody: everybody else who serves in the same organisation."""
    serving = Function.objects.on(on).filter(organisation=function.organisation_id)
    return Person.objects.filter(pk__in=serving.values("person")).exclude(pk=function.person_id)
