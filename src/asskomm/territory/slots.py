# SPDX-License-Identifier: EUPL-1.2
"""What upper rooms put on the pages of places."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from asskomm.core.slots import Slot
from asskomm.core.visibility import ReaderRequest
from asskomm.territory.models import District, Municipality

MUNICIPALITY_LEADS: Slot[Callable[[ReaderRequest, Municipality], str]] = Slot()
"""Sentences under the title."""

MUNICIPALITY_PANELS: Slot[Callable[[ReaderRequest, Municipality], str]] = Slot()
"""Boxes as finished markup, empty where there is nothing to show."""


@dataclass(frozen=True)
class Milestone:
    """Something that happened to a municipality, as another room knows it.

    Args:
        day: when.
        markup: one finished line, with its day.
    """

    day: dt.date
    markup: str


MUNICIPALITY_MILESTONES: Slot[Callable[[ReaderRequest, Municipality], Iterable[Milestone]]] = Slot()
"""What stands in the course of a municipality beside its events."""

MUNICIPALITY_ACTIONS: Slot[Callable[[ReaderRequest, Municipality], str]] = Slot()
"""Buttons as finished markup."""

DISTRICT_PANELS: Slot[Callable[[ReaderRequest, District], str]] = Slot()
STATE_PANELS: Slot[Callable[[ReaderRequest], str]] = Slot()
