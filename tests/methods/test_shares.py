# SPDX-License-Identifier: EUPL-1.2
"""Intervals of shares, against a published table and another program."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from asskomm.methods.shares import wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_published_examples(successes: int, trials: int, low: float, high: float) -> None:
    """Newcombe 1998, table I, method 3."""
    assert [round(bound, 4) for bound in wilson(successes, trials)] == [low, high]


@given(st.integers(1, 5000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_another_program_says_the_same(counts: tuple[int, int], level: float) -> None:
    successes, trials = counts
    expected = binomtest(successes, trials).proportion_ci(level, method="wilson")
    assert wilson(successes, trials, level) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize(("successes", "trials", "level"), [(0, 0, 0.95), (3, 2, 0.95), (-1, 2, 0.95), (1, 2, 1.0), (1, 2, 0.0)])
def test_what_is_no_share_is_refused(successes: int, trials: int, level: float) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(successes, trials, level)
