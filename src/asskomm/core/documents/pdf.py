# SPDX-License-Identifier: EUPL-1.2
"""Set a document as PDF/UA-1, and draw pictures for the formats that take none of ours.

The text goes to the typesetter as data beside a fixed template, so no character of it can be taken for markup.
"""

import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asskomm.core.documents.content import Block, Document, Heading, Listing, Note, Paragraph, Picture, Quote, Table
from asskomm.core.documents.frame import frame_of
from asskomm.core.documents.plain import plain

if TYPE_CHECKING:
    from typst import Fonts

_NOT_IN_ANY_FONT = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_MOST_UNKNOWN = 200
_FONT_PACKAGE = "fontpkg_fira_sans"
_DRAWING = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#set text(font: "Fira Sans")
#image(bytes(json(bytes(sys.inputs.data)).svg), format: "svg", width: 160mm)
"""
_PICTURE_PPI = 220


def as_pdf(document: Document) -> bytes:
    """Give the document as PDF/UA-1; a character that no font has becomes an empty square."""
    return _set(_template("document.typ"), _data(document), format="pdf", pdf_standards=["ua-1"])


def as_pdf_together(documents: Sequence[Document]) -> bytes:
    """Give several documents of one kind as one PDF/UA-1, each from a new page on and with page numbers of its own."""
    first, *rest = (_data(document) for document in documents)
    return _set(_template("document.typ"), {**first, "rest": rest}, format="pdf", pdf_standards=["ua-1"])


def typeset(template: bytes, data: dict[str, Any]) -> bytes:
    """Set a room's own template as PDF/UA-1, for what is no text with headings, such as badges; what it says comes as data, as everywhere."""
    return _set(template, data, format="pdf", pdf_standards=["ua-1"])


def drawn(template: bytes, data: dict[str, Any]) -> str:
    """Draw one page of a room's own template as SVG, to show on a page how it will look."""
    return _set(template, data, format="svg").decode()


def as_png(svg: str) -> bytes:
    """Give a drawing as PNG, as wide as a page's text."""
    return _set(_DRAWING, {"svg": svg}, format="png", ppi=_PICTURE_PPI)


def _set(template: bytes, data: dict[str, Any], **options: Any) -> bytes:
    import typst  # heavy: only while drawing

    text = json.dumps(data, ensure_ascii=False)
    for _attempt in range(_MOST_UNKNOWN):
        try:
            made: bytes = typst.compile(template, font_paths=_fonts(), sys_inputs={"data": text}, **options)
            return made
        except typst.TypstError as fault:
            unknown = _NOT_IN_ANY_FONT.search(fault.message)
            if unknown is None or not (letters := {letter for letter in unknown[1] if not letter.isascii()}):
                raise
            text = "".join("\N{WHITE SQUARE}" if letter in letters else letter for letter in text)
    raise ValueError("the text has too many characters that no font has")


@cache
def _fonts() -> "Fonts":
    """Give our font and the typesetter's own, never the machine's, so that a document looks alike everywhere."""
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[font_folder()])


def font_folder() -> Path:
    """Give the folder of Fira Sans, without importing its package.

    Raises
    ------
        FileNotFoundError: the package is not installed.
    """
    found = find_spec(_FONT_PACKAGE)
    if found is None or found.origin is None:
        raise FileNotFoundError(_FONT_PACKAGE)
    return Path(found.origin).parent / "files"


@cache
def _template(name: str) -> bytes:
    return (files("asskomm.core.documents") / "layout" / name).read_bytes()


def _data(document: Document) -> dict[str, Any]:
    frame = frame_of(document)
    return {
        "title": plain(document.title),
        "kind": plain(document.kind),
        "organisation": plain(document.organisation),
        "language": document.language,
        "date": document.date.isoformat() if document.date else "",
        "mark": frame.mark,
        "facts": frame.facts,
        "obligatory": frame.obligatory,
        "page": frame.page,
        "of": frame.of,
        "blocks": [_DRAWN[type(block)](block) for block in document.blocks],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "is": "table",
        "caption": plain(table.caption),
        "head": [plain(cell) for cell in table.head],
        "rows": [[plain(cell) for cell in row] for row in table.rows],
        "numbers": sorted(table.numbers),
    }


_DRAWN: dict[type[Block], Callable[[Any], dict[str, Any]]] = {
    Heading: lambda block: {"is": "heading", "text": plain(block.text), "level": block.level},
    Paragraph: lambda block: {"is": "lead" if block.lead else "paragraph", "text": plain(block.text)},
    Listing: lambda block: {"is": "listing", "items": [plain(item) for item in block.items], "ordered": block.ordered},
    Table: _table,
    Picture: lambda block: {"is": "picture", "svg": block.svg, "alternative": plain(block.alternative), "caption": plain(block.caption)},
    Quote: lambda block: {"is": "quote", "text": plain(block.text), "speaker": plain(block.speaker)},
    Note: lambda block: {"is": "note", "text": plain(block.text)},
}
