# SPDX-License-Identifier: EUPL-1.2
"""Sources in the browser."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from asskomm.core.estimates import Estimate
from asskomm.core.provenance.models import Source
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.visibility import ReaderRequest


def sources(request: ReaderRequest) -> HttpResponse:
    """List the sources that the reader may see, newest first."""
    return render(request, "provenance/sources.html", {"page": page_of_rows(request, Source.objects.visible_to(request.principal).with_end())})


def source(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show where a file came from and what was taken over from it."""
    found = get_object_or_404(Source.objects.visible_to(request.principal).with_end(), reference=reference)
    same = Source.objects.visible_to(request.principal).with_end().filter(sha256=found.sha256).exclude(pk=found.pk)
    context = {"source": found, "rows_used": Estimate(found.rows_used), "kilobytes": Estimate(max(1, round(found.size / 1000))), "same": same}
    return render(request, "provenance/source.html", context)
