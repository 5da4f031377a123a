# SPDX-License-Identifier: EUPL-1.2
"""What ends, who is reminded of it and when, and who is while nobody holds the post."""

import datetime as dt

import pytest
from django.test import Client

from asskomm.core.clock import BERLIN, add_months, clock
from asskomm.core.jobs.domain import orders
from asskomm.core.mail.models import Mail
from asskomm.core.visibility import SYSTEM, Visibility
from asskomm.events.domain.minutes import Promise, write_minutes
from asskomm.people.domain.functions import change_function, end_function
from asskomm.people.domain.queries.deadlines import accounts_in_charge, deadlines_of, open_deadlines
from asskomm.people.models import Account, Function, Reminder
from asskomm.people.slots import Wanted
from tests.events.making import gathering
from tests.making import COUNCIL, FRANKENBERG, GOERLITZ, OLBERNHAU, body, event, member, work_off
from tests.reading import said

pytestmark = pytest.mark.django_db
AGREEMENT = "agreement_signed"


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), BERLIN)


def night_of(day: dt.date) -> list[tuple[str, str]]:
    """Run the nightly reminder on a day; give who was written to, and the line with the day."""
    known = set(Mail.objects.values_list("pk", flat=True))
    with clock.moved_to(noon(day)):
        orders.order("people.remind", by=SYSTEM)
        work_off()
    new = Mail.objects.filter(kind="deadline").exclude(pk__in=known).select_related("address").order_by("pk")
    return [(mail.address.email, mail.text.splitlines()[4]) for mail in new]


def function_of(account: Account) -> Function:
    return Function.objects.select_related("person", "organisation").get(person=account.person)


def test_those_in_charge_are_reminded_six_three_and_one_month_before_and_once() -> None:
    account, _ = member("coordinator", GOERLITZ)
    member("mayor", GOERLITZ)
    member("coordinator", FRANKENBERG)
    event(AGREEMENT, "2021-03-31", GOERLITZ, valid_until=dt.date(2026, 8, 31))
    days = ["2026-02-27", "2026-02-28", "2026-03-01", "2026-05-30", "2026-05-31", "2026-07-31", "2026-08-31", "2026-09-01"]
    assert {day: found for day in days if (found := night_of(dt.date.fromisoformat(day)))} == {
        "2026-02-28": [(account.email, "Letzter Tag: 31.08.2026. Das ist in 184 Tagen.")],
        "2026-05-31": [(account.email, "Letzter Tag: 31.08.2026. Das ist in 92 Tagen.")],
        "2026-07-31": [(account.email, "Letzter Tag: 31.08.2026. Das ist in 31 Tagen.")],
    }


def test_the_mail_says_what_ends_and_where_to_go() -> None:
    member("coordinator", GOERLITZ)
    event(AGREEMENT, "2021-03-31", GOERLITZ, valid_until=dt.date(2026, 8, 31))
    night_of(dt.date(2026, 8, 30))
    mail = Mail.objects.get(kind="deadline")
    assert mail.subject == "Eine Frist bei ASSKomm läuft ab"
    assert mail.text.split("\n\n") == [
        "Guten Tag,",
        "Es endet: „Kooperationsvereinbarung unterzeichnet“ (Görlitz).",
        "Letzter Tag: 31.08.2026. Das ist morgen.",
        "Verlängerung eintragen:",
        f"http://localhost:8000/ereignisse/neu/?kommune={GOERLITZ}&art=agreement_signed",
        "Sie bekommen diese Nachricht, weil Sie zuständig sind oder jemanden vertreten. Wir erinnern sechs, drei und einen Monat vorher.",
    ]


def test_after_downtime_only_the_last_step_is_made_up_for() -> None:
    member("coordinator", GOERLITZ)
    event(AGREEMENT, "2021-03-31", GOERLITZ, valid_until=dt.date(2026, 8, 31))
    assert [len(night_of(dt.date(2026, 6, day))) for day in (10, 11)] == [1, 0]
    assert list(Reminder.objects.values_list("months", flat=True)) == [3]


