# SPDX-License-Identifier: EUPL-1.2
"""From a word to the terms under which it is kept: its stem, and the stems of its parts."""

import threading
from dataclasses import dataclass
from functools import cache, lru_cache

from Stemmer import Stemmer

from asskomm.core.search.analysis.folding import fold
from asskomm.core.search.analysis.lists import parts, stop_words, synonym_groups

LINKS = ("", "s", "es", "n", "en", "er", "e")
SHORTEST_PART, SHORTEST_COMPOUND, MOST_PARTS = 3, 7, 4
ALWAYS_LINKED = ("ung", "heit", "keit", "schaft", "ion", "taet")
"""Endings that take an s before whatever follows: Ordnungs-amt, never Ordnung-samt."""
_REMEMBERED = 50_000
_stemmer = Stemmer("german", 0)  # remembers nothing itself
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Terms:
    """What a word is kept under.

    Args:
        whole: its own stem; empty for a stop word.
        parts: the stems of its parts, where it is a compound.
    """

    whole: str
    parts: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """The stem and its parts."""
        return (self.whole, *self.parts) if self.whole else ()


@lru_cache(maxsize=_REMEMBERED)
def stem(folded: str) -> str:
    """Give the stem of a folded word; the stemmer knows ae for ä and holds a state, so one word at a time.

    >>> stem("praeventionsraete"), stem("02826")
    ('praventionsrat', '02826')
    """
    if not folded.isalpha():
        return folded
    with _one_at_a_time:
        return str(_stemmer.stemWord(folded))


@lru_cache(maxsize=_REMEMBERED)
def terms(word: str) -> Terms:
    """Give the terms of a word as it stands in a text.

    >>> terms("Präventionsräte")
    Terms(whole='praventionsrat', parts=('pravention', 'rat'))
    >>> terms("und").all
    ()
    """
    folded = fold(word)
    if folded in stop_words() or (len(folded) == 1 and folded.isalpha()):
        return Terms("")
    whole = stem(folded)
    return Terms(whole, tuple(part for part in dict.fromkeys(map(stem, split(folded))) if part != whole))


def split(folded: str) -> tuple[str, ...]:
    """Give the parts of a compound, as few as possible and the last as long as possible; empty where it is none.

    >>> split("verkehrssicherheitsanalysen"), split("diebstahl")
    (('verkehr', 'sicherheit', 'analysen'), ())
    """
    if len(folded) < SHORTEST_COMPOUND or not folded.isalpha() or _ends(folded):
        return ()
    for count in range(2, MOST_PARTS + 1):
        if found := _split_into(folded, count):
            return found
    return ()


def _split_into(word: str, count: int) -> tuple[str, ...]:
    if count == 1:
        return (word,) if _ends(word) else ()
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        first = _begins(word[:cut])
        rest = _split_into(word[cut:], count - 1) if first else ()
        if rest:
            return (first, *rest)
    return ()


def _begins(left: str) -> str:
    """Give the part that a piece is without its link."""
    bare = ((link, left.removesuffix(link)) for link in LINKS if left.endswith(link))
    return next((part for link, part in bare if len(part) >= SHORTEST_PART and part in parts() and (link == "s" or not part.endswith(ALWAYS_LINKED))), "")


def _ends(right: str) -> bool:
    """Whether a piece is a part in some inflection."""
    return right in parts() or (len(right) > SHORTEST_PART and stem(right) in _stems())


@cache
def _stems() -> frozenset[str]:
    return frozenset(stem(part) for part in parts())


def read_lists() -> None:
    """Read the lists of words now, so that it does not happen within somebody's first transaction."""
    _stems()
    stop_words()
    synonym_groups()
