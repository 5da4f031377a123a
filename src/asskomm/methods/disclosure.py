# SPDX-License-Identifier: EUPL-1.2
"""Which cells of a table must not be shown, so that nobody can work out what is protected.

Primary suppression finds the cells that are sensitive in themselves; complementary suppression hides more cells until none of the hidden ones can be
worked out too narrowly from what is shown. All of it holds for a fixed release plan: the cells of the plan, and how they add up, are known beforehand,
and nothing else about them is ever released.

A plan is a table of one column, or of several columns the last of which is their sum; its rows form a tree in which each row is the sum of those below
it. Every cell of such a table stands in two sums at most, so the table is a network, cells are its arcs, and what an attacker can conclude is a maximum
flow: exact, without linear programming (L. H. Cox, Network models for complementary cell suppression, JASA 90, 1995; one hierarchical and one flat
dimension: J. Castro, Network flows heuristics for complementary cell suppression, LNCS 2316, 2002). Two hierarchical dimensions are no network and are
not offered.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Bools = NDArray[np.bool_]

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


@dataclass(frozen=True, slots=True, eq=False)
class Suppression:
    """Which cells are hidden, and what an attacker can still conclude about each cell."""

    hidden: Bools
    lower: Floats
    upper: Floats


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


def rare(counts: Floats, least: int) -> Bools:
    """Find cells with so few persons that they could be recognised: the rule of the minimum frequency.

    Args:
        counts: persons or cases in each cell, any shape.
        least: the smallest number that may be shown.

    Returns
    -------
        The cells with at least one and fewer than `least`; nobody is recognised in an empty cell.

    Example:
        >>> rare(np.array([0.0, 1.0, 2.0, 3.0]), 3).tolist()
        [False, True, True, False]
    """
    found: Bools = (counts > 0) & (counts < least)
    return found


def dominated(totals: Floats, largest: Floats, share: float) -> Bools:
    """Find cells in which the largest contributors make up too much: the rule of dominance.

    Args:
        totals: the value of each cell, any shape.
        largest: the sum of its n largest contributions, in the same shape.
        share: the part of the total, 0 to 1, above which they dominate.

    Returns
    -------
        The cells that are dominated.

    Source:
        A. Hundepool et al., Statistical Disclosure Control, Wiley 2012, section 4.2: the (n, k) rule.

    Example:
        >>> dominated(np.array([100.0, 100.0, 0.0]), np.array([90.0, 50.0, 0.0]), 0.85).tolist()
        [True, False, False]
    """
    found: Bools = (totals > 0) & (largest > share * totals)
    return found


def bounds(values: Floats, hidden: Bools, plan: Plan) -> tuple[Floats, Floats]:
    """Say what an attacker can conclude about each cell who knows all cells shown, how they add up, and that none is negative.

    Args:
        values: the table with its sums, in the shape of the plan.
        hidden: the cells that are not shown, in the same shape.
        plan: how the cells add up.

    Returns
    -------
        The lowest and the highest possible value of each cell; both are the value where it is shown, the highest may be infinite.

    Raises
    ------
        ValueError: the table does not fit the plan.

    Example:
        >>> low, high = bounds(np.array([[2.0], [5.0], [7.0]]), np.array([[True], [True], [False]]), release_plan([2, 2, -1], 1))
        >>> low.ravel().tolist(), high.ravel().tolist()
        ([0.0, 0.0, 7.0], [7.0, 7.0, 7.0])
    """
    _check_table(values, plan)
    network = _Network(values, plan, np.zeros(values.size))
    network.open(np.flatnonzero(hidden))
    low, high = values.ravel().copy(), values.ravel().copy()
    for cell in np.flatnonzero(hidden).tolist():
        low[cell] -= network.reach(cell, up=False)
        high[cell] += network.reach(cell, up=True)
    return low.reshape(plan.shape), high.reshape(plan.shape)


def suppress(values: Floats, sensitive: Bools, plan: Plan, protection: float, *, shown: Bools | None = None) -> Suppression:
    """Hide the sensitive cells and as many more as it takes that no hidden cell can be concluded too narrowly.

    For a sensitive cell an attacker cannot rule out `protection` more, nor `protection` less or zero; for every other hidden cell the possible values
    span `protection` at least. Cells of small value are hidden first, and a cell that proves needless is shown again; the result is not always the
    smallest possible.

    Args:
        values: the table with its sums, in the shape of the plan.
        sensitive: the cells that must be hidden, in the same shape.
        plan: how the cells add up.
        protection: how far from the value an attacker must be kept, in its unit; above zero.
        shown: cells that must be shown because they are published already, in the same shape.

    Returns
    -------
        The hidden cells and what an attacker can conclude.

    Raises
    ------
        ValueError: the table does not fit the plan, or the plan is too small to protect a cell.

    Source:
        J. P. Kelly, B. L. Golden and A. A. Assad, Cell suppression: disclosure protection for sensitive tabular data, Networks 22, 1992.

    Example:
        >>> table = np.array([[2.0], [5.0], [9.0], [16.0]])
        >>> suppress(table, rare(table, 3), release_plan([3, 3, 3, -1], 1), 3.0).hidden.ravel().tolist()
        [True, True, False, False]
    """
    _check_table(values, plan)
    fixed = np.zeros(plan.shape, dtype=np.bool_) if shown is None else shown
    if protection <= 0 or (fixed & sensitive).any():
        raise ValueError("the protection must be above zero, and no sensitive cell may be published already")
    hidden = _extended(values, sensitive, plan, protection, fixed)
    hidden = _reduced(values, sensitive, hidden, plan, protection)
    return Suppression(hidden, *bounds(values, hidden, plan))


def protected(values: Floats, sensitive: Bools, hidden: Bools, plan: Plan, protection: float) -> bool:
    """Say whether hidden cells keep an attacker as far away as `suppress` promises.

    Args:
        values, sensitive, plan, protection: as for `suppress`.
        hidden: the cells that are not shown.

    Returns
    -------
        Whether they do.

    Example:
        >>> table, plan = np.array([[2.0], [5.0], [7.0]]), release_plan([2, 2, -1], 1)
        >>> protected(table, rare(table, 3), rare(table, 3), plan, 1.0)
        False
    """
    low, high = bounds(values, hidden, plan)
    below = low <= np.maximum(values - protection, 0.0) + TOLERANCE
    above = high >= values + protection - TOLERANCE
    wide = high - low >= protection - TOLERANCE
    return bool(np.all(np.where(sensitive, below & above, wide | ~hidden)))


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


def _check_table(values: Floats, plan: Plan) -> None:
    """Refuse a table of another shape, with a negative value, or whose sums are none."""
    if values.shape != plan.shape or not np.isfinite(values).all() or (values < 0).any():
        raise ValueError("the table must have the shape of the plan and no negative value")
    rest = np.zeros(plan.sums)
    np.add.at(rest, plan.tail, values.ravel())
    np.subtract.at(rest, plan.head, values.ravel())
    if np.abs(rest).max() > TOLERANCE * max(1.0, float(values.max())):
        raise ValueError("the table does not add up as the plan says")


class _Network:
    """The cells as arcs between sums: a hidden cell may grow without limit, and shrink to zero."""

    def __init__(self, values: Floats, plan: Plan, cost: Floats) -> None:
        """Begin with every cell shown."""
        self.values, self.plan = values.ravel(), plan
        self.cost = cost
        self.hidden = np.zeros(values.size, dtype=np.bool_)
        self.arcs: list[list[tuple[int, int, bool]]] = [[] for _ in range(plan.sums)]
        for cell, (tail, head) in enumerate(zip(plan.tail.tolist(), plan.head.tolist(), strict=True)):
            self.arcs[tail].append((cell, head, True))
            self.arcs[head].append((cell, tail, False))

    def open(self, cells: Integers) -> None:
        """Hide cells."""
        self.hidden[cells] = True
        self.cost[cells] = 0.0

    def reach(self, cell: int, *, up: bool) -> float:
        """Say how far a hidden cell can grow or shrink while everything shown stays."""
        limit = np.inf if up else float(self.values[cell])
        return self._pushed(cell, limit, up=up, usable=self.hidden)

    def secure(self, cell: int, amount: float, *, up: bool, usable: Bools) -> None:
        """Hide more cells until a cell can grow or shrink by an amount."""
        pushed = self._pushed(cell, amount, up=up, usable=usable)
        if pushed < amount - TOLERANCE:
            raise ValueError(f"cell {divmod(cell, self.plan.shape[1])} cannot be protected: the plan has too few cells that may be hidden")

    def _pushed(self, cell: int, limit: float, *, up: bool, usable: Bools) -> float:
        """Push changes around through the cell along cheapest ways, hiding what they use, until the limit or no way is left."""
        begin, end = int(self.plan.head[cell]), int(self.plan.tail[cell])
        if not up:
            begin, end = end, begin
        flow, pushed = np.zeros(self.values.size), 0.0
        while pushed < limit - TOLERANCE and (way := self._way(begin, end, cell, flow, usable)):
            amount = min([limit - pushed, *(self._room(arc, flow, forward=forward) for arc, forward in way)])
            if amount == np.inf:
                return amount
            for arc, forward in way:
                flow[arc] += amount if forward else -amount
            self.open(np.array([arc for arc, _forward in way], dtype=np.int64))
            pushed += amount
        return pushed

    def _room(self, arc: int, flow: Floats, *, forward: bool) -> float:
        return np.inf if forward else float(self.values[arc] + flow[arc])

    def _way(self, begin: int, end: int, cell: int, flow: Floats, usable: Bools) -> list[tuple[int, bool]]:
        """Find the cheapest way between two sums that does not lead through the cell itself."""
        best, waiting = {begin: (0.0, 0)}, [(0.0, 0, begin)]
        came: dict[int, tuple[int, bool, int]] = {}
        while waiting:
            cost, steps, node = heappop(waiting)
            if node == end:
                return list(self._back(came, begin, end))
            if (cost, steps) > best[node]:
                continue
            for arc, other, forward in self.arcs[node]:
                if arc == cell or not usable[arc] or self._room(arc, flow, forward=forward) <= TOLERANCE:
                    continue
                price = (cost + float(self.cost[arc]), steps + 1)
                if price < best.get(other, (np.inf, 0)):
                    best[other], came[other] = price, (arc, forward, node)
                    heappush(waiting, (*price, other))
        return []

    @staticmethod
    def _back(came: dict[int, tuple[int, bool, int]], begin: int, end: int) -> Iterator[tuple[int, bool]]:
        node = end
        while node != begin:
            arc, forward, node = came[node]
            yield arc, forward


def _extended(values: Floats, sensitive: Bools, plan: Plan, protection: float, fixed: Bools) -> Bools:
    """Hide more cells until every hidden one is protected; what is hidden on the way is looked at too."""
    network = _Network(values, plan, 1.0 + values.ravel())
    network.open(np.flatnonzero(sensitive))
    usable = ~fixed.ravel()
    strict = sensitive.ravel()
    for cell in sorted(np.flatnonzero(strict).tolist(), key=lambda cell: -network.values[cell]):
        network.secure(cell, protection, up=True, usable=usable)
        network.secure(cell, min(protection, float(network.values[cell])), up=False, usable=usable)
    waiting = deque(np.flatnonzero(network.hidden & ~strict).tolist())
    while waiting:
        cell = waiting.popleft()
        before = network.hidden.copy()
        missing = protection - network.reach(cell, up=False)
        if network.reach(cell, up=True) < missing - TOLERANCE:
            network.secure(cell, missing, up=True, usable=usable)
        waiting.extend(np.flatnonzero(network.hidden & ~before).tolist())
    return network.hidden.reshape(plan.shape)


def _reduced(values: Floats, sensitive: Bools, hidden: Bools, plan: Plan, protection: float) -> Bools:
    """Show cells again, the largest first, as long as everything stays protected."""
    flat = hidden.ravel().copy()
    for cell in sorted(np.flatnonzero(hidden & ~sensitive).tolist(), key=lambda cell: -values.ravel()[cell]):
        flat[cell] = False
        if not protected(values, sensitive, flat.reshape(plan.shape), plan, protection):
            flat[cell] = True
    return flat.reshape(plan.shape)
