# SPDX-License-Identifier: EUPL-1.2
"""What somebody may do in her own house she may not do in another in which she holds a lesser function."""

import pytest

from asskomm.core.visibility import SYSTEM, Principal, allowed
from asskomm.events.domain.gatherings import Room, draft_gathering
from asskomm.events.interfaces.forms import GatheringForm
from asskomm.people.domain.accounts import appoint
from asskomm.people.domain.queries.principals import principal_of_key
from asskomm.people.enums import FunctionRole
from asskomm.people.models import Function
from tests.events.making import facts
from tests.making import COUNCIL, FRANKENBERG, GOERLITZ, body, event, member

pytestmark = pytest.mark.django_db


def guest(role: str = "mayor", home: str = GOERLITZ) -> Principal:
    """Give somebody with a function at home, who is a partner in Frankenberg as well."""
    account, _principal = member(role, home, email="gast@example.org")
    house = body(FRANKENBERG)
    appoint(
        email=account.email, given_name="", family_name="", role=FunctionRole.PARTNER, organisation=house, start=account.person.functions.get().start, by=SYSTEM
    )
    return principal_of_key(account.pk)


@pytest.mark.parametrize("rule", ["people.appoint", "people.change_function", "people.end_function"])
def test_a_mayor_appoints_in_her_own_house_only(rule: str) -> None:
    mayor = guest()
    theirs = member("coordinator", FRANKENBERG)[0].person.functions.get()
    own = member("coordinator", GOERLITZ, email="eigene@example.org")[0].person.functions.get()
    assert (allowed(rule, mayor, theirs), allowed(rule, mayor, own)) == (False, True)


def test_she_speaks_for_her_own_house_only() -> None:
    mayor, theirs = guest(), member("coordinator", FRANKENBERG)[0]
    own = member("partner", GOERLITZ, email="eigene@example.org")[0]
    assert [allowed("people.relate", mayor, body(key)) for key in (FRANKENBERG, GOERLITZ)] == [False, True]
    assert [allowed("people.write_profile", mayor, body(key)) for key in (FRANKENBERG, GOERLITZ)] == [False, True]
    assert [allowed("people.invite", mayor, account) for account in (theirs, own)] == [False, True]


def test_she_invites_for_her_own_house_only() -> None:
    mayor = guest()
    theirs, own = (draft_gathering(facts(), Room(10), owner=body(key), by=SYSTEM) for key in (FRANKENBERG, GOERLITZ))
    for rule in ("events.change", "events.see_participants"):
        assert [allowed(rule, mayor, gathering) for gathering in (theirs, own)] == [False, True]
    offered = GatheringForm(mayor).fields["owner"].queryset  # type: ignore[attr-defined]
    assert list(offered) == [body(GOERLITZ)]


def test_she_reports_for_her_own_house_only() -> None:
    mayor = guest()
    theirs, own = (event("consultation", "2020-01-01", key, owner=key) for key in (FRANKENBERG, GOERLITZ))
    assert [allowed("alliance.change_event", mayor, row) for row in (theirs, own)] == [False, True]


def test_an_administrator_who_holds_a_function_elsewhere_does_not_see_who_stalls() -> None:
    both = guest("administrator", COUNCIL)
    assert [allowed("alliance.see_stalls", both, body(key)) for key in (FRANKENBERG, GOERLITZ)] == [True, False]


def test_the_function_of_a_guest_is_told_apart_by_house() -> None:
    mayor = guest()
    assert {(role.value, organisation) for role, organisation in mayor.posts} == set(
        Function.objects.filter(person__account=mayor.account).values_list("role", "organisation")
    )
