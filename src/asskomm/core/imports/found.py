# SPDX-License-Identifier: EUPL-1.2
"""What a reader finds in a file, one after another."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Accepted:
    """A row that can be taken over.

    Args:
        row: its number in the file.
        item: what the importer needs to write it, as JSON.
        shown: the cells that the preview shows.
    """

    row: int
    item: Any
    shown: tuple[str, ...]


@dataclass(frozen=True)
class Rejection:
    """A cell that is not taken over, and why; row 0 stands for the file as a whole."""

    row: int
    column: str
    value: str
    reason: str
    nearest: str = ""


@dataclass(frozen=True)
class Duplicate:
    """A row that is known already."""

    row: int


@dataclass(frozen=True)
class Repair:
    """Something that was put right on the way; equal ones are counted."""

    text: str


Found = Accepted | Rejection | Duplicate | Repair
