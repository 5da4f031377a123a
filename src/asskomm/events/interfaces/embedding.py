# SPDX-License-Identifier: EUPL-1.2
"""The released programme within the page of somebody else: no head, no forms, no cookie, and every link opens the whole page beside it."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from asskomm.core.visibility import ANYONE, ReaderRequest
from asskomm.events.interfaces.programme_drawing import Choice, days_of, programme_of
from asskomm.events.models import Gathering


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]
def embedded(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show the last version as the public reads it, whoever asks: the page around it is not ours."""
    found = get_object_or_404(Gathering.objects.visible_to(ANYONE), reference=reference)
    version = found.programme_versions.first()
    if version is None:
        raise Http404
    context = {"gathering": found, "days": days_of(found, programme_of(version), Choice()), "site": settings.SITE_URL}
    return render(request, "events/programme_embedded.html", context)


def frame_of(gathering: Gathering) -> str:
    """Give the address that goes into somebody else's page."""
    return settings.SITE_URL + reverse("events:programme_embedded", args=[gathering.reference])
