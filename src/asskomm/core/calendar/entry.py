# SPDX-License-Identifier: EUPL-1.2
"""A date in somebody's calendar."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from asskomm.core.slots import Slot
from asskomm.core.visibility import Principal


@dataclass(frozen=True)
class Entry:
    """One date.

    Args:
        key: name that stays when the date is moved, such as "session:7h2k", so that a calendar moves it too.
        title: one line.
        start: a day, or an aware instant.
        end: the last day, or the instant at which it is over; `None` for one day or for no length.
        path: of its page.
        place: where it is, in words.
        text: what else is to be known.
        called_off: whether it does not take place after all; a calendar that knows it strikes it out.

    Raises
    ------
        ValueError: an instant without a time zone, a day and an instant mixed, or an end before the start.
    """

    key: str
    title: str
    start: dt.date
    end: dt.date | None = None
    path: str = ""
    place: str = ""
    text: str = ""
    called_off: bool = False

    def __post_init__(self) -> None:
        """Hold that both ends are of one kind and in order."""
        instants = [isinstance(end, dt.datetime) for end in (self.start, self.end) if end is not None]
        if len(set(instants)) > 1:
            raise ValueError("a day and an instant do not mix")
        if isinstance(self.start, dt.datetime) and self.start.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        if self.end is not None and self.end < self.start:
            raise ValueError("it ends before it begins")

    @property
    def whole_day(self) -> bool:
        """Whether it has no time of day."""
        return not isinstance(self.start, dt.datetime)


CALENDARS: Slot[Callable[[Principal], Iterable[Entry]]] = Slot()
"""The dates that are a reader's own, in the language of now."""
