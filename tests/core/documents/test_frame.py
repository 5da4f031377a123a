# SPDX-License-Identifier: EUPL-1.2
"""The lines around a document."""

import datetime as dt
from typing import Any

import pytest

from asskomm.core.documents import Document
from asskomm.core.documents.frame import FUNDED, Frame, frame_of
from asskomm.core.documents.plain import plain


@pytest.mark.parametrize(
    ("flags", "marks", "obligatory"),
    [
        ({}, (), ""),
        ({"draft": True}, ("Entwurf",), ""),
        ({"example": True, "draft": True}, ("Entwurf", "Beispiel, frei erfunden"), ""),
        ({"funded": True}, (), FUNDED),
    ],
)
def test_flags_become_words(flags: dict[str, Any], marks: tuple[str, ...], obligatory: str) -> None:
    assert frame_of(Document("x", [], **flags)) == Frame(marks, (), obligatory, "Seite", "von")


def test_facts_are_number_and_date_where_there_are_any() -> None:
    day = dt.date(2023, 3, 1)
    made = [Document("x", [], number="7", date=day), Document("x", [], date=day), Document("x", [], number="7")]
    assert [frame_of(document).facts for document in made] == [("7", "1. März 2023"), ("1. März 2023",), ("7",)]


def test_the_obligatory_line_is_the_prescribed_one() -> None:
    assert FUNDED == ("Diese Maßnahme wird mitfinanziert durch Steuermittel auf Grundlage des vom Sächsischen Landtag beschlossenen Haushaltes.")


@pytest.mark.parametrize(
    ("text", "kept"), [("a\tb\u2028c\u00a0d", "a b c d"), ("\x00\x1b[1mx\x7f", "[1mx"), ("\ud800\ufffe\U0010ffff", ""), (" ", ""), ("e\u0301 ü", "e\u0301 ü")]
)
def test_plain_text_fits_on_one_line_of_xml(text: str, kept: str) -> None:
    assert plain(text) == kept
