# SPDX-License-Identifier: EUPL-1.2
"""The handbook in the browser."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render

from asskomm.core.visibility import ReaderRequest
from asskomm.publishing.domain.handbook import handbook, pictures


def contents(request: ReaderRequest) -> HttpResponse:
    """List the pages."""
    return render(request, "publishing/handbook.html", {"pages": handbook().values()})


def page(request: ReaderRequest, name: str) -> HttpResponse:
    """Show one page; the handbook is German only."""
    if name not in handbook():
        raise Http404
    return render(request, "publishing/handbook_page.html", {"shown": handbook()[name]})


def picture(request: ReaderRequest, name: str) -> FileResponse:
    """Give a picture of a page, which browsers keep for a day."""
    if name not in pictures():
        raise Http404
    response = FileResponse(pictures()[name].open("rb"), content_type="image/png")
    response["Cache-Control"] = "public, max-age=86400"
    return response
