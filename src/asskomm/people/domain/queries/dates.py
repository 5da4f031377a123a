# SPDX-License-Identifier: EUPL-1.2
"""Somebody's own dates: what all rooms know of them, deadlines among them."""

from collections.abc import Iterator

from asskomm.core.calendar import CALENDARS, Entry
from asskomm.core.visibility import Principal, Role
from asskomm.people.domain.queries.deadlines import deadlines_of
from asskomm.people.slots import Deadline

_AHEAD = 400
RUNS_A_HOUSE = (Role.COORDINATOR, Role.MAYOR, Role.DISTRICT, Role.STATE_COUNCIL)


def own_deadlines(principal: Principal, days: int = _AHEAD) -> list[Deadline]:
    """Give what is overdue or ends within so many days in the houses that a reader runs."""
    return deadlines_of(principal.organisations, days) if principal.has(*RUNS_A_HOUSE) else []


def deadlines_as_dates(principal: Principal) -> Iterator[Entry]:
    """Give the deadlines of a reader as dates."""
    for deadline in own_deadlines(principal):
        yield Entry(deadline.key, deadline.text, deadline.day, path=deadline.path, text=deadline.action)


def own_dates(principal: Principal, *, deadlines: bool = True) -> list[Entry]:
    """Give all dates of a reader, the first first, with or without deadlines."""
    rooms = [room for key, room in CALENDARS.items() if deadlines or key != "deadlines"]
    found = [entry for room in rooms for entry in room(principal)]
    return sorted(found, key=lambda entry: (entry.start.isoformat(), entry.key))