def test_a_post_that_is_vacant_for_eight_months_loses_no_deadline() -> None:
    """The coordinator leaves at the end of 2025; her deputy stands in until March 2026, then the mayor; both know in time that the deputy leaves too."""
    coordinator, _ = member("coordinator", FRANKENBERG)
    deputy, _ = member("partner", FRANKENBERG)
    mayor, _ = member("mayor", FRANKENBERG)
    event(AGREEMENT, "2021-07-31", FRANKENBERG, valid_until=dt.date(2026, 7, 31))
    event("preliminary_agreement", "2021-07-31", GOERLITZ, valid_until=dt.date(2026, 7, 31))
    change_function(function_of(coordinator), title="", share=None, funded_until=None, deputy=deputy.person, by=SYSTEM)
    with clock.moved_to(noon(dt.date(2025, 12, 1))):
        end_function(function_of(coordinator), last_day=dt.date(2025, 12, 31), by=SYSTEM)
        end_function(function_of(deputy), last_day=dt.date(2026, 3, 31), by=SYSTEM)
    told = []
    for month in range(1, 9):
        for day in (dt.date(2026, month, 1), add_months(dt.date(2026, 1, 31), month - 1)):
            told += [(f"{day:%d.%m.}", address, line.partition(" Das ist")[0]) for address, line in night_of(day)]
    agreement, leaving = "Letzter Tag: 31.07.2026.", "Letzter Tag: 31.03.2026."
    assert told == [
        *[("01.01.", account.email, leaving) for account in (deputy, mayor)],
        ("31.01.", deputy.email, agreement),
        *[("28.02.", account.email, leaving) for account in (deputy, mayor)],
        *[(day, mayor.email, agreement) for day in ("01.04.", "30.04.", "30.06.")],
    ]


def _reads_task(client: Client, account: Account, on: dt.date) -> bool:
    """Whether the task stands on somebody's desk on a day; who holds no function any more has none."""
    with clock.moved_to(noon(on)):
        client.force_login(account)
        return "Aus „Fachtag“: Radar leihen" in said(client.get("/schreibtisch/").content.decode())


def test_a_post_that_is_vacant_for_eight_months_loses_no_task(client: Client) -> None:
    """The task of some minutes is due in July: it stands on the deputy's desk until she leaves, on the mayor's all the time, then on the successor's."""
    coordinator, _ = member("coordinator", FRANKENBERG)
    deputy, _ = member("partner", FRANKENBERG)
    mayor, _ = member("mayor", FRANKENBERG)
    bystander, _ = member("partner", FRANKENBERG, email="andere@stadt.example")
    change_function(function_of(coordinator), title="", share=None, funded_until=None, deputy=deputy.person, by=SYSTEM)
    with clock.moved_to(noon(dt.date(2025, 12, 1))):
        end_function(function_of(coordinator), last_day=dt.date(2025, 12, 31), by=SYSTEM)
        end_function(function_of(deputy), last_day=dt.date(2026, 3, 31), by=SYSTEM)
        write_minutes(gathering(5, owner=FRANKENBERG), {}, [Promise("Radar leihen", "Kim", dt.date(2026, 5, 15))], by=SYSTEM)
        assert _reads_task(client, coordinator, dt.date(2025, 12, 31))
    days = [dt.date(2026, month, 1) for month in range(1, 9)]
    read = {account: [_reads_task(client, account, day) for day in days] for account in (coordinator, deputy, mayor, bystander)}
    assert read == {coordinator: [False] * 8, deputy: [True] * 3 + [False] * 5, mayor: [True] * 8, bystander: [False] * 8}
    successor, _ = member("coordinator", FRANKENBERG, email="neu@stadt.example", start=dt.date(2026, 9, 1))
    assert _reads_task(client, successor, dt.date(2026, 9, 1))


def test_whoever_takes_over_is_told_of_the_last_step() -> None:
    mayor, _ = member("mayor", GOERLITZ)
    event(AGREEMENT, "2021-03-31", GOERLITZ, valid_until=dt.date(2026, 8, 31))
    assert [address for address, _ in night_of(dt.date(2026, 3, 5))] == [mayor.email]
    new, _ = member("coordinator", GOERLITZ, email="neu@stadt.example", start=dt.date(2026, 4, 1))
    assert [address for address, _ in night_of(dt.date(2026, 4, 1))] == [new.email]
    assert [address for address, _ in night_of(dt.date(2026, 5, 31))] == [new.email]


def test_where_nobody_is_left_the_state_council_is_told() -> None:
    council, _ = member("state_council")
    event(AGREEMENT, "2021-03-31", GOERLITZ, valid_until=dt.date(2026, 8, 31))
    assert [address for address, _ in night_of(dt.date(2026, 3, 5))] == [council.email]


def _agreements(*places: str) -> list[tuple[str, dt.date, int]]:
    with clock.moved_to(noon(dt.date(2026, 3, 1))):
        return [(d.text, d.day, len(d.organisations)) for d in deadlines_of((body(p).pk for p in places), 400) if d.key.startswith("agreement")]


