# SPDX-License-Identifier: EUPL-1.2
"""Which areas hold on a day: the same ones from one merger to the next, so that whatever is made of them is made once."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from asskomm.territory.models import Boundary, BoundarySet, Municipality


@dataclass(frozen=True)
class Stage:
    """The areas of one boundary set between two mergers; equal for all days between them."""

    boundary_set: str
    loaded_at: dt.datetime
    first_day: dt.date


def boundary_set_on(day: dt.date) -> BoundarySet:
    """Give the newest set that counts and has the areas of a day.

    Raises
    ------
        BoundarySet.DoesNotExist: no boundaries are loaded.
    """
    found = BoundarySet.objects.live().covering(day).select_related("batch__source").first()
    if found is None:
        raise BoundarySet.DoesNotExist
    return found


def stage_on(day: dt.date) -> tuple[BoundarySet, Stage]:
    """Give the set that answers for a day and its stage on it; asked anew each time, so that every process knows a new set at once.

    Raises
    ------
        BoundarySet.DoesNotExist: no boundaries are loaded.
    """
    found = boundary_set_on(day)
    days = _first_days(found.key, found.loaded_at)
    return found, Stage(found.key, found.loaded_at, days[bisect_right(days, day) - 1])


@lru_cache(maxsize=8)
def _first_days(boundary_set: str, loaded_at: dt.datetime) -> tuple[dt.date, ...]:
    """Give the days on which areas change; `loaded_at` makes the answer of a former load forgotten."""
    days = Boundary.objects.filter(boundary_set=boundary_set).values_list("valid_from", flat=True).distinct()
    return tuple(sorted({dt.date.min, *days}))


@dataclass(frozen=True)
class Period:
    """The days between two mergers, and the keys of all municipalities that exist on them."""

    first: dt.date
    last: dt.date
    keys: frozenset[str]


def fitting_period(keys: Collection[str]) -> Period:
    """Give the period whose municipalities are most nearly those of a file; of equal ones the latest."""
    return max(_periods(), key=lambda period: (len(period.keys.intersection(keys)), period.first))


def period_on(day: dt.date) -> Period:
    """Give the period in which a day lies."""
    return next(period for period in _periods() if period.first <= day <= period.last)


def _periods() -> list[Period]:
    """Give all periods, in order."""
    rows = list(Municipality.objects.values_list("ags", "valid_from", "valid_to"))
    begins = sorted({dt.date.min, *(last + dt.timedelta(days=1) for _ags, _first, last in rows if last < dt.date.max)})
    ends = [*(begin - dt.timedelta(days=1) for begin in begins[1:]), dt.date.max]
    return [Period(begin, end, frozenset(ags for ags, first, last in rows if first <= begin <= last)) for begin, end in zip(begins, ends, strict=True)]
