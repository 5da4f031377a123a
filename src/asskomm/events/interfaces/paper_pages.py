# SPDX-License-Identifier: EUPL-1.2
"""What is needed on the day and after it: papers to print, the door, who came, certificates, and whether one is genuine."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from asskomm.core.api.throttles import costly
from asskomm.core.clock import clock
from asskomm.core.documents import as_download
from asskomm.core.documents.pdf import as_pdf, as_pdf_together
from asskomm.core.estimates import Estimate
from asskomm.core.visibility import ReaderRequest
from asskomm.events.documents.badges import badge_formats, badges, blank_badges
from asskomm.events.documents.papers import certificate as certificate_document
from asskomm.events.documents.papers import door_list, when
from asskomm.events.domain.certificates import certificate_with, is_for, issue, may_have_one
from asskomm.events.domain.days import days_of, hours_of, in_hours
from asskomm.events.domain.letters import registration_under
from asskomm.events.domain.queries.arriving import attended, confirmed_at, turnout_by_type, turnout_of, without_place
from asskomm.events.interfaces.door_forms import NameForm
from asskomm.events.interfaces.finding import organised_gathering


@login_required
def day(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show everything for the day in one place."""
    found = organised_gathering(request, reference, "events.see_participants")
    context = {
        "gathering": found,
        "turnout": turnout_of(found),
        "types": turnout_by_type(found),
        "without_place": without_place(found),
        "formats": badge_formats().values(),
        "over": found.ends_at <= clock.now(),
    }
    return render(request, "events/day.html", context)


@require_safe
@login_required
@costly
def badge_sheets(request: ReaderRequest, reference: str, key: str) -> HttpResponse:
    """Give badges of all who have a place."""
    found, on = organised_gathering(request, reference, "events.see_participants"), badge_formats().get(key)
    if on is None:
        raise Http404
    return pdf_answer(badges(found, confirmed_at(found), on), f"namensschilder-{found.reference}")


@require_safe
@login_required
@costly
def blank_sheet(request: ReaderRequest, reference: str, key: str) -> HttpResponse:
    """Give a sheet to write on by hand."""
    found, on = organised_gathering(request, reference, "events.see_participants"), badge_formats().get(key)
    if on is None:
        raise Http404
    return pdf_answer(blank_badges(found, on), f"namensschilder-leer-{found.reference}")


@require_safe
@login_required
@costly
def list_for_the_door(request: ReaderRequest, reference: str) -> HttpResponse:
    """Give the list to tick by hand."""
    found = organised_gathering(request, reference, "events.see_participants")
    return as_download(door_list(found, confirmed_at(found)), "pdf", f"einlassliste-{found.reference}")


@require_safe
@login_required
@costly
def certificates(request: ReaderRequest, reference: str) -> HttpResponse:
    """Give the certificates of all who were there in one file."""
    found = organised_gathering(request, reference, "events.see_participants")
    rows = attended(found)
    if not rows:
        raise Http404
    papers = [certificate_document(row, issue(row, by=request.principal)) for row in rows]
    return pdf_answer(as_pdf_together(papers), f"teilnahmebestaetigungen-{found.reference}")


@require_safe
@never_cache
@costly
def certificate(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Give somebody her certificate, by the link of her registration."""
    row = registration_under(reference, word)
    if row is None or not may_have_one(row):
        raise Http404
    return pdf_answer(as_pdf(certificate_document(row, issue(row, by=request.principal))), "teilnahmebestaetigung")


@never_cache
@costly
@sensitive_post_parameters("name")
def verify(request: ReaderRequest, number: str) -> HttpResponse:
    """Say what a number was issued for, and whether a name belongs to it; the page never says a name by itself."""
    found = certificate_with(number)
    if found is None:
        return render(request, "events/verify.html", {"certificate": None}, status=404)
    form = NameForm(request.POST or None)
    genuine = is_for(found, number, form.cleaned_data["name"]) if request.method == "POST" and form.is_valid() else None
    hours = hours_of(found.gathering) if found.days is None else in_hours(found.hours)
    context = {"certificate": found, "gathering": found.gathering, "when": when(found.gathering), "hours": hours}
    context |= {"days": found.days and Estimate(found.days), "of": Estimate(len(days_of(found.gathering)))}
    return render(request, "events/verify.html", {**context, "form": form, "genuine": genuine}, status=422 if form.errors else 200)


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """Give a PDF to keep."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
