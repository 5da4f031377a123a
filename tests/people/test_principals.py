# SPDX-License-Identifier: EUPL-1.2
"""Rights follow from functions on a day, from nothing else."""

import datetime as dt

import pytest
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Role
from asskomm.people.domain.accounts import appoint, end_functions
from asskomm.people.domain.queries.principals import principal_of
from asskomm.people.enums import FunctionRole
from asskomm.people.models import Account, Function
from asskomm.territory.models import Municipality
from tests.making import FRANKENBERG, GOERLITZ, body, member

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2020, 3, 1), dt.date(2023, 9, 14)


def posts_of(*named: tuple[Role, str]) -> frozenset[tuple[Role, int]]:
    """Give roles with the keys of the organisations in which they are held."""
    return frozenset((role, body(name).pk) for role, name in named)


def _kim(role: str = "coordinator", organisation: str = FRANKENBERG) -> Account:
    account, _principal = member(role, organisation, email="kim@example.org", start=FIRST)
    return account


def test_a_function_counts_from_its_first_to_its_last_day() -> None:
    kim = _kim()
    end_functions(email=kim.email, last_day=LAST, by=SYSTEM)
    rights = Principal(
        kim.pk, frozenset({body(FRANKENBERG).pk}), frozenset({Role.COORDINATOR}), frozenset({FRANKENBERG}), posts_of((Role.COORDINATOR, FRANKENBERG))
    )
    nothing = Principal(kim.pk)
    days = [FIRST - dt.timedelta(days=1), FIRST, LAST, LAST + dt.timedelta(days=1)]
    assert [principal_of(kim, day) for day in days] == [nothing, rights, rights, nothing]


def test_on_the_day_after_the_last_every_page_knows(client: Client) -> None:
    kim = _kim()
    end_functions(email=kim.email, last_day=LAST, by=SYSTEM)
    client.force_login(kim)
    seen = []
    for instant in (dt.datetime(2023, 9, 14, 21, 59, tzinfo=dt.UTC), dt.datetime(2023, 9, 14, 22, 0, tzinfo=dt.UTC)):
        with clock.moved_to(instant):
            seen.append(client.get(f"/organisationen/{body(FRANKENBERG).pk}/").status_code)
    assert seen == [200, 302]  # the sentence that she has no function any more


def test_several_functions_add_up() -> None:
    kim = _kim()
    for role, organisation in ((FunctionRole.POLICE, "Polizeidirektion Chemnitz"), (FunctionRole.MAYOR, GOERLITZ)):
        appoint(email="KIM@example.org", given_name="", family_name="", role=role, organisation=body(organisation), start=LAST, by=SYSTEM)
    assert principal_of(kim, LAST) == Principal(
        kim.pk,
        frozenset({body(FRANKENBERG).pk, body(GOERLITZ).pk, body("Polizeidirektion Chemnitz").pk}),
        frozenset({Role.COORDINATOR, Role.POLICE, Role.MAYOR}),
        frozenset({FRANKENBERG, GOERLITZ}),
        posts_of((Role.COORDINATOR, FRANKENBERG), (Role.POLICE, "Polizeidirektion Chemnitz"), (Role.MAYOR, GOERLITZ)),
    )
    assert principal_of(kim, LAST - dt.timedelta(days=1)).roles == {Role.COORDINATOR}


def test_a_district_acts_for_its_municipalities_and_former_ones() -> None:
    rights = principal_of(_kim("district", "Landkreis Mittelsachsen"), LAST)
    assert rights.municipalities == set(Municipality.objects.filter(district="14522").values_list("ags", flat=True))
    assert len(rights.municipalities) == 54
    assert rights.organisations == {body("Landkreis Mittelsachsen").pk}


@pytest.mark.parametrize(
    ("role", "organisation", "places"),
    [
        ("coordinator", FRANKENBERG, {FRANKENBERG}),
        ("mayor", FRANKENBERG, {FRANKENBERG}),
        ("coordinator", "Städtebund Silberberg", set()),
        ("police", "Polizeidirektion Chemnitz", set()),
        ("coach", FRANKENBERG, set()),
        ("state_council", "Landespräventionsrat Sachsen", set()),
    ],
)
def test_who_acts_for_places(role: str, organisation: str, places: set[str]) -> None:
    rights = principal_of(_kim(role, organisation), LAST)
    assert (rights.municipalities, rights.organisations, rights.is_member) == (frozenset(places), frozenset({body(organisation).pk}), True)


def test_an_administrator_alone_reads_nothing_that_is_shared() -> None:
    kim = _kim("administrator")
    assert principal_of(kim, LAST) == Principal(kim.pk, roles=frozenset({Role.ADMINISTRATOR}))
    appoint(email=kim.email, given_name="", family_name="", role=FunctionRole.COACH, organisation=body("Institut B3"), start=FIRST, by=SYSTEM)
    both = principal_of(kim, LAST)
    assert (both.organisations, both.is_member) == (frozenset({body("Institut B3").pk}), True)


def test_a_closed_account_is_anyone() -> None:
    kim = _kim()
    kim.is_active = False
    assert principal_of(kim, LAST) == ANYONE


def test_rights_cost_two_queries_at_most(django_assert_num_queries: object) -> None:
    kim = _kim("district", "Landkreis Mittelsachsen")
    Function.objects.create(person=kim.person, organisation=body("Landkreis Bautzen"), role="district", start=FIRST)
    with django_assert_num_queries(2):  # type: ignore[operator]
        principal_of(kim, LAST)
