# SPDX-License-Identifier: EUPL-1.2
"""Which areas hold on a day: the same ones from one merger to the next, so that whatever is made of them is made once."""

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from asskomm.territory.models import Boundary, BoundarySet


@dataclass(frozen=True)
class Stage:
    """The areas of one boundary set between two mergers; equal for all days between them."""

    boundary_set: str
    loaded_at: dt.datetime
    first_day: dt.date


def stage_on(day: dt.date) -> tuple[BoundarySet, Stage]:
    """Give the current boundary set and its stage on a day.

    Raises
    ------
        BoundarySet.DoesNotExist: no boundaries are loaded.
    """
    current = BoundarySet.objects.get(current=True)
    days = _first_days(current.key, current.loaded_at)
    return current, Stage(current.key, current.loaded_at, days[bisect_right(days, day) - 1])


@lru_cache(maxsize=8)
def _first_days(boundary_set: str, loaded_at: dt.datetime) -> tuple[dt.date, ...]:
    """Give the days on which areas change; `loaded_at` makes the answer of a former load forgotten."""
    days = Boundary.objects.filter(boundary_set=boundary_set).values_list("valid_from", flat=True).distinct()
    return tuple(sorted({dt.date.min, *days}))
