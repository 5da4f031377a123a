# SPDX-License-Identifier: EUPL-1.2
"""Which cells of a table must not be shown, so that nobody can work out what is protected.

Primary suppression finds the cells that are sensitive in themselves; complementary suppression hides more cells until none of the hidden ones can be
worked out too narrowly from what is shown. All of it holds for a fixed release plan: the cells of the plan, and how they add up, are known beforehand,
and nothing else about them is ever released.

What an attacker can conclude is a maximum flow through the network of the table's cells: exact, without linear programming (L. H. Cox, Network models
for complementary cell suppression, JASA 90, 1995).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from asskomm.methods.flows import CellNetwork
from asskomm.methods.release import TOLERANCE, Plan, check_table, release_plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

__all__ = ["Plan", "Suppression", "bounds", "dominated", "protected", "rare", "release_plan", "suppress"]


@dataclass(frozen=True, slots=True, eq=False)
class Suppression:
    """Which cells are hidden, and what an attacker can still conclude about each cell."""

    hidden: Bools
    lower: Floats
    upper: Floats


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
    check_table(values, plan)
    network = CellNetwork(values, plan, np.zeros(values.size))
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
    check_table(values, plan)
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


def _extended(values: Floats, sensitive: Bools, plan: Plan, protection: float, fixed: Bools) -> Bools:
    """Hide more cells until every hidden one is protected; what is hidden on the way is looked at too."""
    network = CellNetwork(values, plan, 1.0 + values.ravel())
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
