# SPDX-License-Identifier: EUPL-1.2
"""The handbook in the browser."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from asskomm.core.visibility import ReaderRequest
from asskomm.publishing.domain.handbook import handbook


def contents(request: ReaderRequest) -> HttpResponse:
    """List the pages."""
    return render(request, "publishing/handbook.html", {"pages": handbook().values()})


def page(request: ReaderRequest, name: str) -> HttpResponse:
    """Show one page; the handbook is German only."""
    if name not in handbook():
        raise Http404
    return render(request, "publishing/handbook_page.html", {"shown": handbook()[name]})
