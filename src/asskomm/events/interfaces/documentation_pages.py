# SPDX-License-Identifier: EUPL-1.2
"""What remains of a gathering, on one page; released by one click."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from asskomm.core.clock import clock
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.events.domain.documentation import release_documentation
from asskomm.events.domain.gatherings import GatheringError
from asskomm.events.domain.queries.documenting import documentation_of
from asskomm.events.interfaces.finding import organised_gathering, visible_gathering


def documentation(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show what remains to everybody who sees the gathering, once it is released; before that to those who organise it."""
    found = visible_gathering(request, reference)
    organises = allowed("events.change", request.principal, found)
    if not organises and found.documented_at is None:
        raise Http404
    context = {"gathering": found, "organises": organises, "over": found.ends_at <= clock.now(), "documentation": documentation_of(found)}
    return render(request, "events/documentation.html", context)


@require_POST
@login_required
def release(request: ReaderRequest, reference: str) -> HttpResponse:
    """Let others read it, or no longer."""
    found = organised_gathering(request, reference)
    released = request.POST.get("released") == "ja"
    try:
        release_documentation(found, released=released, by=request.principal)
    except GatheringError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Die Dokumentation ist veröffentlicht.") if released else _("Die Dokumentation sehen wieder nur Sie."))
    return redirect("events:documentation", found.reference)
