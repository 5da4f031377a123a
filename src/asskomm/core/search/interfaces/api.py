# SPDX-License-Identifier: EUPL-1.2
"""The search over the API."""

from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from asskomm.core.api import EstimateOut, Paged, PageNumber
from asskomm.core.api.paging import link_to
from asskomm.core.estimates import Estimate
from asskomm.core.search.domain.queries.search import PAGE_SIZE, Found, Hit
from asskomm.core.search.domain.queries.search import search as search_for
from asskomm.core.search.registry import SEARCH_SOURCES
from asskomm.core.ui.days import ParameterError
from asskomm.core.visibility import ReaderRequest

router = Router(tags=["search"])
Words = Annotated[str, Query(description="words, in any order and form", examples=["Präventionsrat Görlitz"])]
SourceKey = Annotated[str, Query("", max_length=40, description="where to look only, such as municipalities or events; empty for everywhere")]


class HitOut(Schema):
    """What was found."""

    source: str
    key: str
    title: str
    excerpt: str
    url: str
    language: str
    example: bool = Field(description="whether it is made up")


class CorrectionOut(Schema):
    """A misspelt word, and what is shown in its place."""

    typed: str
    meant: list[str]


class SearchPage(Paged[HitOut]):
    """A page of what was found, best first."""

    sources: dict[str, EstimateOut] = Field(description="how many were found in each place, whichever was chosen")
    all_words: bool = Field(description="whether there is something that holds all words")
    corrections: list[CorrectionOut]


@router.get("", response=SearchPage)
def search(request: ReaderRequest, q: Words, source: SourceKey = "", page: PageNumber = 1) -> dict[str, Any]:
    """Give a page of what is found, best first, the last one if a later one is asked for."""
    if source and source not in SEARCH_SOURCES:
        raise ParameterError(_("Den Bereich „%(key)s“ gibt es nicht. Vorhanden: %(known)s.") % {"key": source, "known": ", ".join(SEARCH_SOURCES.keys())})
    found = search_for(q, request.principal, source=source, number=page)
    return _page(request, found) | {
        "sources": {key: Estimate(count).as_json() for key, count in found.counts.items()},
        "all_words": not found.partly,
        "corrections": [{"typed": correction.typed, "meant": list(correction.meant)} for correction in found.corrections],
    }


def _page(request: ReaderRequest, found: Found) -> dict[str, Any]:
    return {
        "items": [_as_json(hit) for hit in found.hits],
        "count": found.length,
        "page": found.number,
        "page_size": PAGE_SIZE,
        "next": link_to(request, found.number + 1) if found.number * PAGE_SIZE < found.length else None,
        "previous": link_to(request, found.number - 1) if found.number > 1 else None,
    }


def _as_json(hit: Hit) -> dict[str, str | bool]:
    title, excerpt = ("".join(piece.text for piece in pieces) for pieces in (hit.title, hit.excerpt))
    return {"source": hit.source, "key": hit.key, "title": title, "excerpt": excerpt, "url": hit.url, "language": hit.language, "example": hit.example}
