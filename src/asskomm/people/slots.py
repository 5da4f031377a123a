# SPDX-License-Identifier: EUPL-1.2
"""What upper rooms bring to people: what ends on a day, and boxes on their desks."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from asskomm.core.slots import Slot
from asskomm.core.ui.frame import MenuEntry
from asskomm.core.visibility import ReaderRequest

MONTHS_BEFORE = (6, 3, 1)


@dataclass(frozen=True)
class Deadline:
    """Something that ends on a day unless somebody does something.

    Args:
        key: name that stays, such as "agreement:7h2k".
        organisations: keys of those whose matter it is.
        day: the last one.
        text: what ends, as a sentence without the day.
        action: what the button says.
        path: where the button leads.
        with_mayor: whether the mayor is told too, because whoever is in charge is leaving herself.
        months: how many months before those in charge are written to, the most first.
    """

    key: str
    organisations: tuple[int, ...]
    day: dt.date
    text: str
    action: str
    path: str
    with_mayor: bool = False
    months: tuple[int, ...] = MONTHS_BEFORE


@dataclass(frozen=True)
class Wanted:
    """Which deadlines are asked for: with a last day from `first` to `last`, of some organisations or of all."""

    first: dt.date
    last: dt.date
    organisations: Collection[int] | None = None


DEADLINES: Slot[Callable[[Wanted], Iterable[Deadline]]] = Slot()
"""Deadlines that are open today, in the language of now."""

DESK_BOXES: Slot[Callable[[ReaderRequest], str]] = Slot()
"""Boxes on a member's desk as finished markup, empty where there is nothing to show."""


@dataclass(frozen=True)
class FirstStep:
    """One of the steps that get a newcomer going.

    Args:
        text: what she does, as an order.
        path: where.
        done: whether it is done; found out, never ticked off by hand.
    """

    text: str
    path: str
    done: bool


FIRST_STEPS: Slot[Callable[[ReaderRequest], FirstStep | None]] = Slot()
"""Steps of newcomers, `None` where a step is not hers."""

DESK_ACTIONS: Slot[MenuEntry] = Slot()
"""Large buttons on the desk, for those whom their rule allows."""
