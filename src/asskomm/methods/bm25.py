# SPDX-License-Identifier: EUPL-1.2
"""How well documents fit a word: Okapi's BM25."""

import math

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.75


def bm25(weights: NDArray[np.float64], lengths: NDArray[np.float64], *, documents: int, average_length: float) -> NDArray[np.float64]:
    """Score the documents in which a word stands.

    Parameters
    ----------
    weights
        How much the word weighs in each document that holds it, above 0.
    lengths
        Length of each of these documents, in the same unit.
    documents
        Number of all documents, those without the word included.
    average_length
        Mean length of all documents.

    Returns
    -------
    One score a document, above 0; the scores of several words are added.

    Raises
    ------
    ValueError
        More documents hold the word than there are.

    Notes
    -----
    Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), with the idf that is never negative.

    Examples
    --------
    >>> bm25(np.array([1.0, 4.0]), np.array([10.0, 10.0]), documents=10, average_length=10.0).round(3).tolist()
    [1.482, 2.507]
    """
    if weights.size > documents:
        raise ValueError("a word cannot be in more documents than there are")
    rarity = math.log1p((documents - weights.size + 0.5) / (weights.size + 0.5))
    return rarity * weights * (K1 + 1) / (weights + K1 * (1 - B + B * lengths / (average_length or 1.0)))
