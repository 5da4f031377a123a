# SPDX-License-Identifier: EUPL-1.2
"""Carry mergers out on areas: a municipality grows on the day on which another goes into it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from asskomm.territory.models import Municipality

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Held = tuple[str, "BaseGeometry", dt.date, dt.date]


def merged(given: "Mapping[str, BaseGeometry]", begin: dt.date = dt.date.min) -> Iterator[Held]:
    """Give each area with its municipality and its first and last day.

    Args:
        given: the areas of the municipalities that exist on the first day, by key.
        begin: that day.
    """
    import shapely  # heavy: only while loading

    areas = dict(given)
    since = dict.fromkeys(areas, begin)
    for ended in Municipality.objects.filter(successor__isnull=False, valid_to__gte=begin).order_by("valid_to", "ags"):
        yield ended.ags, areas[ended.ags], since.pop(ended.ags), ended.valid_to
        heir, day = str(ended.successor_id), ended.valid_to + dt.timedelta(days=1)
        if since.get(heir, day) < day:
            yield heir, areas[heir], since[heir], ended.valid_to
        areas[heir] = shapely.union_all([areas[key] for key in (heir, ended.ags) if key in areas])
        since[heir] = day
    yield from ((ags, areas[ags], first, dt.date.max) for ags, first in sorted(since.items()))
