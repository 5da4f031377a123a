# SPDX-License-Identifier: EUPL-1.2
"""Wishes for workshops are met as well as they can be: compared with every possible solution, and with another solver."""

import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from asskomm.methods.assignment import UNASSIGNED, Assignment, assign

Case = tuple[list[list[int]], list[int]]


@st.composite
def cases(draw: st.DrawFn, most_persons: int, most_workshops: int) -> Case:
    """Give wishes and capacities."""
    capacities = draw(st.lists(st.integers(0, 3), min_size=1, max_size=most_workshops))
    wish = st.permutations(range(len(capacities))).flatmap(lambda order: st.integers(0, min(3, len(order))).map(lambda count: order[:count]))
    return draw(st.lists(wish, max_size=most_persons)), capacities


def merit(wishes: list[list[int]], seats: tuple[int, ...]) -> tuple[int, ...]:
    """Give what is compared, the most important first: without a seat, with the last wish, with the one before, the order of arrival."""
    most = max((len(named) for named in wishes), default=0)
    ranks = [most if seat == UNASSIGNED else named.index(seat) for named, seat in zip(wishes, seats, strict=True)]
    arrival = sum(rank * (len(wishes) - person) for person, rank in enumerate(ranks))
    return (*(ranks.count(rank) for rank in range(most, 0, -1)), arrival)


def fits(seats: tuple[int, ...], capacities: list[int]) -> bool:
    return all(capacities[seat] >= count for seat, count in Counter(seats).items() if seat != UNASSIGNED)


@given(cases(5, 3))
def test_no_other_solution_is_better(case: Case) -> None:
    wishes, capacities = case
    found = assign(wishes, capacities)
    everything = itertools.product(*([UNASSIGNED, *named] for named in wishes))
    best = min((seats for seats in everything if fits(seats, capacities)), key=lambda seats: merit(wishes, seats))
    seats = tuple(found.seats.tolist())
    assert fits(seats, capacities)
    assert merit(wishes, seats) == merit(wishes, best)
    assert found.ranks.tolist() == [0 if seat == UNASSIGNED else named.index(seat) + 1 for named, seat in zip(wishes, seats, strict=True)]


@given(cases(40, 6))
def test_another_solver_finds_as_many_seats_and_the_same_sum_of_ranks_among_them(case: Case) -> None:
    wishes, capacities = case
    found = assign(wishes, capacities)
    columns = [workshop for workshop, capacity in enumerate(capacities) for _seat in range(capacity)]
    most, dear = max((len(named) for named in wishes), default=0), 41
    prices = [dear**rank for rank in range(most + 1)]  # exact in floats: at most 41 to the third, forty times
    costs = np.array([[prices[named.index(seat)] if seat in named else prices[most] for seat in columns] + [prices[most]] * len(wishes) for named in wishes])
    row, column = linear_sum_assignment(costs.reshape(len(wishes), -1)) if wishes else ([], [])
    ours = sum(prices[most] if rank == 0 else prices[rank - 1] for rank in found.ranks.tolist())
    assert ours == sum(costs[one, other] for one, other in zip(row, column, strict=True))


def test_of_equal_wishes_those_who_came_first_are_met() -> None:
    found = assign([[0]] * 4, [2])
    assert found.seats.tolist() == [0, 0, UNASSIGNED, UNASSIGNED]
    assert [found.met(rank) for rank in (0, 1, 2)] == [2, 2, 0]


def test_somebody_takes_her_second_wish_so_that_another_has_one_at_all() -> None:
    found = assign([[0, 1], [0]], [1, 1])
    assert (found.seats.tolist(), found.ranks.tolist()) == ([1, 0], [2, 1])


def test_nobody_and_nothing() -> None:
    assert assign([], []).seats.tolist() == []
    assert assign([[], []], [3]).seats.tolist() == [UNASSIGNED, UNASSIGNED]


def test_a_whole_conference_is_assigned_at_once() -> None:
    rng = np.random.default_rng(7)
    wishes = [rng.permutation(6)[:3].tolist() for _person in range(230)]
    found: Assignment = assign(wishes, [30] * 6)
    assert (len(found.seats), np.bincount(found.seats[found.seats >= 0], minlength=6).max()) == (230, 30)
    assert found.met(0) == 230 - 180


@pytest.mark.parametrize(("wishes", "capacities"), [([[0, 0]], [1]), ([[1]], [1]), ([[-1]], [1]), ([[0]], [-1])])
def test_what_cannot_be_is_refused(wishes: list[list[int]], capacities: list[int]) -> None:
    with pytest.raises(ValueError, match=r"negative|twice"):
        assign(wishes, capacities)
