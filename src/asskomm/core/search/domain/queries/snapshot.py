# SPDX-License-Identifier: EUPL-1.2
"""What a process remembers of the index until it changes: little of every document, and the postings asked for last."""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection

from asskomm.core.search.domain.queries.vocabulary import Vocabulary
from asskomm.core.search.domain.weighing import identity
from asskomm.core.search.models import Term
from asskomm.core.search.registry import SEARCH_SOURCES
from asskomm.core.visibility import Principal
from asskomm.core.visibility.audience import admits

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

MOST_BYTES = 32 * 1024 * 1024
MOST_READERS = 64
_IN_ONE_QUESTION = 500
Mark = tuple[int, int]


@dataclass(frozen=True)
class Postings:
    """Where a term stands, by position in the snapshot, and how much it weighs there."""

    positions: "NDArray[np.int32]"
    weights: "NDArray[np.int16]"

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return int(self.positions.nbytes + self.weights.nbytes)


@dataclass
class Snapshot:
    """All documents in their fixed order: by source, newest first, then by number.

    Args:
        mark: by which it is seen whether the index has changed since.
        numbers: of the documents, in order.
        sources: position of each document's source among the sources.
        lengths: of the documents.
        audiences: for each document, which of `cells` says who may see it.
        cells: the audiences that occur, as written.
    """

    mark: Mark
    numbers: "Integers"
    sources: "Integers"
    lengths: "Floats"
    audiences: "Integers"
    cells: tuple[str, ...]
    _by_number: "Integers"
    _seen: "dict[Principal, Bools]" = field(default_factory=dict)
    _postings: OrderedDict[str, Postings] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _vocabulary: Vocabulary | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def seen_by(self, principal: Principal) -> "Bools":
        """Say for each document whether the reader may see it; worked out once for each reader's rights."""
        import numpy as np

        if (known := self._seen.get(principal)) is not None:
            return known
        seen: Bools = np.array([admits(cell, principal) for cell in self.cells], dtype=bool)[self.audiences]
        with self._lock:
            if len(self._seen) >= MOST_READERS:
                self._seen.clear()
            self._seen[principal] = seen
        return seen

    def vocabulary(self) -> Vocabulary:
        """Give all words of the index, read when the first misspelt one is asked for."""
        if self._vocabulary is None:
            self._vocabulary = Vocabulary.of(sorted(Term.objects.values_list("text", flat=True)))
        return self._vocabulary

    def postings(self, terms: Iterable[str]) -> dict[str, Postings]:
        """Give the postings of some terms; what is not remembered is read in one question."""
        wanted = list(dict.fromkeys(terms))
        with self._lock:
            known = {term: self._postings[term] for term in wanted if term in self._postings}
        missing = [term for term in wanted if term not in known]
        return known | (self._read(missing) if missing else {})

    def _read(self, terms: list[str]) -> dict[str, Postings]:
        rows: dict[int, list[tuple[int, int]]] = {identity(term): [] for term in terms}
        for begin in range(0, len(terms), _IN_ONE_QUESTION):
            for number, document, weight in _rows([identity(term) for term in terms[begin : begin + _IN_ONE_QUESTION]]):
                rows[number].append((document, weight))
        found = {term: self._postings_of(rows[identity(term)]) for term in terms}
        with self._lock:
            for term, postings in found.items():
                self._remember(term, postings)
        return found

    def _postings_of(self, rows: list[tuple[int, int]]) -> Postings:
        """Turn documents into positions; what came into the index after this snapshot is left out."""
        import numpy as np

        table = np.array(rows, dtype=np.int64).reshape(-1, 2)
        places = np.searchsorted(self.numbers, table[:, 0], sorter=self._by_number)
        positions = self._by_number[np.minimum(places, self.numbers.size - 1)] if self.numbers.size else places
        known = self.numbers[positions] == table[:, 0] if self.numbers.size else np.zeros(len(rows), dtype=bool)
        positions, weights = positions[known], table[known, 1]
        order = np.argsort(positions)
        return Postings(positions[order].astype(np.int32), weights[order].astype(np.int16))

    def _remember(self, term: str, postings: Postings) -> None:
        if term not in self._postings:
            self._postings[term] = postings
            self._bytes += postings.size
        while self._bytes > MOST_BYTES:
            _term, oldest = self._postings.popitem(last=False)
            self._bytes -= oldest.size


def _rows(terms: list[int]) -> list[tuple[int, int, int]]:
    """Read postings past the ORM: there can be thousands, and an object of each would take longer than the ranking."""
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(terms))
        cursor.execute(f"SELECT term, document, weight FROM search_posting WHERE term IN ({places})", terms)  # noqa: S608 -- placeholders only
        return list(cursor.fetchall())


_current: Snapshot | None = None


def snapshot() -> Snapshot:
    """Give what this process remembers, read anew if the index has changed."""
    global _current  # noqa: PLW0603 -- one for the process
    mark = _mark()
    if _current is None or _current.mark != mark:
        _current = _read(mark)
    return _current


def _mark() -> Mark:
    with connection.cursor() as cursor:  # asked before every search; the ORM would take longer over it than the database
        cursor.execute("SELECT COUNT(*), COALESCE(SUM(stamp), 0) FROM search_indexchange")
        count, stamps = cursor.fetchone()
    return int(count), int(stamps)


def _read(mark: Mark) -> Snapshot:
    import numpy as np

    position = {key: number for number, key in enumerate(SEARCH_SOURCES.keys())}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, source, day, length, audience FROM search_indexeddocument")
        rows = [row for row in cursor.fetchall() if row[1] in position]
    cells = {cell: number for number, cell in enumerate(sorted({row[4] for row in rows}))}
    ids, days, lengths = (np.array([row[column] for row in rows], dtype=np.int64) for column in (0, 2, 3))
    sources, audiences = np.array([position[row[1]] for row in rows], dtype=np.int64), np.array([cells[row[4]] for row in rows], dtype=np.int64)
    order = np.lexsort((ids, -days, sources))
    numbers = ids[order]
    return Snapshot(mark, numbers, sources[order], lengths[order].astype(np.float64), audiences[order], tuple(cells), np.argsort(numbers))
