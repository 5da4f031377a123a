# SPDX-License-Identifier: EUPL-1.2
"""Which sessions of the released programme have places of their own, and which of them run side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from asskomm.events.domain.programme_content import Part, released_programme
from asskomm.events.models import Gathering, SessionPlaces

PARALLEL = 3
"""From how many workshops side by side on people name wishes, where wishes are collected."""


@dataclass(frozen=True)
class Workshop:
    """A session with places of its own, as the public knows it.

    Args:
        session: its key in the database.
        part: what the released programme says.
    """

    session: int
    part: Part

    def overlaps(self, other: "Workshop") -> bool:
        """Whether nobody can be in both."""
        return self.part.starts_at < other.part.ends_at and other.part.starts_at < self.part.ends_at


def workshops_of(gathering: Gathering) -> tuple[Workshop, ...]:
    """Give the workshops of the released programme by time; none before it is released."""
    keys = dict(SessionPlaces.objects.filter(session__gathering=gathering).values_list("session__reference", "session"))
    programme = released_programme(gathering) if keys else None
    return tuple(Workshop(keys[part.reference], part) for part in programme.parts if part.reference in keys) if programme else ()


def blocks_of(workshops: Sequence[Workshop]) -> list[list[Workshop]]:
    """Put together what runs side by side, in the order of time."""
    return list(_blocks(sorted(workshops, key=lambda workshop: workshop.part.starts_at)))


def _blocks(ordered: Sequence[Workshop]) -> Iterator[list[Workshop]]:
    block: list[Workshop] = []
    for workshop in ordered:
        if block and workshop.part.starts_at >= max(other.part.ends_at for other in block):
            yield block
            block = []
        block.append(workshop)
    if block:
        yield block


def wish_blocks(gathering: Gathering, workshops: Sequence[Workshop]) -> list[list[Workshop]]:
    """Give the blocks whose places are given out by wishes."""
    return [block for block in blocks_of(workshops) if side_by_side(block)] if gathering.collects_wishes else []


def side_by_side(block: Sequence[Workshop]) -> bool:
    """Whether these are so many, and each at the same time as each other, that one wish is for one of them."""
    return len(block) >= PARALLEL and all(one.overlaps(other) for one, other in combinations(block, 2))
