# SPDX-License-Identifier: EUPL-1.2
"""BM25 against the formula of the book, one document at a time."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asskomm.methods.bm25 import K1, B, bm25

HELD = st.lists(st.tuples(st.integers(1, 50), st.integers(1, 500)), min_size=1, max_size=20)


def by_hand(weight: float, length: float, documents: int, holding: int, average: float) -> float:
    rarity = math.log(1 + (documents - holding + 0.5) / (holding + 0.5))
    return rarity * weight * (K1 + 1) / (weight + K1 * (1 - B + B * length / average))


@given(held=HELD, more=st.integers(0, 1000), average=st.floats(1, 500))
def test_it_is_the_formula(held: list[tuple[int, int]], more: int, average: float) -> None:
    weights, lengths = np.array(held, dtype=np.float64).T
    found = bm25(weights, lengths, documents=len(held) + more, average_length=average)
    assert found.tolist() == pytest.approx([by_hand(weight, length, len(held) + more, len(held), average) for weight, length in held])


@given(held=HELD)
def test_more_is_better_and_longer_is_worse(held: list[tuple[int, int]]) -> None:
    weights, lengths = np.array(held, dtype=np.float64).T
    asked = {"documents": len(held), "average_length": 100.0}
    base = bm25(weights, lengths, **asked)  # type: ignore[arg-type]
    assert (bm25(weights + 1, lengths, **asked) > base).all()  # type: ignore[arg-type]
    assert (bm25(weights, lengths + 1, **asked) < base).all()  # type: ignore[arg-type]
    assert (base > 0).all()


def test_a_word_cannot_be_in_more_documents_than_there_are() -> None:
    with pytest.raises(ValueError, match="more documents than there are"):
        bm25(np.ones(2), np.ones(2), documents=1, average_length=1.0)


def test_documents_without_any_length_do_not_divide_by_zero() -> None:
    assert np.isfinite(bm25(np.ones(1), np.zeros(1), documents=1, average_length=0.0)).all()
