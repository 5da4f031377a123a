# SPDX-License-Identifier: EUPL-1.2
"""How far a hidden cell of a table can move while everything shown stays: flows through the network of its cells."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from asskomm.methods.release import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from asskomm.methods.release import Plan

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Bools = NDArray[np.bool_]


class CellNetwork:
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
