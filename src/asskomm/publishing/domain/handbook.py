# SPDX-License-Identifier: EUPL-1.2
"""The handbook's pages: Markdown that a wheel carries and a checkout has under docs/handbuch."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.text import slugify

from asskomm.core.search.analysis.folding import fold

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

ROOM = Path(__file__).resolve().parents[1]
SHIPPED, CHECKED_OUT = ROOM / "handbook", ROOM.parents[2] / "docs" / "handbuch"
CONTENTS, PICTURES = "index", "bilder"
_DIRECTIVE = re.compile(r"^```\{toctree\}\n(?P<options>(?::.*\n)*)\n(?P<names>(?:.+\n)+)```$", re.MULTILINE)
_LINK = re.compile(r"(?P<name>[\w-]+)\.md(?P<anchor>#.*)?")


@dataclass(frozen=True)
class Section:
    """A heading with the text below it, up to the next heading."""

    title: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Page:
    """A page of the handbook.

    Args:
        name: of its file, and in its address.
        title: its first heading.
        html: finished markup, made of our own files.
        sections: what a search finds; the first is the page's beginning.
    """

    name: str
    title: str
    html: str
    sections: tuple[Section, ...]


def folder() -> Path:
    """Give where the pages are: in the package where it was installed, else in the checkout."""
    return SHIPPED if SHIPPED.is_dir() else CHECKED_OUT


@cache
def handbook() -> dict[str, Page]:
    """Give the pages in the order of the contents; read once."""
    listed = _DIRECTIVE.search((folder() / f"{CONTENTS}.md").read_text(encoding="utf-8"))
    names = listed["names"].split() if listed else []
    return {name: _read(name) for name in names}


def _read(name: str) -> Page:
    markdown = _markdown()
    tokens = _anchored(markdown.parse((folder() / f"{name}.md").read_text(encoding="utf-8")))
    sections = tuple(_sections(tokens))
    return Page(name, sections[0].title, markdown.renderer.render(tokens, markdown.options, {}), sections)


@cache
def pictures() -> dict[str, Path]:
    """Give the pictures by name."""
    return {path.stem: path for path in (folder() / PICTURES).glob("*.png")}


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _anchored(tokens: "Sequence[Token]") -> "list[Token]":
    """Name every heading, lead links and pictures to their addresses, and let wide blocks scroll by keyboard."""
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchor_of(tokens[number + 1].content))
        elif token.type in {"code_block", "fence", "table_open"}:
            token.attrSet("class", "wide")
            token.attrSet("tabindex", "0")
        for child in token.children or ():
            if child.type == "link_open" and (match := _LINK.fullmatch(str(child.attrGet("href")))):
                child.attrSet("href", f"../{match['name']}/{match['anchor'] or ''}")
            elif child.type == "image":
                child.attrSet("src", f"../{child.attrGet('src')}")
                child.attrSet("loading", "lazy")
    return list(tokens)


def anchor_of(title: str) -> str:
    """Give the name of a heading in addresses.

    >>> anchor_of("Meinen Ort finden: für `alle`")
    'meinen-ort-finden-fuer-alle'
    """
    return slugify(fold(title))


def _sections(tokens: "Sequence[Token]") -> Iterator[Section]:
    title, texts = "", list[str]()
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            if title:
                yield Section(title, anchor_of(title), " ".join(texts))
            title, texts = tokens[number + 1].content, []
        elif token.type in {"inline", "code_block", "fence"} and token.content != title:
            texts.append(" ".join(child.content for child in token.children or [token] if child.content))
    yield Section(title, anchor_of(title), " ".join(texts))
