# SPDX-License-Identifier: EUPL-1.2
"""How far a figure is from its targets."""

import datetime as dt
from dataclasses import dataclass

from asskomm.core.estimates import Estimate
from asskomm.core.figures import Answer
from asskomm.core.visibility import Principal
from asskomm.publishing.models import FigureTarget


@dataclass(frozen=True)
class Distance:
    """A target beside today's value; `missing` is `None` where it is reached."""

    target: FigureTarget
    wanted: Estimate
    missing: Estimate | None


def targets_of(figure: str, answer: Answer, on: dt.date, reader: Principal) -> list[Distance]:
    """Give the targets of a figure that lie on or after a day, for members."""
    if not reader.is_member:
        return []
    return [_distance(target, answer.estimate) for target in FigureTarget.objects.filter(figure=figure, day__gte=on)]


def _distance(target: FigureTarget, now: Estimate) -> Distance:
    wanted = float(target.value)
    missing = wanted - float(now.value or 0)
    return Distance(target, Estimate(_whole(wanted), now.unit), Estimate(_whole(missing), now.unit) if missing > 0 else None)


def _whole(value: float) -> int | float:
    return int(value) if value.is_integer() else value
