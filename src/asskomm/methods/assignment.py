# SPDX-License-Identifier: EUPL-1.2
"""Who gets which workshop when everybody names a first, a second and a third wish, and no workshop has room for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

UNASSIGNED = -1
_SINK = "sink"


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """Who is where.

    Args:
        seats: for each person, in the order given, the number of the workshop, or `UNASSIGNED`; shape (persons).
        ranks: for each person which wish that was, 1 for the first; 0 where none could be met; shape (persons).
    """

    seats: Ints
    ranks: Ints

    def met(self, rank: int) -> int:
        """Count those who got this wish; 0 for those who got none."""
        return int((self.ranks == rank).sum())


def assign(wishes: Sequence[Sequence[int]], capacities: Sequence[int]) -> Assignment:
    """Assign persons to workshops.

    The result is the best there is, in this order: as many as possible get one of their wishes; as few as possible only their last one, then the
    one before it, and so on; and of all solutions that are equally good, one in which those who came first fare better (the smallest
    sum of ranks, weighted by the order of arrival).

    Args:
        wishes: for each person, in the order of arrival, the workshops she wants, the dearest first; shape (persons, any).
        capacities: how many each workshop takes; shape (workshops).

    Returns
    -------
        One seat at most for each person.

    Raises
    ------
        ValueError: somebody names a workshop twice or one that does not exist, or a capacity is negative.

    Source:
        A transport problem, solved as a flow of the least cost by the network simplex method (R. K. Ahuja, T. L. Magnanti, J. B. Orlin, Network
        Flows, Prentice Hall 1993, chapter 11). Each worse rank costs more than all persons together can cost one rank better, which
        makes the goals lexicographic; the numbers are whole and exact, however large.

    Example:
        >>> found = assign([[0, 1], [0, 1], [0]], [1, 1])
        >>> found.seats.tolist(), found.ranks.tolist()
        ([0, 1, -1], [1, 2, 0])
    """
    import networkx as nx

    _check(wishes, capacities)
    persons, most = len(wishes), max((len(named) for named in wishes), default=0)
    costs = _costs(persons, most)
    graph = nx.DiGraph()
    graph.add_node(_SINK, demand=persons)
    for workshop, capacity in enumerate(capacities):
        graph.add_edge(("workshop", workshop), _SINK, capacity=capacity)
    for person, named in enumerate(wishes):
        graph.add_node(person, demand=-1)
        graph.add_edge(person, _SINK, weight=costs[most] + most * (persons - person))
        for rank, workshop in enumerate(named):
            graph.add_edge(person, ("workshop", workshop), weight=costs[rank] + rank * (persons - person))
    _cost, flow = nx.network_simplex(graph)
    seats = [next((workshop for workshop in named if flow[person][("workshop", workshop)]), UNASSIGNED) for person, named in enumerate(wishes)]
    ranks = [0 if seat == UNASSIGNED else [*named].index(seat) + 1 for named, seat in zip(wishes, seats, strict=True)]
    return Assignment(np.array(seats, dtype=np.int64), np.array(ranks, dtype=np.int64))


def _costs(persons: int, most: int) -> list[int]:
    """Give what each rank costs, the last for none at all: each more than all persons together one rank better, the order of arrival included."""
    arrivals = most * persons * (persons + 1) // 2
    costs = [0]
    for _rank in range(most):
        costs.append(persons * costs[-1] + arrivals + 1)
    return costs


def _check(wishes: Sequence[Sequence[int]], capacities: Sequence[int]) -> None:
    if any(capacity < 0 for capacity in capacities):
        message = "a capacity is negative"
        raise ValueError(message)
    for named in wishes:
        if len(set(named)) != len(named) or any(not 0 <= workshop < len(capacities) for workshop in named):
            message = f"wishes name a workshop twice or one that does not exist: {list(named)}"
            raise ValueError(message)
