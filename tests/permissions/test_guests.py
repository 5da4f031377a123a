# SPDX-License-Identifier: EUPL-1.2
"""What somebody may do in her own house she may not do in another in which she holds a lesser function."""

import datetime as dt

import pytest
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM, Principal, allowed
from asskomm.events.domain.gatherings import Room, draft_gathering
from asskomm.events.interfaces.forms import GatheringForm
from asskomm.people.domain.accounts import appoint
from asskomm.people.domain.functions import change_function, end_function
from asskomm.people.domain.queries.dates import deadlines_as_dates, own_deadlines
from asskomm.people.domain.queries.principals import principal_of_key
from asskomm.people.enums import FunctionRole
from asskomm.people.models import Account, Function
from tests.events.making import facts
from tests.making import COUNCIL, FRANKENBERG, GOERLITZ, body, event, member
from tests.reading import links, said

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
    assert [allowed("alliance.see_stalls", both, body(key)) for key in (FRANKENBERG, GOERLITZ)] == [False, False]


@pytest.mark.parametrize("rule", ["alliance.see_stalls", "people.see_terms"])
@pytest.mark.parametrize(("role", "may"), [("coordinator", True), ("mayor", True), ("coach", False), ("partner", False)])
def test_who_runs_a_municipality_sees_its_stalls_and_terms_and_no_coach_or_contact_person(rule: str, role: str, *, may: bool) -> None:
    _account, principal = member(role, GOERLITZ)
    assert [allowed(rule, principal, body(key)) for key in (GOERLITZ, FRANKENBERG)] == [may, False]


@pytest.mark.parametrize("rule", ["alliance.see_stalls", "people.see_terms"])
def test_whoever_runs_another_house_does_not_see_them_as_a_guest(rule: str) -> None:
    coordinator = guest("coordinator")
    assert [allowed(rule, coordinator, body(key)) for key in (GOERLITZ, FRANKENBERG)] == [True, False]
    assert allowed(rule, member("state_council")[1], body(FRANKENBERG))


def test_whoever_stands_in_for_a_vacant_post_sees_them() -> None:
    deputy, _principal = member("partner", GOERLITZ)
    left = member("coordinator", GOERLITZ)[0].person.functions.get()
    change_function(left, title="", share=None, funded_until=None, deputy=deputy.person, by=SYSTEM)
    for rule in ("alliance.see_stalls", "people.see_terms"):
        assert not allowed(rule, principal_of_key(deputy.pk), body(GOERLITZ))
    end_function(left, last_day=clock.today() - dt.timedelta(days=1), by=SYSTEM)
    for rule in ("alliance.see_stalls", "people.see_terms"):
        assert allowed(rule, principal_of_key(deputy.pk), body(GOERLITZ))


def test_where_nobody_runs_the_house_whoever_serves_there_sees_its_terms() -> None:
    police = member("police", "Polizeidirektion Görlitz")[1]
    assert [allowed("people.see_terms", police, body(name)) for name in ("Polizeidirektion Görlitz", "Polizeidirektion Zwickau")] == [True, False]


def test_a_coordinator_gets_the_deadlines_of_her_own_house_only(client: Client) -> None:
    coordinator = guest("coordinator")
    until = clock.today() + dt.timedelta(days=60)
    for key in (FRANKENBERG, GOERLITZ):
        event("agreement_signed", "2021-05-01", key, valid_until=until)
    assert [deadline.organisations for deadline in own_deadlines(coordinator)] == [(body(GOERLITZ).pk,)]
    assert [entry.title for entry in deadlines_as_dates(coordinator)] == ["Es endet: „Kooperationsvereinbarung unterzeichnet“ (Görlitz)."]
    client.force_login(Account.objects.get(pk=coordinator.account or 0))
    desk = said(client.get("/schreibtisch/").content.decode())
    assert [f"Es endet: „Kooperationsvereinbarung unterzeichnet“ ({name})." in desk for name in ("Görlitz", "Frankenberg/Sa.")] == [True, False]


def test_a_guest_is_not_asked_to_say_how_the_house_is_reached(client: Client) -> None:
    coordinator = guest("coordinator")
    client.force_login(Account.objects.get(pk=coordinator.account or 0))
    assert [f"/organisationen/{body(key).pk}/erreichbarkeit/" in links(client.get("/schreibtisch/")) for key in (GOERLITZ, FRANKENBERG)] == [True, False]


def test_the_function_of_a_guest_is_told_apart_by_house() -> None:
    mayor = guest()
    assert {(role.value, organisation) for role, organisation in mayor.posts} == set(
        Function.objects.filter(person__account=mayor.account).values_list("role", "organisation")
    )
