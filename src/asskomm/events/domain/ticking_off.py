# SPDX-License-Identifier: EUPL-1.2
"""Verbs where there was no door, as in a video conference: those who invited tick off who was there, for several at once, and take it back.

What is noted is the same as at the door. Each is noted by herself, as a telephone's notes are: a second time changes nothing, so whoever is
interrupted goes on where she was.
"""

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext as _

from asskomm.core.clock import BERLIN, clock
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.attendance import CheckInError, Note, check_in, take_back
from asskomm.events.domain.days import came_on, days_of
from asskomm.events.enums import RegistrationState
from asskomm.events.models import Attendance, Gathering, Registration


def was_there(gathering: Gathering, numbers: Collection[int], day: dt.date, *, by: Principal) -> int:
    """Note that some were there on a day; gives how many of them have a place and so are noted.

    Args:
        gathering: that has begun.
        numbers: of their registrations.
        day: one of its days.
        by: who does it.

    Raises
    ------
        CheckInError: it has not begun, is called off, or the day is none of its days.
        PermissionDenied: the reader does not organise this gathering.
    """
    rows = _ticked(gathering, numbers, day, by)
    noted = Attendance.objects.present().filter(registration__in=rows)
    there = {found.registration_id for found in noted if day in came_on(found, gathering)}  # what was noted at the door stays
    for row in rows:
        if row.pk not in there:
            check_in(row, Note(_begins(gathering, day)), by=by)
    return len(rows)


def was_not_there(gathering: Gathering, numbers: Collection[int], day: dt.date, *, by: Principal) -> int:
    """Take back that some were there on a day, whoever noted it; gives how many that concerns.

    Raises
    ------
        CheckInError: as `was_there`.
        PermissionDenied: as `was_there`.
    """
    rows = _ticked(gathering, numbers, day, by)
    for row in rows:
        take_back(row, day, by=by)
    return len(rows)


def may_tick(gathering: Gathering) -> bool:
    """Whether there is something to tick off: it takes place and has begun."""
    return gathering.published and gathering.starts_at <= clock.now()


def _ticked(gathering: Gathering, numbers: Collection[int], day: dt.date, by: Principal) -> list[Registration]:
    require("events.change", by, gathering)
    if not may_tick(gathering) or day not in days_of(gathering) or _begins(gathering, day) > clock.now():
        raise CheckInError(_("Wer da war, tragen Sie ein, sobald es begonnen hat."))
    placed = Registration.objects.filter(gathering=gathering, state=RegistrationState.CONFIRMED, shredded=False)
    return list(placed.filter(number__in=numbers).order_by("number"))


def _begins(gathering: Gathering, day: dt.date) -> dt.datetime:
    """Give the instant that stands for a day: nobody wrote down when they came."""
    return dt.datetime.combine(day, gathering.starts_at.astimezone(BERLIN).time(), BERLIN)
