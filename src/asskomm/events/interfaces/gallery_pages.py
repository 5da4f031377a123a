# SPDX-License-Identifier: EUPL-1.2
"""What everybody sees of stands and posters: the gallery, where each stands, and the posters themselves."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from asskomm.core.api.throttles import costly
from asskomm.core.clock import clock
from asskomm.core.documents import as_download
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.events.documents.halls import hall_paper as hall_document
from asskomm.events.domain.queries.stands import accepted_stands, gallery_of, hall_of, rooms_of
from asskomm.events.interfaces.finding import gathering_with_fair
from asskomm.events.interfaces.kept_file import poster_file, poster_preview
from asskomm.events.models import Stand


@require_safe
def gallery(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show what has a place; and where one applies as long as one can."""
    found, fair = gathering_with_fair(request, reference)
    context = {
        "gathering": found,
        "fair": fair,
        "open": fair.takes_applications(clock.today(), clock.now()),
        "organises": allowed("events.change", request.principal, found),
        "rooms": rooms_of(fair),
        "groups": gallery_of(fair),
        "has_hall": fair.spots.exists(),
    }
    return render(request, "events/stands.html", context)


@require_safe
def hall(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show the plan, with the same as a list."""
    found, fair = gathering_with_fair(request, reference)
    return render(request, "events/hall.html", {"gathering": found, "fair": fair, "hall": hall_of(fair), "stands": accepted_stands(fair)})


@require_safe
@costly
def hall_paper(request: ReaderRequest, reference: str) -> HttpResponse:
    """Give the plan to print."""
    found, fair = gathering_with_fair(request, reference)
    return as_download(hall_document(found, hall_of(fair), accepted_stands(fair)), "pdf", f"hallenplan-{found.reference}")


@require_safe
def poster(request: ReaderRequest, reference: str, stand: str) -> FileResponse:
    """Give the file of a poster."""
    return poster_file(_shown(request, reference, stand))


@require_safe
def preview(request: ReaderRequest, reference: str, stand: str) -> FileResponse:
    """Give the small picture of a poster."""
    return poster_preview(_shown(request, reference, stand))


def _shown(request: ReaderRequest, reference: str, stand: str) -> Stand | None:
    _found, fair = gathering_with_fair(request, reference)
    return Stand.objects.accepted().with_all().filter(fair=fair, reference=stand).first()
