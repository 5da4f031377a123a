# SPDX-License-Identifier: EUPL-1.2
"""Who sees what: the full table of levels and readers, on events."""

import datetime as dt

import pytest

from asskomm.alliance.models import Event
from asskomm.core.clock import clock
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Role, Visibility
from asskomm.people.domain.accounts import end_functions
from asskomm.people.domain.queries.principals import principal_of
from tests.making import FRANKENBERG, GOERLITZ, OLBERNHAU, body, event, member

PRIVATE, PARTNERS, ALLIANCE, PUBLIC = Visibility.PRIVATE, Visibility.PARTNERS, Visibility.ALLIANCE, Visibility.PUBLIC
TABLE = {
    "anyone": {PUBLIC},
    "member of another organisation": {ALLIANCE, PUBLIC},
    "owner": {PRIVATE, PARTNERS, ALLIANCE, PUBLIC},
    "named partner": {PARTNERS, ALLIANCE, PUBLIC},
    "administrator only": {PUBLIC},
    "owner until yesterday": {PUBLIC},
    "account that was closed": {PUBLIC},
    "system": {PRIVATE, PARTNERS, ALLIANCE, PUBLIC},
}


def _reader(name: str) -> Principal:
    if name == "anyone":
        return ANYONE
    if name == "system":
        return SYSTEM
    role, organisation = {
        "member of another organisation": ("coordinator", OLBERNHAU),
        "named partner": ("coordinator", GOERLITZ),
        "administrator only": ("administrator", FRANKENBERG),
    }.get(name, ("coordinator", FRANKENBERG))
    account, principal = member(role, organisation, email="leserin@example.org")
    if name == "owner until yesterday":
        end_functions(email=account.email, last_day=clock.today() - dt.timedelta(days=1), by=SYSTEM)
        return principal_of(account, clock.today())
    if name == "account that was closed":
        account.is_active = False
        account.save()
        return principal_of(account, clock.today())
    return principal


@pytest.fixture
def rows(db: None) -> dict[int, Visibility]:
    """One event of every level by Frankenberg; Görlitz and the police are named on each, which counts on one level only."""
    named = (body(GOERLITZ), body("Polizeidirektion Chemnitz"))
    made = {level: event("consultation", "2020-01-01", FRANKENBERG, owner=FRANKENBERG, visibility=level, partners=named) for level in Visibility}
    return {row.pk: level for level, row in made.items()}


@pytest.mark.parametrize("name", TABLE)
def test_each_reader_sees_her_levels_once(rows: dict[int, Visibility], name: str) -> None:
    reader = _reader(name)
    seen = [rows[pk] for pk in Event.objects.visible_to(reader).values_list("pk", flat=True)]
    assert len(seen) == len(TABLE[name])
    assert set(seen) == TABLE[name]


def test_somebody_named_twice_sees_a_row_once(rows: dict[int, Visibility]) -> None:
    organisations = frozenset({body(FRANKENBERG).pk, body(GOERLITZ).pk, body("Polizeidirektion Chemnitz").pk})
    reader = Principal(account=1, organisations=organisations, roles=frozenset({Role.POLICE}))
    assert Event.objects.visible_to(reader).count() == len(Visibility)


def test_only_roles_beside_the_administrators_make_a_member() -> None:
    assert [role for role in Role if not Principal(roles=frozenset({role})).is_member] == [Role.ADMINISTRATOR]
    assert Principal(roles=frozenset({Role.ADMINISTRATOR, Role.COACH})).is_member
    assert (ANYONE.is_member, SYSTEM.is_member) == (False, True)


def test_one_of_several_roles_is_enough() -> None:
    coach = Principal(roles=frozenset({Role.COACH}))
    assert coach.has(Role.COACH, Role.MAYOR)
    assert not coach.has(Role.MAYOR, Role.POLICE)
    assert not coach.has()


def test_the_words_for_levels() -> None:
    assert [str(label) for label in Visibility.labels] == ["nur die eigene Organisation", "genannte Partner", "alle Mitglieder der Allianz", "öffentlich"]
