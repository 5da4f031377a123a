# SPDX-License-Identifier: EUPL-1.2
"""One content, four formats: PDF/UA-1, DOCX, ODT, HTML. Whatever draws is imported while drawing only."""

from asskomm.core.documents.content import Block, Document, Heading, Listing, Note, Paragraph, Picture, Quote, Table, paragraphs
from asskomm.core.documents.formats import FORMATS, as_download

__all__ = ["FORMATS", "Block", "Document", "Heading", "Listing", "Note", "Paragraph", "Picture", "Quote", "Table", "as_download", "paragraphs"]
