# SPDX-License-Identifier: EUPL-1.2
"""All words of the index, for finding those that are nearly like a misspelt one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHORTEST, LONG = 4, 8
_BITS = 64
_PAIRS_PER_EDIT, _LETTERS_PER_EDIT = 6, 2
"""So many pairs and letters can differ after one edit: two neighbours that change places break three pairs and make three."""


@dataclass(frozen=True)
class Vocabulary:
    """Words with two signatures each: one bit for each pair of neighbouring letters, and one for each letter.

    One edit changes few bits, so most words are ruled out at once without comparing them letter by letter.
    """

    words: tuple[str, ...]
    lengths: "NDArray[np.int16]"
    pairs: "NDArray[np.uint64]"
    letters: "NDArray[np.uint64]"

    @classmethod
    def of(cls, words: Sequence[str]) -> "Vocabulary":
        """Take up words, in an order of their own."""
        import numpy as np

        lengths = np.array([len(word) for word in words], dtype=np.int16)
        pairs, letters = (np.array([sign(word) for word in words], dtype=np.uint64) for sign in (_pairs, _letters))
        return cls(tuple(words), lengths, pairs, letters)

    def near(self, word: str, most: int) -> dict[str, int]:
        """Give the words within so many edits, each with its number of edits; the word itself is not among them."""
        import numpy as np

        close = np.abs(self.lengths - np.int16(len(word))) <= most
        close &= np.bitwise_count(self.letters ^ np.uint64(_letters(word))) <= _LETTERS_PER_EDIT * most
        close &= np.bitwise_count(self.pairs ^ np.uint64(_pairs(word))) <= _PAIRS_PER_EDIT * most
        found = {self.words[index]: edits(word, self.words[index], most) for index in np.flatnonzero(close)}
        return {other: count for other, count in found.items() if 0 < count <= most}


def edits_allowed(letters: int) -> int:
    """Give how many edits a misspelt word may be away: none for short ones, two for long ones.

    >>> [edits_allowed(letters) for letters in (3, 4, 7, 8)]
    [0, 1, 1, 2]
    """
    return 0 if letters < SHORTEST else 1 if letters < LONG else 2


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % _BITS)
    return bits


def _pairs(word: str) -> int:
    """Give the bits of the pairs of letters, beginning and end included; a plain sum, since Python's own hash differs from start to start."""
    bits = 0
    for first, second in zip(f" {word}", f"{word} ", strict=True):
        bits |= 1 << ((ord(first) * 31 + ord(second) * 7) % _BITS)
    return bits


def edits(one: str, other: str, most: int) -> int:
    """Count letters put in, left out, replaced or swapped with their neighbour; more than `most` is given as one more than that.

    >>> edits("seifhenersdorf", "seifhennersdorf", 2), edits("gorltiz", "gorlitz", 1), edits("rat", "amt", 1)
    (1, 1, 2)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return most + 1
    return min(row[-1], most + 1)
