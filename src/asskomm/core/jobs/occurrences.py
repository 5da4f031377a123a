# SPDX-License-Identifier: EUPL-1.2
"""When something recurs, in Berlin's time: each minute, each night, on a weekday of each month."""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from typing import Protocol

from asskomm.core.clock.clock import BERLIN


class Rule(Protocol):
    """Says when something is due."""

    def latest(self, now: dt.datetime) -> dt.datetime:
        """Give the last instant at or before now at which it was due."""


@dataclass(frozen=True)
class EachMinute:
    """At the start of each minute."""

    def latest(self, now: dt.datetime) -> dt.datetime:
        """Give the start of the minute."""
        return now.astimezone(BERLIN).replace(second=0, microsecond=0)


@dataclass(frozen=True)
class EachNight:
    """Once a day at an hour; an hour that the change to summer time skips comes one later."""

    at: dt.time = dt.time(3, 30)

    def latest(self, now: dt.datetime) -> dt.datetime:
        """Give today's instant, or yesterday's before it.

        >>> EachNight().latest(dt.datetime(2026, 3, 29, 12, tzinfo=BERLIN)).isoformat()
        '2026-03-29T03:30:00+02:00'
        """
        today = now.astimezone(BERLIN).date()
        return max(due for day in (today, today - dt.timedelta(days=1)) if (due := _at(day, self.at)) <= now)


@dataclass(frozen=True)
class EachMonth:
    """On a weekday of each month: the first Wednesday is `EachMonth(weekday=2, which=1)`.

    Args:
        weekday: 0 for Monday to 6 for Sunday.
        which: 1 for the first to 4 for the fourth.
        at: time of day.
    """

    weekday: int
    which: int
    at: dt.time = dt.time(6)

    def latest(self, now: dt.datetime) -> dt.datetime:
        """Give this month's instant, or the last month's before it.

        >>> EachMonth(weekday=2, which=1).latest(dt.datetime(2026, 11, 22, tzinfo=BERLIN)).date()
        datetime.date(2026, 11, 4)
        """
        today = now.astimezone(BERLIN).date()
        return max(due for first in (today.replace(day=1), _month_before(today)) if (due := _at(self._day_in(first), self.at)) <= now)

    def _day_in(self, first: dt.date) -> dt.date:
        return first + dt.timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.which - 1))


def _month_before(day: dt.date) -> dt.date:
    last = day.replace(day=1) - dt.timedelta(days=1)
    return last - dt.timedelta(days=monthrange(last.year, last.month)[1] - 1)


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    """Give an instant that exists: by way of UTC, where each hour comes once."""
    return dt.datetime.combine(day, time, BERLIN).astimezone(dt.UTC).astimezone(BERLIN)
