# SPDX-License-Identifier: EUPL-1.2
"""The page of the search."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from asskomm.core.api.throttles import costly
from asskomm.core.estimates import Estimate
from asskomm.core.search.domain.queries.search import PAGE_SIZE, Found, Hit
from asskomm.core.search.domain.queries.search import search as search_for
from asskomm.core.search.domain.queries.wanted import LONGEST_QUERY
from asskomm.core.search.registry import SEARCH_SOURCES
from asskomm.core.ui.pages import ListPage, page_number
from asskomm.core.visibility import ReaderRequest


@dataclass(frozen=True)
class Choice:
    """A source to choose, with how much is found in it."""

    key: str
    name: str | Promise
    count: Estimate


@costly
def search(request: ReaderRequest) -> HttpResponse:
    """Show what is found, twenty a page."""
    text = request.GET.get("q", "").replace("\x00", " ").strip()[:LONGEST_QUERY]
    source = request.GET.get("in", "")
    found = search_for(text, request.principal, source=source, number=page_number(request))
    context = {
        "text": text,
        "found": found,
        "hits": [(hit, SEARCH_SOURCES[hit.source].name) for hit in found.hits],
        "page": _page(found),
        "source": source if source in SEARCH_SOURCES else "",
        "choices": _choices(found),
        "all": Estimate(sum(found.counts.values())),
    }
    return render(request, "search/search.html", context)


def _page(found: Found) -> ListPage[Hit]:
    return ListPage(found.hits, found.number, found.number * PAGE_SIZE < found.length, found.length, PAGE_SIZE)


def _choices(found: Found) -> list[Choice]:
    return [Choice(key, source.name, Estimate(found.counts[key])) for key, source in SEARCH_SOURCES.items() if found.counts[key]]
