# SPDX-License-Identifier: EUPL-1.2
"""Words in one spelling, and where they stand in a text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_WORD = re.compile(r"[^\W_]+")
LONGEST = 60


@dataclass(frozen=True)
class Word:
    """A word with its place in the text, from `start` until before `end`."""

    text: str
    start: int
    end: int


def clean(text: str) -> str:
    r"""Give a text that every database can hold, its accents composed.

    >>> clean("Mu\u0308ll\x00!")
    'Müll !'
    """
    return unicodedata.normalize("NFC", text).replace("\x00", " ")


def fold(word: str) -> str:
    """Write a word in one way: small letters, umlauts as ae, oe, ue, no accents.

    >>> fold("MÜLL"), fold("Straße"), fold("Café")
    ('muell', 'strasse', 'cafe')
    """
    plain = word.casefold().translate(_LETTERS)
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def words(text: str) -> Iterator[Word]:
    """Give the words of a cleaned text in their order; what is longer than any word is cut.

    >>> [word.text for word in words("Aue-Bad Schlema, 14.09.")]
    ['Aue', 'Bad', 'Schlema', '14', '09']
    """
    for match in _WORD.finditer(text):
        yield Word(match[0][:LONGEST], match.start(), match.end())
