# SPDX-License-Identifier: EUPL-1.2
"""When something is due, in Berlin's time, over the changes of summer time too."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asskomm.core.clock.clock import BERLIN
from asskomm.core.jobs import EachMinute, EachMonth, EachNight, Rule

RULES = [EachMinute(), EachNight(), EachNight(dt.time(2, 30)), EachMonth(weekday=2, which=1), EachMonth(weekday=6, which=4, at=dt.time(2, 15))]
INSTANTS = st.integers(1_704_067_200, 1_924_991_999).map(lambda second: dt.datetime.fromtimestamp(second, dt.UTC))  # 2024 to 2030


@pytest.mark.parametrize("rule", RULES)
@given(now=INSTANTS, later=st.timedeltas(dt.timedelta(0), dt.timedelta(days=40)))
def test_what_is_due_lies_behind_and_never_goes_back(rule: Rule, now: dt.datetime, later: dt.timedelta) -> None:
    assert rule.latest(now) <= now
    assert rule.latest(rule.latest(now)) == rule.latest(now)
    assert rule.latest(now) <= rule.latest(now + later)


@given(day=st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31)), at=st.times())
def test_every_day_has_one_night(day: dt.date, at: dt.time) -> None:
    at = at.replace(microsecond=0, fold=0)
    noon = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.max, BERLIN)
    assert EachNight(at).latest(noon).date() == day + dt.timedelta(days=1)
    assert EachNight(at).latest(noon - dt.timedelta(days=1)).date() == day


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (dt.date(2026, 3, 29), "2026-03-29T03:30:00+02:00"),  # 02:30 does not exist on this day
        (dt.date(2026, 10, 25), "2026-10-25T02:30:00+02:00"),  # and comes twice on this one: the first counts
        (dt.date(2026, 11, 22), "2026-11-22T02:30:00+01:00"),
    ],
)
def test_the_hour_that_is_skipped_or_doubled(day: dt.date, due: str) -> None:
    assert EachNight(dt.time(2, 30)).latest(dt.datetime.combine(day, dt.time(12), BERLIN)).isoformat() == due


@pytest.mark.parametrize(
    ("today", "first_wednesday"),
    [("2026-11-04", "2026-11-04"), ("2026-11-03", "2026-10-07"), ("2027-01-05", "2026-12-02"), ("2026-04-30", "2026-04-01")],
)
def test_the_first_wednesday_of_the_month(today: str, first_wednesday: str) -> None:
    noon = dt.datetime.combine(dt.date.fromisoformat(today), dt.time(12), BERLIN)
    assert EachMonth(weekday=2, which=1).latest(noon).date().isoformat() == first_wednesday
