# SPDX-License-Identifier: EUPL-1.2
"""Nobody who knows all cells shown can work out a hidden one too narrowly; an attacker with linear programming tries."""

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from asskomm.methods.disclosure import Plan, bounds, dominated, protected, rare, release_plan, suppress

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
PROTECTION = 3.0
# Investment by activity and region; the pattern and the interval 5 to 30 stand in M. Fischetti and J. J. Salazar, Solving the cell suppression problem
# on tabular data with linear constraints, Management Science 47, 2001, section 1.
LITERATURE = np.array([[20, 50, 10, 80], [8, 19, 22, 49], [17, 32, 12, 61], [45, 101, 44, 190]], dtype=np.float64)
FLAT = (3, 3, 3, -1)
TREES = ((2, 2, -1), FLAT, (2, 2, 6, 5, 5, 6, -1), (4, 4, 5, 5, 6, 6, -1))


def table(leaves: list[list[int]], parents: tuple[int, ...]) -> Floats:
    """Add up the cells of the bottom rows, row by row and column by column."""
    columns = len(leaves[0])
    values = np.zeros((len(parents), columns + (columns > 1)))
    given_rows = iter(leaves)
    for row in sorted(range(len(parents)), key=lambda row: -depth(row, parents)):
        parts = [part for part, parent in enumerate(parents) if parent == row]
        values[row, :columns] = values[parts, :columns].sum(axis=0) if parts else next(given_rows)
    if columns > 1:
        values[:, -1] = values[:, :-1].sum(axis=1)
    return values


def depth(row: int, parents: tuple[int, ...]) -> int:
    return 0 if parents[row] < 0 else 1 + depth(parents[row], parents)


def relations(parents: tuple[int, ...], columns: int) -> Floats:
    """Write down every sum of the table as a line of a matrix, without a thought about networks."""
    lines = []
    for row in range(len(parents)):
        parts = [part for part, parent in enumerate(parents) if parent == row]
        for column in range(columns) if parts else ():
            line = np.zeros((len(parents), columns))
            line[parts, column], line[row, column] = 1, -1
            lines.append(line.ravel())
        if columns > 1:
            line = np.zeros((len(parents), columns))
            line[row] = [*[1] * (columns - 1), -1]
            lines.append(line.ravel())
    return np.array(lines)