def test_an_agreement_is_open_until_the_next_one_or_its_end() -> None:
    event("preliminary_agreement", "2020-05-01", GOERLITZ, valid_until=dt.date(2026, 4, 1))
    event(AGREEMENT, "2021-05-01", GOERLITZ, FRANKENBERG, valid_until=dt.date(2026, 6, 1))
    both = "Es endet: „Kooperationsvereinbarung unterzeichnet“ (Frankenberg/Sa., Görlitz)."
    assert _agreements(GOERLITZ, FRANKENBERG) == [(both, dt.date(2026, 6, 1), 2)]
    one = "Es endet: „Kooperationsvereinbarung unterzeichnet“ (Frankenberg/Sa.)."
    assert _agreements(FRANKENBERG) == [(one, dt.date(2026, 6, 1), 1)]
    event("agreement_ended", "2025-05-01", GOERLITZ)
    assert _agreements(GOERLITZ) == []
    event(AGREEMENT, "2025-06-01", FRANKENBERG)
    assert _agreements(FRANKENBERG) == []


def test_one_whose_day_has_passed_stays_for_a_year_until_something_follows() -> None:
    event(AGREEMENT, "2020-05-01", GOERLITZ, valid_until=dt.date(2025, 3, 1))
    event(AGREEMENT, "2020-05-01", FRANKENBERG, valid_until=dt.date(2025, 2, 28))
    assert [(day, count) for _text, day, count in _agreements(GOERLITZ, FRANKENBERG)] == [(dt.date(2025, 3, 1), 1)]


@pytest.mark.parametrize(
    ("visibility", "owner", "seen"),
    [
        (Visibility.PUBLIC, COUNCIL, True),
        (Visibility.ALLIANCE, COUNCIL, True),
        (Visibility.PRIVATE, COUNCIL, False),
        (Visibility.PARTNERS, COUNCIL, False),
        (Visibility.PRIVATE, GOERLITZ, True),
    ],
)
def test_what_is_kept_from_a_municipality_is_no_deadline_of_hers(visibility: Visibility, owner: str, *, seen: bool) -> None:
    event(AGREEMENT, "2021-05-01", GOERLITZ, owner=owner, visibility=visibility, valid_until=dt.date(2026, 6, 1))
    assert bool(_agreements(GOERLITZ)) is seen


def test_a_named_partner_sees_hers() -> None:
    event(AGREEMENT, "2021-05-01", GOERLITZ, OLBERNHAU, visibility=Visibility.PARTNERS, partners=(body(GOERLITZ),), valid_until=dt.date(2026, 6, 1))
    assert [bool(_agreements(place)) for place in (GOERLITZ, OLBERNHAU)] == [True, False]


def _posts(on: dt.date) -> list[tuple[str, dt.date]]:
    with clock.moved_to(noon(on)):
        return [(d.text, d.day) for d in open_deadlines(Wanted(on - dt.timedelta(days=100), on + dt.timedelta(days=200), {body(GOERLITZ).pk}))]


def test_money_functions_and_vacancies_are_deadlines_of_their_house() -> None:
    account, _ = member("coordinator", GOERLITZ)
    on, money, last = dt.date(2026, 3, 1), dt.date(2026, 5, 1), dt.date(2026, 6, 1)
    assert _posts(on) == []
    change_function(function_of(account), title="", share=None, funded_until=money, deputy=None, by=SYSTEM)
    funding = ("Das Geld für die Stelle „Koordinator/in“ (Görlitz) läuft aus.", money)
    assert _posts(on) == [funding]
    with clock.moved_to(noon(on)):
        end_function(function_of(account), last_day=last, by=SYSTEM)
    leaving = ("Kim Muster-coordinator hört auf: „Koordinator/in“ (Görlitz).", last)
    assert _posts(on) == [funding, leaving]
    assert _posts(dt.date(2026, 6, 2)) == [("Die Koordinierungsstelle (Görlitz) ist frei.", last)]
    with clock.moved_to(noon(on)):
        (found,) = (d for d in open_deadlines(Wanted(on, dt.date(2026, 12, 31), {body(GOERLITZ).pk})) if d.with_mayor)
    mayor, _ = member("mayor", GOERLITZ)
    assert list(accounts_in_charge(found, on)) == [account, mayor]


def test_old_reminders_go() -> None:
    account, _ = member("coordinator", GOERLITZ)
    for day in (dt.date(2026, 1, 1), dt.date(2026, 1, 2)):
        Reminder.objects.create(deadline="x", day=day, months=1, account=account, written_at=clock.now())
    with clock.moved_to(noon(dt.date(2026, 2, 1))):
        orders.order("retention.delete", by=SYSTEM)
        work_off()
    assert list(Reminder.objects.values_list("day", flat=True)) == [dt.date(2026, 1, 2)]
