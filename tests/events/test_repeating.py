# SPDX-License-Identifier: EUPL-1.2
"""A gathering that takes place again and again: on which days, what is the same, and who sees the link to it from afar."""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from asskomm.core.clock import BERLIN, clock
from asskomm.core.mail.models import Mail
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Visibility
from asskomm.events.domain.gatherings import GatheringError, Terms, call_off
from asskomm.events.domain.letters import path_of
from asskomm.events.domain.registering import confirm
from asskomm.events.domain.repeating import days_after, repeat
from asskomm.events.enums import Ask, Rhythm
from asskomm.events.models import Gathering, Registration
from tests.events.making import BEFORE, come, gathering
from tests.making import FRANKENBERG, member
from tests.reading import said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
LINK = "https://video.example/raum"
WEDNESDAY = dt.datetime(2027, 9, 1, 10, 0, tzinfo=BERLIN)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with clock.moved_to(BEFORE):
        yield


def dialogue(capacity: int | None = None, **more: Any) -> Gathering:
    """Invite to a dialogue on the first Wednesday of September, ten o'clock."""
    values: dict[str, Any] = {"kind": "dialogue", "title": "Dialog", "starts_at": WEDNESDAY, "ends_at": WEDNESDAY + HOUR, "video_link": LINK}
    return gathering(capacity, **{**values, **more})


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31)), st.integers(1, 24))
def test_by_the_month_it_is_the_same_weekday_of_each_month(day: dt.date, number: int) -> None:
    found = days_after(day, Rhythm.MONTHLY, number)
    months = [(day.year + (day.month - 1 + step) // 12, (day.month - 1 + step) % 12 + 1) for step in range(1, number + 1)]
    assert [(one.year, one.month) for one in found] == months
    which = (day.day - 1) // 7
    for one in found:
        same = [date for week in calendar.monthcalendar(one.year, one.month) if (date := week[day.weekday()])]
        assert one.day == (same[which] if which < 4 else same[-1])


@pytest.mark.parametrize(("rhythm", "days"), [(Rhythm.WEEKLY, ["08.09.", "15.09."]), (Rhythm.FORTNIGHTLY, ["15.09.", "29.09."])])
def test_by_the_week(rhythm: Rhythm, days: list[str]) -> None:
    assert [f"{day:%d.%m.}" for day in days_after(WEDNESDAY.date(), rhythm, 2)] == days


def test_the_same_on_other_days_at_the_same_time_of_day() -> None:
    terms = Terms(approves=True, asks=[Ask.MEAL], contingents={"state_police": 2})
    found = dialogue(5, terms=terms, summary="Worum es geht", registers_until=WEDNESDAY - 24 * HOUR, visibility=Visibility.ALLIANCE)
    (made,) = repeat(found, [dt.date(2027, 11, 3)], by=SYSTEM)  # the clock is changed between
    begins = dt.datetime(2027, 11, 3, 10, 0, tzinfo=BERLIN)
    assert (made.starts_at, made.ends_at, made.registers_until) == (begins, begins + HOUR, begins - 24 * HOUR)
    assert (made.title, made.summary, made.video_link, made.visibility, made.state) == ("Dialog", "Worum es geht", LINK, "alliance", "published")
    assert (made.approves, made.asks, dict(made.places.values_list("contingent", "capacity"))) == (True, ["meal"], {"": 5, "state_police": 2})
    found.refresh_from_db()
    assert (made.series, made.owner) == (found.series, found.owner)
    assert repeat(found, [dt.date(2027, 11, 3), dt.date(2027, 9, 1)], by=SYSTEM) == []  # these exist


def test_what_cannot_be_repeated() -> None:
    found = dialogue()
    _account, stranger = member("coordinator", FRANKENBERG)
    with pytest.raises(PermissionDenied):
        repeat(found, [dt.date(2027, 10, 6)], by=stranger)
    with pytest.raises(GatheringError, match="höchstens 24"):
        repeat(found, [WEDNESDAY.date() + dt.timedelta(days=number) for number in range(1, 26)], by=SYSTEM)
    call_off(found, by=SYSTEM)
    with pytest.raises(GatheringError, match="abgesagt"):
        repeat(found, [dt.date(2027, 10, 6)], by=SYSTEM)
    assert Gathering.objects.count() == 1


def test_from_the_rhythm_to_the_dates(client: Client, sign_in: SignIn) -> None:
    found = dialogue()
    sign_in("state_council")
    at = f"{found.get_absolute_url()}wiederholen/"
    assert client.get(at).status_code == 200
    page = client.get(at, {"rhythm": "monthly", "number": "3"})
    offered = re.findall(r'value="(2027-\d\d-\d\d)"', page.content.decode())
    assert offered == ["2027-10-06", "2027-11-03", "2027-12-01"]
    assert client.post(f"{at}?rhythm=monthly&number=3", {}).status_code == 422
    assert client.get(at, {"rhythm": "monthly", "number": "25"}).status_code == 422
    answer = client.post(f"{at}?rhythm=monthly&number=3", {"days": offered[:2]}, follow=True)
    told = said(answer.content.decode())
    assert ("2 Termine sind angelegt." in told, "Mittwoch, 06.10.2027, 10:00" in told) == (True, True)
    client.logout()
    assert "Mittwoch, 03.11.2027, 10:00" in said(client.get(found.get_absolute_url()).content.decode())
    rows = Calendar.from_ical(client.get(f"{found.get_absolute_url()}reihe.ics").content).walk("VEVENT")
    assert [row.decoded("DTSTART").astimezone(BERLIN).date().isoformat() for row in rows] == ["2027-09-01", "2027-10-06", "2027-11-03"]
    call_off(found, by=SYSTEM)
    rows = Calendar.from_ical(client.get(f"{found.get_absolute_url()}reihe.ics").content).walk("VEVENT")
    assert [row.get("STATUS") for row in rows] == ["CANCELLED", None, None]


def test_the_link_is_for_those_who_have_a_place(client: Client, sign_in: SignIn) -> None:
    found = dialogue(1)
    ada, eva = confirm(come(found, "Ada"), by=ANYONE), come(found, "Eva")
    assert LINK in Mail.objects.get(kind="registration_confirmed").text
    assert [LINK in client.get(path_of(row)).content.decode() for row in (ada, eva)] == [True, False]
    assert Registration.objects.get(name="Eva").state == "waiting"
    assert LINK not in client.get(found.get_absolute_url()).content.decode()
    sign_in("coordinator", FRANKENBERG)
    assert LINK not in client.get(found.get_absolute_url()).content.decode()


def test_where_nobody_registers_the_link_is_for_members(client: Client, sign_in: SignIn) -> None:
    found = dialogue()
    assert LINK not in client.get(found.get_absolute_url()).content.decode()
    sign_in("coordinator", FRANKENBERG)
    assert LINK in client.get(found.get_absolute_url()).content.decode()
