# SPDX-License-Identifier: EUPL-1.2
"""The search over the API."""

from typing import Any

from django.utils.translation import gettext as _
from ninja import Router

from asskomm.core.search.domain.queries.search import PAGE_SIZE, Hit
from asskomm.core.search.domain.queries.search import search as search_for
from asskomm.core.search.registry import SEARCH_SOURCES
from asskomm.core.ui.days import ParameterError
from asskomm.core.visibility import ReaderRequest

router = Router()
MOST_PAGES = 10**6


@router.get("")
def search(request: ReaderRequest, q: str, source: str = "", page: int = 1) -> dict[str, Any]:
    """Give a page of what is found, best first."""
    if source and source not in SEARCH_SOURCES:
        raise ParameterError(_("Den Bereich „%(key)s“ gibt es nicht. Vorhanden: %(known)s.") % {"key": source, "known": ", ".join(SEARCH_SOURCES.keys())})
    if not 1 <= page <= MOST_PAGES:
        raise ParameterError(_("„%(value)s“ ist keine Seitenzahl.") % {"value": page})
    found = search_for(q, request.principal, source=source, number=page)
    return {
        "count": found.length,
        "page": found.number,
        "page_size": PAGE_SIZE,
        "sources": found.counts,
        "all_words": not found.partly,
        "corrections": [{"typed": correction.typed, "meant": list(correction.meant)} for correction in found.corrections],
        "hits": [_as_json(hit) for hit in found.hits],
    }


def _as_json(hit: Hit) -> dict[str, str | bool]:
    title, excerpt = ("".join(piece.text for piece in pieces) for pieces in (hit.title, hit.excerpt))
    return {"source": hit.source, "key": hit.key, "title": title, "excerpt": excerpt, "url": hit.url, "language": hit.language, "example": hit.example}
