# SPDX-License-Identifier: EUPL-1.2
"""How much each term weighs in a document."""

import hashlib
from collections import Counter

from asskomm.core.search.analysis.folding import words
from asskomm.core.search.analysis.german import terms

WHOLE, PART, TITLE = 2, 1, 3
"""A word counts twice as much as a part of a compound, and three times as much in the title."""
MOST = 30_000


def identity(*names: str) -> int:
    """Give the number of a document or a term: 63 bits of a digest, the same everywhere."""
    return int.from_bytes(hashlib.sha256("\0".join(names).encode()).digest()[:8], "big") >> 1


def weights(title: str, text: str) -> Counter[str]:
    """Give the terms of a document with their weights."""
    found: Counter[str] = Counter()
    for content, factor in ((title, TITLE), (text, 1)):
        for word in words(content):
            kept = terms(word.text)
            if kept.whole:
                found[kept.whole] += WHOLE * factor
                for part in kept.parts:
                    found[part] += PART * factor
    return Counter({term: min(weight, MOST) for term, weight in found.items()})
