# SPDX-License-Identifier: EUPL-1.2
"""Search: what a reader finds, on which page, and what was meant by a misspelt word."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asskomm.core.search.analysis.folding import words
from asskomm.core.search.analysis.german import terms
from asskomm.core.search.domain.queries.excerpt import Piece, excerpt, marked
from asskomm.core.search.domain.queries.ranking import Ranking, rank
from asskomm.core.search.domain.queries.snapshot import Snapshot, snapshot
from asskomm.core.search.domain.queries.wanted import Clause, clauses
from asskomm.core.search.models import IndexedDocument
from asskomm.core.search.registry import SEARCH_SOURCES
from asskomm.core.visibility import Principal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from asskomm.core.search.domain.queries.snapshot import Bools

PAGE_SIZE = 20
_IN_ONE_QUESTION = 500


@dataclass(frozen=True)
class Hit:
    """A document that was found, with its words marked."""

    source: str
    key: str
    url: str
    language: str
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    example: bool = False


@dataclass(frozen=True)
class Correction:
    """A word that nobody wrote, and what is shown in its place."""

    typed: str
    meant: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """One page of what was found.

    Args:
        hits: best first.
        number: which page it is, from 1.
        length: how many documents there are on all pages.
        counts: how many by source, whichever source was chosen.
        corrections: misspelt words.
        partly: whether no document holds all words.
        words: how many words of the query say something.
    """

    hits: tuple[Hit, ...]
    number: int
    length: int
    counts: dict[str, int]
    corrections: tuple[Correction, ...]
    partly: bool
    words: int


def search(query: str, principal: Principal, *, source: str = "", number: int = 1) -> Found:
    """Give a page of what a reader finds, the last one if a later one is asked for.

    The index knows who may see what; the room is asked again for what is shown, and where it disagrees its word holds for all that was found.
    """
    index, asked = snapshot(), clauses(query)
    seen = index.seen_by(principal)
    while True:
        ranking = rank(index, asked, seen)
        chosen = _of_source(index, ranking, source)
        number = min(number, max(1, -(-len(chosen) // PAGE_SIZE)))
        shown = chosen[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        documents = _documents(index, shown)
        if len(_allowed(documents, principal)) == len(shown):
            return Found(
                hits=_hits(documents, ranking),
                number=number,
                length=len(chosen),
                counts=_counts(index, ranking),
                corrections=_corrections(documents, ranking),
                partly=ranking.partly,
                words=len(asked),
            )
        seen = _narrowed(index, ranking, seen, principal)


def _narrowed(index: Snapshot, ranking: Ranking, seen: "Bools", principal: Principal) -> "Bools":
    """Leave out whatever was found and the rooms would not show, or is gone."""
    allowed = {document.pk for document in _allowed(_documents(index, ranking.positions), principal)}
    narrowed = seen.copy()
    narrowed[[position for position in ranking.positions if int(index.numbers[position]) not in allowed]] = False
    return narrowed


def _of_source(index: Snapshot, ranking: Ranking, source: str) -> "NDArray[np.int64]":
    if source not in SEARCH_SOURCES:
        return ranking.positions
    kept: NDArray[np.int64] = ranking.positions[index.sources[ranking.positions] == SEARCH_SOURCES.keys().index(source)]
    return kept


def _counts(index: Snapshot, ranking: Ranking) -> dict[str, int]:
    import numpy as np

    keys = SEARCH_SOURCES.keys()
    return dict(zip(keys, np.bincount(index.sources[ranking.positions], minlength=len(keys)).tolist(), strict=True))


def _documents(index: Snapshot, positions: "Sequence[int] | NDArray[np.int64]") -> list[IndexedDocument]:
    """Read documents, in the order of the positions."""
    numbers = [int(index.numbers[position]) for position in positions]
    found: dict[int, IndexedDocument] = {}
    for begin in range(0, len(numbers), _IN_ONE_QUESTION):
        found |= IndexedDocument.objects.in_bulk(numbers[begin : begin + _IN_ONE_QUESTION])
    return [found[number] for number in numbers if number in found]


def _allowed(documents: Iterable[IndexedDocument], principal: Principal) -> list[IndexedDocument]:
    keys: dict[str, list[str]] = defaultdict(list)
    known = list(documents)
    for document in known:
        keys[document.source].append(document.key)
    visible = {source: SEARCH_SOURCES[source].visible(named, principal) for source, named in keys.items()}
    return [document for document in known if document.key in visible[document.source]]


def _hits(documents: Iterable[IndexedDocument], ranking: Ranking) -> tuple[Hit, ...]:
    wanted = {term for clause in ranking.clauses for way in clause.ways for term in way.terms}
    return tuple(_hit(document, wanted) for document in documents)


def _hit(document: IndexedDocument, wanted: Collection[str]) -> Hit:
    title, text = marked(document.title, wanted), excerpt(document.text, wanted)
    return Hit(document.source, document.key, document.url, document.language, title, text, document.example)


def _corrections(documents: Sequence[IndexedDocument], ranking: Ranking) -> tuple[Correction, ...]:
    found = (Correction(clause.text, _as_written(clause, documents)) for clause in ranking.corrected)
    return tuple(correction for correction in found if correction.meant)


def _as_written(clause: Clause, documents: Iterable[IndexedDocument]) -> tuple[str, ...]:
    """Give the words of the documents shown that a correction led to; no word comes from anywhere else."""
    wanted = {term for way in clause.ways for term in way.terms}
    written: dict[str, str] = {}
    for document in documents:
        for word in words(f"{document.title} {document.text}"):
            for term in _in(terms(word.text).all, wanted):
                written.setdefault(term, word.text)
        if len(written) == len(wanted):
            break
    return tuple(dict.fromkeys(written[term] for term in sorted(written)))


def _in(kept: Iterable[str], wanted: Collection[str]) -> list[str]:
    return [term for term in kept if term in wanted]
