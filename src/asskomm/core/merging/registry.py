# SPDX-License-Identifier: EUPL-1.2
"""The room that holds a kind of object says that two of it can be merged; rooms above say what of theirs moves along."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from asskomm.core.slots import Slot

Moved = Any


class MergeError(ValueError):
    """Two objects that cannot be merged, or not be parted again; the message is a sentence."""


@dataclass(frozen=True)
class Mergeable:
    """A kind of object of which two can turn out to be one.

    Args:
        trail: the key of its history.
        rule: who may merge two of them.
        lock: locks both rows until the end of the transaction, in the order of their keys.
        obstacle: says in a sentence why these two cannot be merged; empty where they can.
        hide: lets the second one be seen no longer, or again.
    """

    trail: str
    rule: str
    lock: Callable[[int, int], None]
    obstacle: Callable[[int, int], str]
    hide: Callable[[int, int | None], None]


@dataclass(frozen=True)
class MergeHandler:
    """What a room does when two objects become one.

    Args:
        kind: of object.
        move: lets what belongs to the second one belong to the first, and gives what is needed to move it back, as JSON.
        move_back: does that; what was made since stays with the first.
        fields: the foreign keys that it moves, such as `people.Function.person`; a test holds that none is forgotten.
    """

    kind: str
    move: Callable[[int, int], Moved]
    move_back: Callable[[int, int, Moved], None]
    fields: frozenset[str] = frozenset()


MERGEABLE: Slot[Mergeable] = Slot()
MERGE_HANDLERS: Slot[MergeHandler] = Slot()
