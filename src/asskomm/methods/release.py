# SPDX-License-Identifier: EUPL-1.2
"""What is released and how it adds up: tables with their sums, as networks whose arcs are the cells.

A plan is a table of one column, or of several columns the last of which is their sum; its rows form a tree in which each row is the sum of those below
it. Every cell of such a table stands in two sums at most, so the table is a network (one hierarchical and one flat dimension: J. Castro, Network flows
heuristics for complementary cell suppression, LNCS 2316, 2002). Two hierarchical dimensions are no network and are not offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

TOLERANCE = 1e-9
_GROUND = 0  # closes the network: a cell that stands in one sum only ends here
_WHOLE_ROW = -1


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A release plan: the shape of its table, and for each cell the two sums that it stands in; made by `release_plan`."""

    shape: tuple[int, int]
    tail: Integers  # per cell: the sum that it adds to
    head: Integers  # per cell: the sum that it is taken from
    sums: int


def release_plan(parents: Sequence[int], columns: int) -> Plan:
    """Fix which cells are released and how they add up.

    Args:
        parents: for each row the row that it is a part of, -1 for the one row that is the sum of all.
        columns: number of columns; of several, the last is the sum of the others.

    Returns
    -------
        The plan.

    Raises
    ------
        ValueError: no column, two columns (the sum of one is the one), not one top row, or rows that are no tree.

    Example:
        >>> release_plan([2, 2, -1], 1).shape  # two places and their sum
        (3, 1)
        >>> release_plan([-1, -1], 1)
        Traceback (most recent call last):
        ...
        ValueError: the rows must form a tree with one top row, the sum of all
    """
    _check_shape(parents, columns)
    rows, inner = len(parents), set(parents)
    across = [(row, _WHOLE_ROW) for row in range(rows) if columns > 1 and row not in inner]  # the row of an inner one follows from those below it
    down = [(row, column) for row in range(rows) if row in inner for column in range(columns)]
    sums = {place: number for number, place in enumerate((*across, *down), _GROUND + 1)}
    ends = [_ends(row, column, parents, columns, sums) for row in range(rows) for column in range(columns)]
    tail, head = np.array(ends, dtype=np.int64).T
    return Plan((rows, columns), tail, head, len(sums) + 1)


def check_table(values: Floats, plan: Plan) -> None:
    """Refuse a table of another shape, with a negative value, or whose sums are none."""
    if values.shape != plan.shape or not np.isfinite(values).all() or (values < 0).any():
        raise ValueError("the table must have the shape of the plan and no negative value")
    rest = np.zeros(plan.sums)
    np.add.at(rest, plan.tail, values.ravel())
    np.subtract.at(rest, plan.head, values.ravel())
    if np.abs(rest).max() > TOLERANCE * max(1.0, float(values.max())):
        raise ValueError("the table does not add up as the plan says")


def _check_shape(parents: Sequence[int], columns: int) -> None:
    if columns < 1 or columns == 2:
        raise ValueError("a table has one column, or two and their sum, or more")
    if not _is_tree(np.asarray(parents, dtype=np.int64)):
        raise ValueError("the rows must form a tree with one top row, the sum of all")


def _is_tree(parents: Integers) -> bool:
    """Climb from every row at once; in a tree all have left by the top after as many steps as there are rows."""
    if np.count_nonzero(parents < 0) != 1 or parents.max() >= parents.size:
        return False
    above = parents
    for _step in range(parents.size):
        above = np.where(above >= 0, parents[above], -1)
    return bool((above < 0).all())


def _ends(row: int, column: int, parents: Sequence[int], columns: int, sums: dict[tuple[int, int], int]) -> tuple[int, int]:
    """Give the two sums of a cell: as a part of one above, and as a sum of those below or, at the bottom, as a part of its row."""
    above = sums.get((parents[row], column), _GROUND)
    below = sums.get((row, column), sums.get((row, _WHOLE_ROW), _GROUND))
    is_sum = columns > 1 and column == columns - 1
    return (above, below) if is_sum else (below, above)
