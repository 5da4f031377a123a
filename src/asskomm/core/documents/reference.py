# SPDX-License-Identifier: EUPL-1.2
"""The documents that pandoc takes page, styles and page numbers from, built from the table of styles."""

from functools import lru_cache

from asskomm.core.documents import docx_parts, odt_parts
from asskomm.core.documents.archive import changed
from asskomm.core.documents.frame import Frame
from asskomm.core.documents.pandoc import pandoc


@lru_cache(maxsize=32)
def reference(ending: str, frame: Frame, language: str) -> bytes:
    """Give the reference document of a format, "docx" or "odt", with the marks of a frame on every page."""
    parts = {"docx": docx_parts, "odt": odt_parts}[ending]
    default = pandoc(f"--print-default-data-file=reference.{ending}")
    return changed(default, parts.changes(frame, language), parts.additions(frame))
