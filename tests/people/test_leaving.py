# SPDX-License-Identifier: EUPL-1.2
"""Two years after the last function nothing is kept of a person; what she did stays."""

import datetime as dt

import pytest
from django.test import Client

from asskomm.alliance.models import Event
from asskomm.core.audit.domain.verification import verify
from asskomm.core.audit.models import Content, Entry
from asskomm.core.clock import BERLIN, clock
from asskomm.core.figures import FIGURES, Question
from asskomm.core.jobs.domain import orders
from asskomm.core.retention.models import Deletion
from asskomm.core.visibility import SYSTEM
from asskomm.people.domain.calendar_feeds import open_feed
from asskomm.people.domain.functions import end_function
from asskomm.people.domain.queries.deadlines import deadlines_of
from asskomm.people.domain.queries.posts import vacancies
from asskomm.people.models import Account, CalendarFeed, FormerPost, Function, Person
from tests.making import FRANKENBERG, GOERLITZ, body, event, member, work_off
from tests.reading import said

pytestmark = pytest.mark.django_db


def night_of(day: dt.date) -> None:
    with clock.moved_to(dt.datetime.combine(day, dt.time(12), BERLIN)):
        orders.order("retention.delete", by=SYSTEM)
        work_off()


def test_a_person_goes_two_years_after_her_last_function_and_her_events_stay() -> None:
    account, principal = member("coordinator", GOERLITZ)
    stays, _ = member("mayor", GOERLITZ)
    recorded = event("consultation", "2021-05-01", GOERLITZ, owner=GOERLITZ, by=principal)
    open_feed(account, by=principal)
    today = clock.today()
    end_function(Function.objects.get(person=account.person), last_day=today, by=SYSTEM)
    key, name = str(account.person_id), str(account)
    edge = today.replace(year=today.year + 2)
    night_of(edge)
    assert Person.objects.filter(pk=account.person_id).exists()
    night_of(edge + dt.timedelta(days=1))
    assert (list(Account.objects.all()), CalendarFeed.objects.count(), Function.objects.count()) == ([stays], 0, 1)
    assert (Event.objects.get(pk=recorded.pk).recorded_by, Event.objects.current().count()) == (None, 1)
    assert not Content.objects.filter(entry__kind="persons", entry__key=key).exists()
    assert [entry.action for entry in Entry.objects.filter(kind="persons", key=key).order_by("pk")][-2:] == ["removed", "forgotten"]
    assert name not in str(list(Content.objects.values_list("values", flat=True)))
    assert Deletion.objects.get(rule="persons").count == 1


def figures_on(day: dt.date) -> dict[str, float | None]:
    return {figure.key: figure.answer(Question(day)).estimate.value for figure in FIGURES}


def test_the_figures_are_the_same_before_and_after_a_person_went() -> None:
    account, principal = member("coordinator", GOERLITZ)
    for kind, day in (("consultation", "2021-05-01"), ("agreement_signed", "2021-06-01"), ("council_constituted", "2021-07-01")):
        event(kind, day, GOERLITZ, owner=GOERLITZ, by=principal)
    end_function(Function.objects.get(person=account.person), last_day=clock.today(), by=SYSTEM)
    asked = clock.today()
    before = figures_on(asked)
    assert (before["agreements"], before["councils"]) == (1, 1)
    night_of(asked + dt.timedelta(days=3 * 366))
    assert not Person.objects.filter(pk=account.person_id).exists()
    assert figures_on(asked) == before


def test_a_post_stays_vacant_also_when_whoever_held_it_is_forgotten(client: Client) -> None:
    """Who held it is gone after two years; that it is vacant, and since when, is told until somebody follows."""
    council, _ = member("state_council")
    mayor, _ = member("mayor", GOERLITZ)
    left, _ = member("coordinator", GOERLITZ)
    last, gone = clock.today(), clock.today() + dt.timedelta(days=800)
    end_function(Function.objects.get(person=left.person), last_day=last, by=SYSTEM)
    night_of(gone)
    assert not Person.objects.filter(pk=left.person_id).exists()
    with clock.moved_to(dt.datetime.combine(gone, dt.time(12), BERLIN)):
        assert [(vacancy.organisation, vacancy.last_day) for vacancy in vacancies(gone)] == [(body(GOERLITZ), last)]
        assert [(deadline.key, deadline.day) for deadline in deadlines_of([body(GOERLITZ).pk], 400)] == [(f"vacancy:{body(GOERLITZ).pk}", last)]
        told = f"zuletzt besetzt am {last:%d.%m.%Y}"
        client.force_login(council)
        assert [told in said(client.get(path).content.decode()) for path in ("/stellen/", "/schreibtisch/")] == [True, True]
        client.force_login(mayor)
        vacant = "Die Koordinierungsstelle (Görlitz) ist frei."
        assert [vacant in said(client.get(path).content.decode()) for path in (f"/kommunen/{GOERLITZ}/", "/schreibtisch/")] == [True, True]
        member("coordinator", GOERLITZ, email="neu@stadt.example", start=gone)
        assert vacancies(gone) == []


def test_of_several_who_held_a_post_the_last_day_counts_forgotten_or_not() -> None:
    for number, day in enumerate(("2020-05-31", "2022-03-31", "2021-08-31")):
        FormerPost.objects.create(organisation=body(GOERLITZ), role="coordinator", last_day=day)
        FormerPost.objects.create(organisation=body(FRANKENBERG), role="coordinator" if number == 0 else "mayor", last_day=day)
    member("coordinator", FRANKENBERG)
    Function.objects.filter(organisation=body(FRANKENBERG)).update(end="2020-06-30")
    assert [(str(vacancy.organisation), vacancy.last_day) for vacancy in vacancies(dt.date(2024, 1, 1))] == [
        ("Frankenberg/Sa.", dt.date(2020, 6, 30)),
        ("Görlitz", dt.date(2022, 3, 31)),
    ]
    assert [str(vacancy.organisation) for vacancy in vacancies(dt.date(2024, 1, 1), body(GOERLITZ))] == ["Görlitz"]
    assert [vacancy.last_day for vacancy in vacancies(dt.date(2021, 1, 1), body(GOERLITZ))] == [dt.date(2020, 5, 31)]


def test_who_has_another_function_stays() -> None:
    account, _ = member("coordinator", GOERLITZ)
    Function.objects.create(person=account.person, organisation_id=Function.objects.get().organisation_id, role="mayor", start=dt.date(2020, 1, 1))
    end_function(Function.objects.get(role="coordinator"), last_day=clock.today(), by=SYSTEM)
    night_of(clock.today() + dt.timedelta(days=3000))
    assert Account.objects.filter(pk=account.pk).exists()


def test_one_who_was_merged_goes_with_her() -> None:
    account, _ = member("coordinator", GOERLITZ)
    Person.everybody.create(given_name="Kim", family_name="Doppelt", merged_into=account.person)
    end_function(Function.objects.get(), last_day=clock.today(), by=SYSTEM)
    night_of(clock.today() + dt.timedelta(days=800))
    assert not Person.everybody.exists()


def test_the_chain_of_the_history_holds() -> None:
    account, _ = member("coordinator", GOERLITZ)
    end_function(Function.objects.get(person=account.person), last_day=clock.today(), by=SYSTEM)
    night_of(clock.today() + dt.timedelta(days=800))
    assert list(verify()) == []
