# SPDX-License-Identifier: EUPL-1.2
"""Write a document as one HTML file that needs nothing beside it."""

import base64
from importlib.resources import as_file, files

from asskomm.core.documents.content import Document, Picture
from asskomm.core.documents.pandoc import pandoc
from asskomm.core.documents.tree import as_tree


def as_html(document: Document) -> bytes:
    """Give the document as HTML with its pictures inside."""
    tree = as_tree(document, _inside, office=False)
    with as_file(files("asskomm.core.documents") / "layout" / "document.pandoc") as template:
        options = ("--from=json", "--to=html5", "--standalone", f"--template={template}", "--shift-heading-level-by=1", "--wrap=none")
        return pandoc(*options, stdin=tree)


def _inside(picture: Picture) -> tuple[str, str]:
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.svg.encode()).decode()}", "100%"
