# SPDX-License-Identifier: EUPL-1.2
"""The shipped lists of words, each read once."""

from functools import cache
from pathlib import Path

from asskomm.core.search.analysis.folding import fold

DATA = Path(__file__).resolve().parents[1] / "data"


@cache
def stop_words() -> frozenset[str]:
    """Give the words that say nothing about what a text is about."""
    return frozenset(fold(line) for line in _lines("stop_words.txt"))


@cache
def parts() -> frozenset[str]:
    """Give the words that compounds are made of, and those that look like compounds but are to stay whole."""
    return frozenset(_lines("parts.txt")) | frozenset(fold(line) for line in _lines("domain.txt"))


@cache
def synonym_groups() -> tuple[tuple[str, ...], ...]:
    """Give the groups of words or phrases that mean the same."""
    return tuple(tuple(phrase.strip() for phrase in line.split("=")) for line in _lines("synonyms.txt"))


def _lines(name: str) -> list[str]:
    lines = (line.strip() for line in (DATA / name).read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
