# SPDX-License-Identifier: EUPL-1.2
"""Which municipality took over from which."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from asskomm.territory.models import Municipality


def with_predecessors(keys: Iterable[str]) -> dict[str, list[Municipality]]:
    """Give for each key the municipality itself and all that went into it, oldest line included."""
    heirs: dict[str, list[Municipality]] = defaultdict(list)
    for ended in Municipality.objects.filter(successor__isnull=False):
        heirs[str(ended.successor_id)].append(ended)
    wanted = Municipality.objects.in_bulk(list(keys))
    return {key: _line(municipality, heirs) for key, municipality in wanted.items()}


def _line(municipality: Municipality, heirs: dict[str, list[Municipality]]) -> list[Municipality]:
    line = [municipality]
    for ended in heirs[municipality.ags]:
        line += _line(ended, heirs)
    return line


def successors(keys: Iterable[str]) -> set[str]:
    """Give the keys with every municipality that took them over later."""
    following = dict(Municipality.objects.filter(successor__isnull=False).values_list("ags", "successor_id"))
    found: set[str] = set()
    for key in keys:
        step: str | None = key
        while step and step not in found:
            found.add(step)
            step = following.get(step)
    return found


def municipalities_on(day: dt.date) -> dict[str, Municipality]:
    """Give the municipalities of a day by key."""
    return {m.ags: m for m in Municipality.objects.on(day).select_related("district")}
