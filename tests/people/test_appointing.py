# SPDX-License-Identifier: EUPL-1.2
"""Who appoints whom, on what terms, who is invited, and who stands in when a post is vacant."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from asskomm.core.clock import BERLIN, clock
from asskomm.core.mail.models import Mail
from asskomm.core.visibility import SYSTEM, Principal, allowed
from asskomm.people.domain.accounts import AppointmentError, appoint
from asskomm.people.domain.functions import change_function, end_function
from asskomm.people.domain.queries.posts import ending_posts, held_posts, vacancies
from asskomm.people.domain.queries.principals import principal_of
from asskomm.people.domain.queries.responsibility import Responsible, responsible_for
from asskomm.people.enums import FunctionRole
from asskomm.people.models import Account, Function
from tests.making import COUNCIL, FRANKENBERG, GOERLITZ, body, member
from tests.reading import cells, field_errors, headings, links, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
POLICE = "Polizeidirektion Görlitz"
FILLED_IN = {"given_name": "Ada", "family_name": "Neu", "email": "ada@stadt.example", "role": "coordinator", "start": "01.03.2024"}


def _function(account: Account) -> Function:
    return Function.objects.select_related("person", "organisation").get(person=account.person)


def _may_give(principal: Principal, organisation: str) -> list[str]:
    return [role.value for role in FunctionRole if allowed("people.appoint", principal, Function(organisation=body(organisation), role=role))]


def test_who_may_give_which_function() -> None:
    all_roles = FunctionRole.values
    ordinary = [role for role in all_roles if role not in {"state_council", "administrator"}]
    mayor, coordinator = member("mayor", GOERLITZ)[1], member("coordinator", GOERLITZ)[1]
    assert _may_give(SYSTEM, GOERLITZ) == all_roles
    assert _may_give(member("administrator")[1], COUNCIL) == all_roles
    assert _may_give(member("state_council")[1], GOERLITZ) == ordinary
    assert (_may_give(mayor, GOERLITZ), _may_give(mayor, FRANKENBERG)) == (["coordinator", "partner"], [])
    assert [_may_give(coordinator, GOERLITZ), _may_give(member("police", POLICE)[1], POLICE)] == [[], []]


def test_the_verb_itself_refuses_whoever_may_not() -> None:
    with pytest.raises(PermissionDenied):
        appoint(
            email="ada@stadt.example",
            given_name="Ada",
            family_name="Neu",
            role=FunctionRole.COORDINATOR,
            organisation=body(GOERLITZ),
            start=dt.date(2024, 3, 1),
            by=member("mayor", FRANKENBERG)[1],
        )
    assert not Account.objects.filter(email="ada@stadt.example").exists()


def test_a_mayor_appoints_her_coordinator_who_is_invited(client: Client, sign_in: SignIn) -> None:
    sign_in("mayor", GOERLITZ)
    town = body(GOERLITZ)
    assert f"/organisationen/{town.pk}/personen/neu/" in links(client.get(town.get_absolute_url()))
    page = client.get(f"/organisationen/{town.pk}/personen/neu/")
    assert [value for value, _label in page.context["form"].fields["role"].choices] == ["coordinator", "partner"]
    answer = client.post(
        f"/organisationen/{town.pk}/personen/neu/", {**FILLED_IN, "title": "Koordinierungsstelle", "share": "0,5", "funded_until": "31.12.2024"}
    )
    assert answer["Location"] == town.get_absolute_url()
    made = Function.objects.get(person__family_name="Neu")
    assert (str(made), made.start, made.end, made.share, made.funded_until) == (
        "Koordinierungsstelle, Görlitz",
        dt.date(2024, 3, 1),
        None,
        Decimal("0.50"),
        dt.date(2024, 12, 31),
    )
    mail = Mail.objects.get()
    assert (mail.kind, mail.address.email) == ("invitation", "ada@stadt.example")
    assert "Ada Neu ist eingetragen. Die Einladung geht in der nächsten Minute an die angegebene Adresse." in said(
        client.get(town.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize(
    ("wrong", "faults"),
    [
        ({"email": "ada"}, {"email": ["Bitte gültige E-Mail-Adresse eingeben."]}),
        ({"start": "irgendwann"}, None),
        ({"end": "01.02.2024"}, {"__all__": ["Der letzte Tag liegt vor dem ersten."]}),
        ({"share": "1,5"}, {"__all__": ["Der Stellenanteil liegt zwischen 0,01 und 1; 0,5 ist eine halbe Stelle."]}),
        ({"role": "administrator"}, None),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_lost(client: Client, sign_in: SignIn, wrong: dict[str, str], faults: dict[str, list[str]] | None) -> None:
    sign_in("state_council")
    answer = client.post(f"/organisationen/{body(GOERLITZ).pk}/personen/neu/", {**FILLED_IN, **wrong})
    assert answer.status_code == 422
    assert faults is None or field_errors(answer) == faults
    assert 'value="Ada"' in answer.content.decode()
    assert (Function.objects.filter(person__family_name="Neu").count(), Mail.objects.count()) == (0, 0)


@pytest.mark.parametrize(("role", "organisation"), [("coordinator", GOERLITZ), ("mayor", FRANKENBERG), ("police", POLICE)])
def test_others_do_not_appoint(client: Client, sign_in: SignIn, role: str, organisation: str) -> None:
    sign_in(role, organisation)
    address = f"/organisationen/{body(GOERLITZ).pk}/personen/neu/"
    assert (client.get(address).status_code, client.post(address, FILLED_IN).status_code) == (403, 403)
    assert address not in links(client.get(body(GOERLITZ).get_absolute_url()))


def test_terms_and_deputy_are_seen_by_the_own_house_and_the_state_council_only(client: Client) -> None:
    holder = _function(member("coordinator", GOERLITZ)[0])
    mayor, neighbour, council = member("mayor", GOERLITZ)[0], member("coordinator", FRANKENBERG)[0], member("state_council")[0]
    change_function(holder, title="", share=Decimal("0.5"), funded_until=dt.date(2031, 12, 31), deputy=mayor.person, by=SYSTEM)
    seen = []
    for reader in (mayor, council, neighbour):
        client.force_login(reader)
        text = said(client.get(body(GOERLITZ).get_absolute_url()).content.decode())
        seen.append([word in text for word in ("Stellenanteil 0,5", "finanziert bis 31.12.2031", "Vertretung: Kim Muster-mayor")])
    assert seen == [[True] * 3, [True] * 3, [False] * 3]


def test_only_a_colleague_can_stand_in(client: Client) -> None:
    account, principal = member("coordinator", GOERLITZ)
    holder, colleague, stranger = _function(account), member("mayor", GOERLITZ)[0], member("mayor", FRANKENBERG)[0]
    for wrong in (stranger.person, account.person):
        with pytest.raises(AppointmentError, match="Vertreten kann nur, wer selbst eine Funktion in „Görlitz“ hat"):
            change_function(holder, title="", share=None, funded_until=None, deputy=wrong, by=principal)
    with pytest.raises(IntegrityError), transaction.atomic():
        Function.objects.filter(pk=holder.pk).update(deputy=account.person)
    client.force_login(account)
    assert [person for person, _name in client.get(f"/funktionen/{holder.pk}/").context["form"].fields["deputy"].choices] == ["", colleague.person_id]
    assert client.post(f"/funktionen/{holder.pk}/", {"deputy": colleague.person_id})["Location"] == body(GOERLITZ).get_absolute_url()
    holder.refresh_from_db()
    assert holder.deputy == colleague.person
    client.force_login(stranger)
    assert [client.get(f"/funktionen/{holder.pk}/{end}").status_code for end in ("", "beenden/")] == [403, 403]


def test_a_function_ends_on_its_day_and_access_with_it(client: Client, sign_in: SignIn) -> None:
    account, _principal = member("coordinator", GOERLITZ)
    function = _function(account)
    sign_in("mayor", GOERLITZ)
    with clock.moved_to(dt.datetime(2024, 5, 2, 9, tzinfo=BERLIN)):
        answer = client.post(f"/funktionen/{function.pk}/beenden/", {"last_day": "31.05.2024"})
        assert answer["Location"] == body(GOERLITZ).get_absolute_url()
    function.refresh_from_db()
    assert function.end == dt.date(2024, 5, 31)
    roles = [principal_of(account, day).roles for day in (dt.date(2024, 5, 31), dt.date(2024, 6, 1))]
    assert roles == [frozenset({"coordinator"}), frozenset()]
    with pytest.raises(AppointmentError, match="beginnt erst"):
        end_function(function, last_day=dt.date(2018, 1, 1), by=SYSTEM)
    with pytest.raises(AppointmentError, match=r"endete schon am 31\.05\.2024"):
        end_function(function, last_day=dt.date(2024, 6, 30), by=SYSTEM)


def test_through_eight_vacant_months_somebody_looks_after_everything() -> None:
    """She leaves in May; her deputy stands in until he leaves too; then the mayor, then nobody but the state council; in January somebody new comes."""
    town = body(GOERLITZ)
    first, deputy, mayor = (member(role, GOERLITZ, email=f"{n}@example.org")[0] for n, role in enumerate(("coordinator", "partner", "mayor")))
    change_function(_function(first), title="", share=None, funded_until=None, deputy=deputy.person, by=SYSTEM)
    end_function(_function(first), last_day=dt.date(2023, 5, 31), by=SYSTEM)
    end_function(_function(deputy), last_day=dt.date(2023, 9, 15), by=SYSTEM)
    end_function(_function(mayor), last_day=dt.date(2023, 12, 31), by=SYSTEM)
    newcomer = member("coordinator", GOERLITZ, email="neu@example.org", start=dt.date(2024, 1, 20))[0]
    expected = {
        dt.date(2023, 5, 31): Responsible((first.person,), standing_in=False),
        dt.date(2023, 6, 1): Responsible((deputy.person,), standing_in=True, post=FunctionRole.COORDINATOR),
        dt.date(2023, 9, 15): Responsible((deputy.person,), standing_in=True, post=FunctionRole.COORDINATOR),
        dt.date(2023, 9, 16): Responsible((mayor.person,), standing_in=True),
        dt.date(2023, 12, 31): Responsible((mayor.person,), standing_in=True),
        dt.date(2024, 1, 1): Responsible((), standing_in=True),
        dt.date(2024, 1, 20): Responsible((newcomer.person,), standing_in=False),
    }
    assert {day: responsible_for(town, day) for day in expected} == expected
    assert [[v.last_day for v in vacancies(day)] for day in (dt.date(2023, 5, 31), dt.date(2023, 6, 1), dt.date(2024, 1, 20))] == [
        [],
        [dt.date(2023, 5, 31)],
        [],
    ]


def test_one_coordinator_serves_several_municipalities() -> None:
    account, _principal = member("coordinator", GOERLITZ, email="kim@example.org")
    member("coordinator", FRANKENBERG, email="kim@example.org")
    assert principal_of(account, clock.today()).municipalities == {GOERLITZ, FRANKENBERG}
    assert [responsible_for(body(key), clock.today()).people for key in (GOERLITZ, FRANKENBERG)] == [(account.person,)] * 2


def test_posts_that_end_come_in_order() -> None:
    today = dt.date(2024, 1, 10)
    for number, (key, until, end) in enumerate(((GOERLITZ, "2024-03-31", None), (FRANKENBERG, "2024-12-31", "2024-02-01"), ("14521460", "2025-01-01", None))):
        function = _function(member("coordinator", key, email=f"{number}@example.org")[0])
        Function.objects.filter(pk=function.pk).update(funded_until=until, end=end)
    assert held_posts(today).count() == 3
    assert [str(function.organisation) for function in ending_posts(today)] == ["Frankenberg/Sa.", "Görlitz"]
    Function.objects.filter(organisation=body(FRANKENBERG)).update(end=None, funded_until=None)
    assert [str(function.organisation) for function in held_posts(today)] == ["Görlitz", str(body("14521460")), "Frankenberg/Sa."]


def test_the_state_council_sees_the_posts_of_all_in_a_fixed_number_of_queries(client: Client, sign_in: SignIn, django_assert_num_queries: object) -> None:
    council = sign_in("state_council")
    assert council.is_member
    member("coordinator", GOERLITZ, email="0@example.org")
    client.get("/stellen/")
    for number, key in enumerate((FRANKENBERG, "14521460", "14626530"), 1):
        member("coordinator", key, email=f"{number}@example.org")
    end_function(Function.objects.get(organisation=body("14626530")), last_day=dt.date(2020, 2, 1), by=SYSTEM)
    with django_assert_num_queries(9):  # type: ignore[operator]
        page = client.get("/stellen/")
    text = said(page.content.decode())
    assert (headings(page), "Kommunen und Verbände mit besetzter Stelle: 3" in text) == (["Koordinierungsstellen"], True)
    assert "zuletzt besetzt am 01.02.2020" in text
    assert [row[0] for row in cells(page)[1:]] == ["Frankenberg/Sa.", "Görlitz", "Olbernhau"]


@pytest.mark.parametrize("role", ["coordinator", "mayor", "police", "administrator"])
def test_nobody_else_sees_the_posts_of_all(client: Client, sign_in: SignIn, role: str) -> None:
    sign_in(role, {"coordinator": GOERLITZ, "mayor": GOERLITZ, "police": POLICE}.get(role, COUNCIL))
    assert client.get("/stellen/").status_code == 403
