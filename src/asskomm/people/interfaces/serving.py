# SPDX-License-Identifier: EUPL-1.2
"""Who serves in an organisation, and what the reader may do about it."""

from dataclasses import dataclass

from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, allowed
from asskomm.people.domain.accounts import fits
from asskomm.people.enums import FunctionRole
from asskomm.people.models import Account, Function, Organisation


@dataclass(frozen=True)
class Serving:
    """A function of today, with what the reader may do about it."""

    function: Function
    may_change: bool
    may_end: bool


def serving(body: Organisation, reader: Principal) -> list[Serving]:
    """Give the functions of today; a fixed number of queries, however many there are."""
    functions = Function.objects.on(clock.today()).filter(organisation=body).select_related("person", "organisation", "deputy")
    own = Account.objects.filter(pk=reader.account).values_list("person", flat=True).first() if reader.account else None
    return [_serving(function, reader, own=function.person_id == own) for function in functions]


def _serving(function: Function, reader: Principal, *, own: bool) -> Serving:
    may = own or allowed("people.appoint", reader, function)
    return Serving(function, may_change=may, may_end=may)


def may_appoint(body: Organisation, reader: Principal) -> bool:
    """Whether the reader may give any function here."""
    return any(fits(role, body) and allowed("people.appoint", reader, Function(organisation=body, role=role)) for role in FunctionRole)
