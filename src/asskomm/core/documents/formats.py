# SPDX-License-Identifier: EUPL-1.2
"""The formats in which a document can be taken along."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse

from asskomm.core.documents.content import Document
from asskomm.core.documents.office import as_docx, as_odt
from asskomm.core.documents.pdf import as_pdf
from asskomm.core.documents.web import as_html


@dataclass(frozen=True)
class Format:
    """A file format with its name for people, its media type and what writes it."""

    name: str
    media_type: str
    write: Callable[[Document], bytes]


FORMATS = {
    "pdf": Format("PDF", "application/pdf", as_pdf),
    "docx": Format("DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_docx),
    "odt": Format("ODT", "application/vnd.oasis.opendocument.text", as_odt),
    "html": Format("HTML", "text/html; charset=utf-8", as_html),
}


def as_download(document: Document, ending: str, file_name: str) -> HttpResponse:
    """Answer with the document as a file.

    Raises
    ------
        KeyError: no such format.
    """
    chosen = FORMATS[ending]
    response = HttpResponse(chosen.write(document), content_type=chosen.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name}.{ending}"'
    return response
