# SPDX-License-Identifier: EUPL-1.2
"""A document as pandoc's own tree, so that no text is ever read as markup.

The parts are documented at https://hackage.haskell.org/package/pandoc-types; `t` names a kind, `c` holds its content.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from asskomm.core.documents.content import Block, Document, Heading, Listing, Note, Paragraph, Picture, Quote, Table
from asskomm.core.documents.frame import Frame, frame_of
from asskomm.core.documents.plain import plain

Node = dict[str, Any]
Addressed = Callable[[Picture], tuple[str, str]]
API = [1, 23]
PLACES = {"de": "de-DE", "en": "en-GB"}  # word processors check spelling by country
_NO_ATTRIBUTES: list[Any] = ["", [], []]


def as_tree(document: Document, addressed: Addressed, *, office: bool) -> str:
    """Give the tree as JSON.

    Args:
        document: what it says.
        addressed: gives the address under which a picture is found, and its width.
        office: for a word processor, whose title and facts are metadata; HTML has them in its template.
    """
    frame = frame_of(document)
    blocks = [_styled("Mark", frame.mark)] if frame.mark and office else []
    write = _WRITTEN | (_FOR_OFFICE if office else {})
    blocks += [_picture(block, *addressed(block)) if isinstance(block, Picture) else write[type(block)](block) for block in document.blocks]
    blocks += [_styled("Obligatory", frame.obligatory)] if frame.obligatory else []
    return json.dumps({"pandoc-api-version": API, "meta": _meta(document, frame, office=office), "blocks": blocks})


def _meta(document: Document, frame: Frame, *, office: bool) -> Node:
    facts = " · ".join(frame.facts)
    values = {"title": document.title, "lang": PLACES.get(document.language, document.language)}
    values |= {"subtitle": document.kind, "author": document.organisation, "date": facts}
    values |= {} if office else {"mark": frame.mark}
    return {name: {"t": "MetaInlines", "c": _inlines(text)} for name, text in values.items() if plain(text)}


def _inlines(text: str) -> list[Node]:
    """Give a text word by word, so that it can be broken into lines."""
    nodes: list[Node] = []
    for word in plain(text).split(" "):
        nodes += [{"t": "Space"}, {"t": "Str", "c": word}]
    return nodes[1:]


def _paragraph(text: str) -> Node:
    return {"t": "Para", "c": _inlines(text)}


def _styled(style: str, text: str) -> Node:
    return {"t": "Div", "c": [["", [style.lower()], [["custom-style", style]]], [_paragraph(text)]]}


def _of_paragraph(block: Paragraph) -> Node:
    return _styled("Lead", block.text) if block.lead else _paragraph(block.text)


def _listing(block: Listing) -> Node:
    items = [[{"t": "Plain", "c": _inlines(item)}] for item in block.items]
    if block.ordered:
        return {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], items]}
    return {"t": "BulletList", "c": items}


def _quote(block: Quote) -> Node:
    return {"t": "BlockQuote", "c": [_paragraph(block.text), _styled("Speaker", block.speaker)]}


def _quote_by_styles(block: Quote) -> Node:
    """Leave the indent to our styles; pandoc would add its own in one of the formats."""
    return {"t": "Div", "c": [_NO_ATTRIBUTES, [_styled("Said", block.text), _styled("Speaker", block.speaker)]]}


def _picture(picture: Picture, address: str, width: str) -> Node:
    image = {"t": "Image", "c": [["", [], [["width", width]]], _inlines(picture.alternative), [address, ""]]}
    return {"t": "Figure", "c": [_NO_ATTRIBUTES, _caption(picture.caption), [{"t": "Plain", "c": [image]}]]}


def _caption(text: str) -> list[Any]:
    return [None, [{"t": "Plain", "c": _inlines(text)}] if plain(text) else []]


def _table(table: Table) -> Node:
    sides = ["AlignRight" if column in table.numbers else "AlignLeft" for column in range(len(table.head))]
    widths = [[{"t": side}, {"t": "ColWidth", "c": share}] for side, share in zip(sides, _shares(table), strict=True)]
    head = [_NO_ATTRIBUTES, [_row(table.head)]]
    body = [_NO_ATTRIBUTES, 1, [], [_row(row) for row in table.rows]]
    return {"t": "Table", "c": [_NO_ATTRIBUTES, _caption(table.caption), widths, head, [body], [_NO_ATTRIBUTES, []]]}


def _shares(table: Table) -> list[float]:
    """Give each column its part of the width: one of words twice that of numbers."""
    weights = [1 if column in table.numbers else 2 for column in range(len(table.head))]
    return [weight / sum(weights) for weight in weights]


def _row(cells: Sequence[str]) -> list[Any]:
    return [_NO_ATTRIBUTES, [[_NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": _inlines(cell)}]] for cell in cells]]


_WRITTEN: dict[type[Block], Callable[[Any], Node]] = {
    Heading: lambda block: {"t": "Header", "c": [block.level, _NO_ATTRIBUTES, _inlines(block.text)]},
    Paragraph: _of_paragraph,
    Listing: _listing,
    Table: _table,
    Quote: _quote,
    Note: lambda block: _styled("Note", block.text),
}
_FOR_OFFICE: dict[type[Block], Callable[[Any], Node]] = {Quote: _quote_by_styles}
