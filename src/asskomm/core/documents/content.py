# SPDX-License-Identifier: EUPL-1.2
"""What a document says: a small tree of blocks whose texts are plain data, never markup."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from asskomm.core.documents.plain import plain

_DEEPEST = 3
_LONGEST_TITLE = 200  # beyond that, checkers of accessibility take it for a paragraph


@dataclass(frozen=True)
class Heading:
    """A heading below the title; `level` 1 to 3.

    Raises
    ------
        ValueError: another level.
    """

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        """Hold the levels that all formats have."""
        if not 1 <= self.level <= _DEEPEST:
            raise ValueError(f"headings have the levels 1 to {_DEEPEST}, not {self.level}")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; the `lead` is the first one, in larger letters."""

    text: str
    lead: bool = False


@dataclass(frozen=True)
class Listing:
    """A list, with numbers where the order matters."""

    items: Sequence[str]
    ordered: bool = False


@dataclass(frozen=True)
class Table:
    """A table whose first row and first column are headings.

    Args:
        caption: what it shows.
        head: one heading for each column.
        rows: the cells, as many as there are headings.
        numbers: columns that stand on the right, counted from 0.

    Raises
    ------
        ValueError: a row of another length, or no heading at all.
    """

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Refuse what a screen reader could not follow."""
        if not self.head or any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(f"every row of „{self.caption}“ needs a cell for each of its {len(self.head)} headings")


@dataclass(frozen=True)
class Picture:
    """A drawing of ours as SVG, with the words that stand for it.

    Raises
    ------
        ValueError: without an alternative text.
    """

    svg: str
    alternative: str
    caption: str = ""

    def __post_init__(self) -> None:
        """Refuse a picture that only the eye can read."""
        if not plain(self.alternative):
            raise ValueError("a picture needs an alternative text")


@dataclass(frozen=True)
class Quote:
    """What somebody said, and who."""

    text: str
    speaker: str


@dataclass(frozen=True)
class Note:
    """A remark set apart from the text."""

    text: str


Block: TypeAlias = Heading | Paragraph | Listing | Table | Picture | Quote | Note


@dataclass(frozen=True)
class Document:
    """A document as all formats show it.

    Args:
        title: heading of the whole.
        blocks: the content, from top to bottom.
        kind: what it is, such as "Medieninformation".
        organisation: who publishes it.
        date: the day it bears.
        number: its number.
        language: language of the texts.
        funded: whether it bears the state's obligatory line on its funding.
        example: whether it says on every page that its content is made up.
        draft: whether it says on every page that it is a draft.

    Raises
    ------
        ValueError: without a title, or with one longer than 200 characters.
    """

    title: str
    blocks: Sequence[Block]
    kind: str = ""
    organisation: str = ""
    date: dt.date | None = None
    number: str = ""
    language: str = "de"
    funded: bool = False
    example: bool = False
    draft: bool = False

    def __post_init__(self) -> None:
        """Refuse a document that no list can name."""
        if not 0 < len(plain(self.title)) <= _LONGEST_TITLE:
            raise ValueError(f"a document needs a title of at most {_LONGEST_TITLE} characters")


def paragraphs(text: str) -> list[Paragraph]:
    r"""Give the paragraphs of what somebody typed, which an empty line parts.

    >>> [paragraph.text for paragraph in paragraphs("Eins\nund zwei.\n\n\nDrei.")]
    ['Eins und zwei.', 'Drei.']
    """
    parts = (plain(part) for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    return [Paragraph(part) for part in parts if part]
