# SPDX-License-Identifier: EUPL-1.2
"""The newest official figures of a municipality."""

from collections.abc import Sequence

from asskomm.territory.models import Municipality, OfficialFigure


def newest_figures(place: Municipality, most: int = 6) -> Sequence[OfficialFigure]:
    """Give for each measure its newest figure that counts; of two files with the same day the later one."""
    rows = OfficialFigure.objects.live().filter(municipality=place).select_related("measure", "batch__source")
    first: dict[str, OfficialFigure] = {}
    for row in rows.order_by("measure__position", "measure", "-on", "-batch__live_at", "-pk"):
        first.setdefault(row.measure_id, row)
    return list(first.values())[:most]
