# SPDX-License-Identifier: EUPL-1.2
"""Text as every format can hold it."""

import unicodedata

_REFUSED = {"Cc", "Cs", "Cn"}  # controls, halves of characters, and what is no character: no XML file may hold them


def plain(text: str) -> str:
    r"""Give a text on one line, without controls and with single spaces, and change nothing else.

    >>> plain(" *Görlitz*\n\x00 #1 ")
    '*Görlitz* #1'
    """
    kept = "".join(" " if character.isspace() else "" if unicodedata.category(character) in _REFUSED else character for character in text)
    return " ".join(kept.split())
