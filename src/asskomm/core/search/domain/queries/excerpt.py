# SPDX-License-Identifier: EUPL-1.2
"""The part of a text around what was searched for, with the words marked."""

from collections.abc import Collection
from dataclasses import dataclass

from asskomm.core.search.analysis.folding import words
from asskomm.core.search.analysis.german import terms

BEFORE, SHOWN = 60, 220


@dataclass(frozen=True)
class Piece:
    """A stretch of text, marked where it was searched for."""

    text: str
    marked: bool = False


def marked(text: str, wanted: Collection[str]) -> tuple[Piece, ...]:
    """Cut a text into pieces, marked and not.

    >>> [piece.text for piece in marked("Ein Präventionsrat in Aue", {"pravention"}) if piece.marked]
    ['Präventionsrat']
    """
    pieces, done = [], 0
    for start, end in _places(text, wanted):
        pieces += [Piece(text[done:start])] if done < start else []
        pieces.append(Piece(text[start:end], marked=True))
        done = end
    return (*pieces, *([Piece(text[done:])] if done < len(text) else []))


def excerpt(text: str, wanted: Collection[str]) -> tuple[Piece, ...]:
    """Give some words around the first that was searched for, or the beginning."""
    first = next((start for start, _end in _places(text, wanted)), 0)
    begin = text.rfind(" ", 0, first - BEFORE) + 1 if first > BEFORE else 0
    end = text.find(" ", begin + SHOWN) if len(text) > begin + SHOWN else -1
    shown = marked(" ".join(text[begin : None if end < 0 else end].split()), wanted)
    return (*([Piece("… ")] if begin else []), *shown, *([Piece(" …")] if end >= 0 else []))


def _places(text: str, wanted: Collection[str]) -> list[tuple[int, int]]:
    return [(word.start, word.end) for word in words(text) if not _disjoint(terms(word.text).all, wanted)]


def _disjoint(kept: tuple[str, ...], wanted: Collection[str]) -> bool:
    return not any(term in wanted for term in kept)
