# SPDX-License-Identifier: EUPL-1.2
"""What a query asks for: one clause a word, each with the ways in which a document can fulfil it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from asskomm.core.search.analysis.folding import clean, fold, words
from asskomm.core.search.analysis.german import Terms, terms
from asskomm.core.search.analysis.lists import synonym_groups

LONGEST_QUERY, MOST_CLAUSES = 200, 16
ITSELF, SAME, IN_PARTS = 1.0, 0.8, 0.5
"""How much counts what is asked for, what means the same, and the parts of a compound that stand apart."""


@dataclass(frozen=True)
class Way:
    """Terms that a document must hold all of, and how much that counts."""

    terms: tuple[str, ...]
    factor: float


@dataclass(frozen=True)
class Clause:
    """A word, or a phrase that means one thing.

    Args:
        text: as it was typed.
        ways: any one of them is enough.
        stem: for finding what a misspelt word means; empty for phrases and numbers.
        letters: how long the folded word is.
    """

    text: str
    ways: tuple[Way, ...]
    stem: str = ""
    letters: int = 0


def clauses(query: str) -> list[Clause]:
    """Read a query; stop words are left out, and so is what comes after many words."""
    typed = [(word.text, terms(word.text)) for word in words(clean(query)[:LONGEST_QUERY])]
    typed = [(text, kept) for text, kept in typed if kept.whole]
    found: dict[tuple[Way, ...], Clause] = {}
    while typed and len(found) < MOST_CLAUSES:
        length = _phrase(tuple(kept.whole for _text, kept in typed))
        clause = _clause([text for text, _kept in typed[:length]], [kept for _text, kept in typed[:length]])
        found.setdefault(clause.ways, clause)
        del typed[:length]
    return list(found.values())


def _clause(texts: list[str], kept: list[Terms]) -> Clause:
    wholes = tuple(each.whole for each in kept)
    ways = [Way(wholes, ITSELF), *(Way(same, SAME) for same in _synonyms().get(wholes, ()))]
    if len(kept) > 1:
        return Clause(" ".join(texts), tuple(ways))
    if kept[0].parts:
        ways.append(Way(kept[0].parts, IN_PARTS))
    folded = fold(texts[0])
    return Clause(texts[0], tuple(ways), "" if folded.isdecimal() else wholes[0], len(folded))


def _phrase(wholes: tuple[str, ...]) -> int:
    """Give how many words at the beginning are one phrase of the synonyms; one where there is none."""
    longest = max(map(len, _synonyms()))
    return next((length for length in range(min(longest, len(wholes)), 1, -1) if wholes[:length] in _synonyms()), 1)


@cache
def _synonyms() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    known: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for group in synonym_groups():
        phrases = list(dict.fromkeys(tuple(_wholes(phrase)) for phrase in group))
        for phrase in phrases:
            known[phrase] = (*known.get(phrase, ()), *(other for other in phrases if other != phrase))
    return known


def _wholes(phrase: str) -> Iterator[str]:
    return (terms(word.text).whole for word in words(phrase))
