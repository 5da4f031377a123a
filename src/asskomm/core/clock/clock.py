# SPDX-License-Identifier: EUPL-1.2
"""The clock object that everything asks for the time, and that tests can move."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


class Clock:
    """Tells the time; `moved_to` sets it for a while.

    >>> clock = Clock()
    >>> with clock.moved_to(dt.datetime(2023, 9, 13, 22, 30, tzinfo=dt.UTC)):
    ...     clock.today()
    datetime.date(2023, 9, 14)
    """

    def __init__(self) -> None:
        """Start with the time of the machine."""
        self._moved: dt.datetime | None = None

    def now(self) -> dt.datetime:
        """Give the present instant, aware, in Berlin's time."""
        return (self._moved or dt.datetime.now(dt.UTC)).astimezone(BERLIN)

    def today(self) -> dt.date:
        """Give the day it is in Berlin."""
        return self.now().date()

    def end_of(self, day: dt.date) -> dt.datetime:
        """Give the instant at which a day in Berlin is over, for "known on this day"."""
        return dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, BERLIN)

    @contextmanager
    def moved_to(self, instant: dt.datetime) -> Iterator[None]:
        """Let the clock stand at an aware instant until the block ends."""
        before, self._moved = self._moved, instant
        try:
            yield
        finally:
            self._moved = before


clock = Clock()