def attack(values: Floats, hidden: Bools, parents: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Bound every hidden cell by linear programming from all that is shown."""
    sums = relations(parents, values.shape[1])
    known = [(0, None) if secret else (value, value) for value, secret in zip(values.ravel(), hidden.ravel(), strict=True)]
    low, high = values.ravel().copy(), values.ravel().copy()
    for cell in np.flatnonzero(hidden):
        aim = np.zeros(values.size)
        aim[cell] = 1
        down, up = (linprog(sign * aim, A_eq=sums, b_eq=np.zeros(len(sums)), bounds=known) for sign in (1, -1))
        low[cell] = down.fun
        high[cell] = np.inf if up.status == 3 else -up.fun
    return low.reshape(values.shape), high.reshape(values.shape)


@st.composite
def tables(draw: Any, trees: tuple[tuple[int, ...], ...] = TREES, most: int = 12) -> tuple[Floats, tuple[int, ...]]:
    parents = draw(st.sampled_from(trees))
    columns = draw(st.sampled_from((1, 2, 3)))
    bottom = len(parents) - len({parent for parent in parents if parent >= 0})
    leaves = draw(st.lists(st.lists(st.integers(0, most), min_size=columns, max_size=columns), min_size=bottom, max_size=bottom))
    return table(leaves, parents), parents


def plan_of(values: Floats, parents: tuple[int, ...]) -> Plan:
    return release_plan(parents, values.shape[1])


def at(*cells: tuple[int, int], shape: tuple[int, int] = (4, 4)) -> Bools:
    found = np.zeros(shape, dtype=np.bool_)
    for cell in cells:
        found[cell] = True
    return found


def test_the_published_example_is_bounded_as_published() -> None:
    low, high = bounds(LITERATURE, at((1, 0), (1, 2), (2, 0), (2, 2)), release_plan(FLAT, 4))
    assert (low[1, 2], high[1, 2]) == (5, 30)
    assert (low[[1, 2, 2], [0, 0, 2]].tolist(), high[[1, 2, 2], [0, 0, 2]].tolist()) == ([0, 0, 4], [25, 25, 29])
    assert (low[0, 0], high[0, 0]) == (20, 20)


def test_the_published_example_is_suppressed_as_published() -> None:
    found = suppress(LITERATURE, at((1, 2)), release_plan(FLAT, 4), 5.0)
    assert np.argwhere(found.hidden).tolist() == [[1, 0], [1, 2], [2, 0], [2, 2]]
    assert (found.lower[1, 2], found.upper[1, 2]) == (5, 30)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(made=tables(), chance=st.randoms(use_true_random=False))
def test_bounds_are_those_of_linear_programming(made: tuple[Floats, tuple[int, ...]], chance: Any) -> None:
    values, parents = made
    hidden = np.array([chance.random() < 0.5 for _cell in range(values.size)]).reshape(values.shape)
    expected, found = attack(values, hidden, parents), bounds(values, hidden, plan_of(values, parents))
    assert np.allclose(np.stack(expected), np.stack(found), atol=1e-6)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(made=tables(), protection=st.sampled_from((1.0, PROTECTION, 8.0)))
def test_an_attacker_learns_nothing_too_narrow(made: tuple[Floats, tuple[int, ...]], protection: float) -> None:
    values, parents = made
    sensitive = rare(values, 3)
    try:
        found = suppress(values, sensitive, plan_of(values, parents), protection)
    except ValueError:
        everything = np.ones(values.shape, dtype=np.bool_)
        assert not protected(values, sensitive, everything, plan_of(values, parents), protection)
        return
    low, high = attack(values, found.hidden, parents)
    assert (found.hidden | ~sensitive).all()
    assert (high[sensitive] >= values[sensitive] + protection - 1e-6).all()
    assert (low[sensitive] <= np.maximum(values[sensitive] - protection, 0) + 1e-6).all()
    assert ((high - low)[found.hidden] >= protection - 1e-6).all()


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(made=tables((FLAT, (2, 2, -1)), 9))
def test_not_absurdly_more_is_hidden_than_needed(made: tuple[Floats, tuple[int, ...]]) -> None:
    values, parents = made
    assume(values.size <= 12 and rare(values, 3).any())
    plan, sensitive = plan_of(values, parents), rare(values, 3)
    found = suppress(values, sensitive, plan, PROTECTION)
    assert np.count_nonzero(found.hidden) <= fewest(values, sensitive, plan) + 3  # of 7,901 tables four came to three more, none to four


def fewest(values: Floats, sensitive: Bools, plan: Plan) -> int:
    """Try all ways to hide more cells, the fewest first."""
    free = np.flatnonzero(~sensitive)
    for more in range(free.size + 1):
        for cells in itertools.combinations(free, more):
            hidden = sensitive.copy()
            hidden.flat[list(cells)] = True
            if protected(values, sensitive, hidden, plan, PROTECTION):
                return int(np.count_nonzero(hidden))
    raise AssertionError("nothing protects the table")


def test_what_is_needless_is_shown_again() -> None:
    values = table([[2, 9, 9], [9, 2, 9], [9, 9, 2]], FLAT)
    plan, sensitive = release_plan(FLAT, 4), rare(values, 3)
    found = suppress(values, sensitive, plan, PROTECTION).hidden
    fewer = [found & ~at(tuple(cell)) for cell in np.argwhere(found & ~sensitive)]
    assert (len(fewer), protected(values, sensitive, found, plan, PROTECTION)) == (4, True)
    assert [protected(values, sensitive, hidden, plan, PROTECTION) for hidden in fewer] == [False] * 4


def test_nothing_is_hidden_where_nothing_is_sensitive() -> None:
    found = suppress(LITERATURE, at(), release_plan(FLAT, 4), 5.0)
    assert not found.hidden.any()
    assert (found.lower.tolist(), found.upper.tolist()) == (LITERATURE.tolist(), LITERATURE.tolist())


def test_what_is_published_already_stays() -> None:
    found = suppress(LITERATURE, at((1, 2)), release_plan(FLAT, 4), 5.0, shown=at((2, 2), (3, 2)))
    assert not found.hidden[[2, 3], [2, 2]].any()
    assert found.hidden[0, 2]


def test_a_hidden_total_gives_no_upper_end() -> None:
    low, high = bounds(np.array([[2.0], [5.0], [7.0]]), np.array([[True], [False], [True]]), release_plan((2, 2, -1), 1))
    assert (low.ravel().tolist(), high.ravel().tolist()) == ([0, 5, 5], [np.inf, 5, np.inf])


@pytest.mark.parametrize(("counts", "least", "found"), [((0, 1, 4, 5, 6), 5, (False, True, True, False, False)), ((1,), 1, (False,)), ((0,), 3, (False,))])
def test_rare_cells(counts: tuple[float, ...], least: int, found: tuple[bool, ...]) -> None:
    assert tuple(rare(np.array(counts, dtype=np.float64), least)) == found


def test_dominated_cells() -> None:
    assert dominated(np.array([100.0, 100.0, 0.0]), np.array([85.0, 85.5, 0.0]), 0.85).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("parents", "columns", "said"),
    [
        ((1, -1), 0, "a table has one column"),
        ((1, -1), 2, "a table has one column"),
        ((-1, -1), 1, "the rows must form a tree"),
        ((), 1, "the rows must form a tree"),
        ((1, 0, -1), 1, "the rows must form a tree"),
        ((0, -1), 1, "the rows must form a tree"),
        ((5, -1), 1, "the rows must form a tree"),
    ],
)
def test_a_plan_is_a_tree(parents: tuple[int, ...], columns: int, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        release_plan(parents, columns)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (np.zeros((3, 4)), "shape of the plan"),
        (-LITERATURE, "no negative value"),
        (np.full((4, 4), np.nan), "no negative value"),
        (LITERATURE + at((0, 0)), "does not add up"),
    ],
)
def test_a_table_fits_its_plan(values: Floats, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        bounds(values, at(), release_plan(FLAT, 4))


@pytest.mark.parametrize(("protection", "shown"), [(0.0, at()), (-1.0, at()), (1.0, at((1, 2)))])
def test_protection_can_be_had(protection: float, shown: Bools) -> None:
    with pytest.raises(ValueError, match="above zero, and no sensitive cell"):
        suppress(LITERATURE, at((1, 2)), release_plan(FLAT, 4), protection, shown=shown)


def test_a_plan_that_is_too_small_is_refused() -> None:
    with pytest.raises(ValueError, match=r"cell \(0, 0\) cannot be protected"):
        suppress(np.array([[2.0], [5.0], [7.0]]), np.array([[True], [False], [False]]), release_plan((2, 2, -1), 1), 3.0, shown=np.array([[0], [1], [1]]) > 0)
