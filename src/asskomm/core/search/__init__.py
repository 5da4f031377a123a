# SPDX-License-Identifier: EUPL-1.2
"""Search over everything: rooms give documents, one German analyser reads them, our own ranking puts them in order."""

from asskomm.core.search.registry import SEARCH_SOURCES, Document, Source

__all__ = ["SEARCH_SOURCES", "Document", "Source"]
