# SPDX-License-Identifier: EUPL-1.2
"""The days of a gathering: on which of them somebody came, and how long each lasted."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.timezone import localdate, localtime

from asskomm.core.estimates import Estimate
from asskomm.events.domain.programme_content import released_programme
from asskomm.events.models import Attendance, Gathering, Registration

_TURNS = dt.timedelta(hours=5)
"""A day ends at five in the morning: an evening that goes on after midnight is one day."""
_HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Share:
    """Of which days somebody was there.

    Args:
        days: on which she came.
        of: how many days it lasted.
        hours: how long these days lasted together; `None` where nobody can say.
    """

    days: Sequence[dt.date]
    of: int
    hours: Estimate | None


def days_of(gathering: Gathering) -> list[dt.date]:
    """Give the days on which it takes place."""
    first = _day_of(gathering.starts_at)
    last = max(first, _day_of(gathering.ends_at))
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]


def day_at(gathering: Gathering, at: dt.datetime) -> dt.date:
    """Give the day of a gathering that an instant belongs to; the nearest where it lies outside."""
    days = days_of(gathering)
    return min(max(_day_of(at), days[0]), days[-1])


def came_on(attendance: Attendance, gathering: Gathering) -> Mapping[dt.date, dt.datetime]:
    """Give the days on which somebody came, with the instant; rows from before there were days know the first only."""
    if attendance.came_at is None:
        return {}
    if not attendance.days:
        return {day_at(gathering, attendance.came_at): attendance.came_at}
    return {dt.date.fromisoformat(day): dt.datetime.fromisoformat(at) for day, at in attendance.days.items()}


def put_days(attendance: Attendance, days: Mapping[dt.date, dt.datetime]) -> None:
    """Say on which days somebody came; not saved yet."""
    attendance.days = {day.isoformat(): at.astimezone(dt.UTC).isoformat() for day, at in sorted(days.items())}
    attendance.came_at = min(days.values(), default=None)


def share_of(registration: Registration) -> Share:
    """Give of which days somebody was there, and how long they lasted."""
    gathering, attendance = registration.gathering, getattr(registration, "attendance", None)
    days = sorted(came_on(attendance, gathering)) if attendance is not None else []
    return Share(days, len(days_of(gathering)), hours_of(gathering, days))


def hours_of(gathering: Gathering, days: Collection[dt.date] | None = None) -> Estimate | None:
    """Give how many hours some days lasted together, or all of them.

    A day of several lasts from its first to its last session, and where none is released as long as the first one begins and the last one ends by
    the clock; nothing where that goes over night, because nobody sat there then.
    """
    wanted = days_of(gathering) if days is None else sorted(days)
    lengths = [_length(gathering, day) for day in wanted]
    if not lengths or any(length <= dt.timedelta() for length in lengths):
        return None
    return in_hours(sum(lengths, dt.timedelta()) / _HOUR)


def in_hours(hours: float | None) -> Estimate | None:
    """Give hours as people say them: whole ones without what follows the comma."""
    if hours is None:
        return None
    tenths = round(hours, 1)
    return Estimate(int(tenths) if tenths == int(tenths) else tenths)


def _length(gathering: Gathering, day: dt.date) -> dt.timedelta:
    begin, end = localtime(gathering.starts_at), localtime(gathering.ends_at)
    if begin.date() == end.date():
        return end - begin
    programme = released_programme(gathering)
    parts = [part for part in programme.parts if _day_of(part.starts_at) == day] if programme else []
    if parts:
        return max(part.ends_at for part in parts) - min(part.starts_at for part in parts)
    return dt.datetime.combine(day, end.time()) - dt.datetime.combine(day, begin.time())


def _day_of(at: dt.datetime) -> dt.date:
    return localdate(at - _TURNS)
