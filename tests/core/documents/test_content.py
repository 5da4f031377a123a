# SPDX-License-Identifier: EUPL-1.2
"""A tree that no format could show well is refused when it is made."""

from typing import Any

import pytest

from asskomm.core.documents import Document, Heading, Picture, Table, paragraphs


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Heading("x", 4), "headings have the levels 1 to 3, not 4"),
        (lambda: Heading("x", 0), "headings have the levels 1 to 3, not 0"),
        (lambda: Table("Zahlen", ("a", "b"), [("1",)]), "every row of „Zahlen“ needs a cell for each of its 2 headings"),
        (lambda: Table("Zahlen", (), []), "every row of „Zahlen“ needs a cell for each of its 0 headings"),
        (lambda: Picture("<svg/>", " \n"), "a picture needs an alternative text"),
        (lambda: Document("\x00", []), "a document needs a title of at most 200 characters"),
        (lambda: Document("x" * 201, []), "a document needs a title of at most 200 characters"),
    ],
)
def test_refuses(make: Any, said: str) -> None:
    with pytest.raises(ValueError, match="a") as fault:
        make()
    assert str(fault.value) == said


def test_paragraphs_are_parted_by_empty_lines_of_any_system() -> None:
    assert [part.text for part in paragraphs("a\r\nb\r\n \r\nc\n\n\n\n")] == ["a b", "c"]
    assert paragraphs(" \n\n ") == []
