# SPDX-License-Identifier: EUPL-1.2
"""Somebody's own dates: what all rooms know of them, deadlines among them."""

from collections.abc import Iterator

from asskomm.core.calendar import CALENDARS, Entry
from asskomm.core.visibility import Principal
from asskomm.people.domain.queries.deadlines import deadlines_of
from asskomm.people.enums import RUNS_A_HOUSE
from asskomm.people.slots import Deadline

_AHEAD = 400


def own_deadlines(principal: Principal, days: int = _AHEAD) -> list[Deadline]:
    """Give what is overdue or ends within so many days in the houses that a reader runs, not in those in which she is a guest."""
    return deadlines_of(principal.houses(*RUNS_A_HOUSE), days)


def deadlines_as_dates(principal: Principal) -> Iterator[Entry]:
    """Give the deadlines of a reader as dates."""
    for deadline in own_deadlines(principal):
        yield Entry(deadline.key, deadline.text, deadline.day, path=deadline.path, text=deadline.action)


def own_dates(principal: Principal, *, deadlines: bool = True) -> list[Entry]:
    """Give all dates of a reader, the first first, with or without deadlines."""
    rooms = [room for key, room in CALENDARS.items() if deadlines or key != "deadlines"]
    found = [entry for room in rooms for entry in room(principal)]
    return sorted(found, key=lambda entry: (entry.start.isoformat(), entry.key))
