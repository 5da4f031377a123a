# SPDX-License-Identifier: EUPL-1.2
"""Write a document for a word processor, as DOCX or ODT."""

import tempfile
from pathlib import Path

from asskomm.core.documents.archive import changed
from asskomm.core.documents.content import Document, Picture
from asskomm.core.documents.frame import frame_of
from asskomm.core.documents.odt_parts import with_alternatives
from asskomm.core.documents.pandoc import pandoc
from asskomm.core.documents.pdf import as_png
from asskomm.core.documents.plain import plain
from asskomm.core.documents.reference import reference
from asskomm.core.documents.tree import as_tree

_WIDTH = "16.3cm"  # as wide as the text


def as_docx(document: Document) -> bytes:
    """Give the document as DOCX."""
    return _written(document, "docx")


def as_odt(document: Document) -> bytes:
    """Give the document as ODT."""
    pictures = [block for block in document.blocks if isinstance(block, Picture)]
    return changed(_written(document, "odt"), {"content.xml": lambda content: with_alternatives(content, [plain(picture.alternative) for picture in pictures])})


def _written(document: Document, ending: str) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "reference").write_bytes(reference(ending, frame_of(document), document.language))
        tree = as_tree(document, lambda picture: _drawn(picture, folder), office=True)
        options = ("--from=json", f"--to={ending}", f"--reference-doc={folder / 'reference'}", f"--resource-path={folder}", "--output=-")
        return pandoc(*options, stdin=tree)


def _drawn(picture: Picture, folder: Path) -> tuple[str, str]:
    """Draw a picture as PNG, which every word processor shows, and name its file."""
    path = folder / f"{len(list(folder.iterdir()))}.png"
    path.write_bytes(as_png(picture.svg))
    return path.name, _WIDTH
