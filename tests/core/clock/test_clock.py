# SPDX-License-Identifier: EUPL-1.2
"""Europe/Berlin decides what a day is, in summer and in winter."""

import datetime as dt

import pytest

from asskomm.core.clock import BERLIN, clock


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (dt.datetime(2023, 9, 13, 21, 59, 59, tzinfo=dt.UTC), dt.date(2023, 9, 13)),
        (dt.datetime(2023, 9, 13, 22, 0, 0, tzinfo=dt.UTC), dt.date(2023, 9, 14)),
        (dt.datetime(2023, 12, 31, 22, 59, 59, tzinfo=dt.UTC), dt.date(2023, 12, 31)),
        (dt.datetime(2023, 12, 31, 23, 0, 0, tzinfo=dt.UTC), dt.date(2024, 1, 1)),
    ],
)
def test_a_day_begins_at_midnight_in_berlin(instant: dt.datetime, day: dt.date) -> None:
    with clock.moved_to(instant):
        assert clock.today() == day
        assert clock.now() == instant
        assert clock.now().tzinfo is BERLIN


@pytest.mark.parametrize(
    ("day", "over", "hours"),
    [
        (dt.date(2023, 9, 14), dt.datetime(2023, 9, 14, 22, tzinfo=dt.UTC), 24),
        (dt.date(2023, 3, 25), dt.datetime(2023, 3, 25, 23, tzinfo=dt.UTC), 24),
        (dt.date(2023, 3, 26), dt.datetime(2023, 3, 26, 22, tzinfo=dt.UTC), 23),
        (dt.date(2023, 10, 28), dt.datetime(2023, 10, 28, 22, tzinfo=dt.UTC), 24),
        (dt.date(2023, 10, 29), dt.datetime(2023, 10, 29, 23, tzinfo=dt.UTC), 25),
        (dt.date(2023, 12, 31), dt.datetime(2023, 12, 31, 23, tzinfo=dt.UTC), 24),
    ],
)
def test_a_day_is_over_at_the_next_midnight_across_daylight_saving(day: dt.date, over: dt.datetime, hours: int) -> None:
    assert clock.end_of(day).astimezone(dt.UTC) == over
    length = clock.end_of(day).astimezone(dt.UTC) - clock.end_of(day - dt.timedelta(days=1)).astimezone(dt.UTC)
    assert length == dt.timedelta(hours=hours)


def test_the_clock_goes_back_to_where_it_was_even_after_a_fault() -> None:
    outer, inner = dt.datetime(2020, 2, 1, 12, tzinfo=dt.UTC), dt.datetime(2021, 1, 18, 12, tzinfo=dt.UTC)
    seen = []

    def look_and_fail() -> None:
        with clock.moved_to(inner):
            seen.append(clock.today())
            raise ZeroDivisionError

    with clock.moved_to(outer):
        with pytest.raises(ZeroDivisionError):
            look_and_fail()
        seen.append(clock.today())
    assert seen == [dt.date(2021, 1, 18), dt.date(2020, 2, 1)]


def test_an_unmoved_clock_tells_the_time_of_the_machine() -> None:
    before = dt.datetime.now(dt.UTC)
    assert before <= clock.now() <= dt.datetime.now(dt.UTC)
