# SPDX-License-Identifier: EUPL-1.2
"""Which documents fit a query, and in which order; of what the reader may not see, nothing enters into it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from asskomm.core.search.domain.queries.snapshot import Postings, Snapshot
from asskomm.core.search.domain.queries.vocabulary import edits_allowed
from asskomm.core.search.domain.queries.wanted import ITSELF, Clause, Way
from asskomm.core.search.registry import SEARCH_SOURCES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from asskomm.core.search.domain.queries.snapshot import Bools, Floats

MOST_NEAREST = 3
"""So many words are taken in the place of one that nobody wrote."""


@dataclass(frozen=True)
class Ranking:
    """All documents that fit, best first.

    Args:
        positions: of the documents in the snapshot.
        clauses: what was searched for in the end.
        corrected: those that stand in the place of misspelt words.
        partly: whether no document holds all words, so that these hold some.
    """

    positions: "NDArray[np.int64]"
    clauses: tuple[Clause, ...]
    corrected: tuple[Clause, ...] = ()
    partly: bool = False


def rank(snapshot: Snapshot, clauses: Sequence[Clause], seen: "Bools") -> Ranking:
    """Rank the documents that a reader may see; rarity and mean length are those of what she may see too."""
    import numpy as np

    meant = [(clause, _hold(snapshot, clause, seen)) for clause in clauses]
    fixed = [(clause, weights) if weights.any() else _corrected(snapshot, clause, seen, weights) for clause, weights in meant]
    corrected = tuple(after for (after, _weights), before in zip(fixed, clauses, strict=True) if after != before)
    holding = [weights > 0 for _clause, weights in fixed]
    every = np.logical_and.reduce(holding) if holding else np.zeros(seen.size, dtype=bool)
    partly = bool(holding) and not every.any()
    fitting = np.flatnonzero(np.logical_or.reduce(holding) if partly else every)
    scores = _scores(snapshot, [weights for _clause, weights in fixed], seen)[fitting]
    order = np.argsort(-scores, kind="stable")  # stable: equals stay in the snapshot's own order
    return Ranking(fitting[order], tuple(clause for clause, _weights in fixed), corrected, partly and fitting.size > 0)


def _scores(snapshot: Snapshot, weights: "list[Floats]", seen: "Bools") -> "Floats":
    import numpy as np

    from asskomm.methods.bm25 import bm25

    scores = np.zeros(seen.size)
    documents = int(np.count_nonzero(seen))
    average = float(snapshot.lengths[seen].mean()) if documents else 0.0
    for held in weights:
        places = np.flatnonzero(held)
        scores[places] += bm25(held[places], snapshot.lengths[places], documents=documents, average_length=average)
    prominence: Floats = np.array([source.prominence for source in SEARCH_SOURCES], dtype=np.float64)[snapshot.sources]
    return scores * prominence


def _hold(snapshot: Snapshot, clause: Clause, seen: "Bools") -> "Floats":
    """Say for each document how much it holds of a clause, 0 where nothing or where the reader may not see it."""
    import numpy as np

    postings = snapshot.postings(term for way in clause.ways for term in way.terms)
    weights = np.zeros(seen.size)
    for way in clause.ways:
        positions, held = _together([postings[term] for term in way.terms])
        weights[positions] = np.maximum(weights[positions], held * way.factor)
    return np.where(seen, weights, 0.0)


def _together(postings: Sequence[Postings]) -> "tuple[NDArray[np.int32], Floats]":
    """Give the documents that hold all of several terms, and the smallest of the weights."""
    import numpy as np

    positions, weights = postings[0].positions, postings[0].weights.astype(np.float64)
    for other in postings[1:]:
        positions, here, there = np.intersect1d(positions, other.positions, assume_unique=True, return_indices=True)
        weights = np.minimum(weights[here], other.weights[there])
    return positions, weights


def _corrected(snapshot: Snapshot, clause: Clause, seen: "Bools", nothing: "Floats") -> "tuple[Clause, Floats]":
    """Take the nearest words that the reader may see in the place of one that is in no document of hers."""
    import numpy as np

    near = snapshot.vocabulary().near(clause.stem, edits_allowed(clause.letters)) if clause.stem and edits_allowed(clause.letters) else {}
    postings = snapshot.postings(near)
    counts = {term: int(np.count_nonzero(seen[postings[term].positions])) for term in near}
    visible = sorted((near[term], -count, term) for term, count in counts.items() if count)
    nearest = [term for distance, _count, term in visible if distance == visible[0][0]][:MOST_NEAREST]
    if not nearest:
        return clause, nothing
    meant = replace(clause, ways=tuple(Way((term,), ITSELF) for term in nearest))
    return meant, _hold(snapshot, meant, seen)
