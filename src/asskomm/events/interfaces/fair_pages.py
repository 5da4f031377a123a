# SPDX-License-Identifier: EUPL-1.2
"""Pages of those who invite: what there is to apply for, who has applied, the hall and who stands where, lists for those who put it up."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from asskomm.core.api.throttles import costly
from asskomm.core.clock import clock
from asskomm.core.documents import as_download
from asskomm.core.exports import export, formats_for
from asskomm.core.ui.form_page import form_page
from asskomm.core.ui.watching import in_turn
from asskomm.core.visibility import ReaderRequest
from asskomm.events.documents.halls import set_up_list
from asskomm.events.domain import fairs as verbs
from asskomm.events.domain.fairs import StandError
from asskomm.events.domain.queries.stands import applications_of, hall_of, rooms_of, set_up_of
from asskomm.events.domain.stand_decisions import accept_stands, refuse_stands
from asskomm.events.interfaces.exports import stands_sheet
from asskomm.events.interfaces.fair_forms import AssignForm, HallForm, OfferForm, initial_offer
from asskomm.events.interfaces.finding import organised_fair, organised_gathering
from asskomm.events.models import Fair, Gathering

_DECISIONS = {"zusagen": accept_stands, "ablehnen": refuse_stands}


@login_required
@in_turn(Gathering, "reference")
def offer(request: ReaderRequest, reference: str) -> HttpResponse:
    """Say what there is to apply for."""
    found = organised_gathering(request, reference)
    form = OfferForm(request.POST or None, initial=initial_offer(Fair.objects.filter(gathering=found).first()))
    if request.method == "POST" and form.is_valid():
        try:
            verbs.offer_stands(found, form.offer, by=request.principal)
        except StandError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Die Änderung ist gespeichert."))
            return redirect("events:stand_applications", found.reference)
    lead = _("Wer etwas zeigen möchte, bewirbt sich auf der Seite der Veranstaltung, ohne Konto. Sie sagen zu oder ab.")
    return form_page(request, form, title=_("Stände und Poster einrichten"), belongs_to=found.title, back=found.get_absolute_url(), lead=lead)


@login_required
def applications(request: ReaderRequest, reference: str) -> HttpResponse:
    """List who has applied, those to decide first."""
    found, fair = organised_fair(request, reference)
    context = {
        "gathering": found,
        "fair": fair,
        "open": fair.takes_applications(clock.today(), clock.now()),
        "rooms": rooms_of(fair),
        "groups": applications_of(fair),
        "formats": formats_for(areas=False),
        "has_hall": fair.spots.exists(),
    }
    return render(request, "events/stand_applications.html", context)


@require_POST
@login_required
def decide(request: ReaderRequest, reference: str, decision: str) -> HttpResponse:
    """Say yes or no to all that are ticked."""
    found, _fair = organised_fair(request, reference)
    verb = _DECISIONS.get(decision)
    if verb is None:
        raise Http404
    try:
        number = verb(found, request.POST.getlist("stand"), by=request.principal)
    except StandError as fault:
        messages.error(request, str(fault))
    else:
        _say_decided(request, decision, number)
    return redirect("events:stand_applications", found.reference)


@login_required
@in_turn(Gathering, "reference")
def hall_change(request: ReaderRequest, reference: str) -> HttpResponse:
    """Draw the plan of the hall."""
    found, fair = organised_fair(request, reference)
    form = HallForm(fair, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.draw_hall(found, form.cleaned_data["columns"], form.cleaned_data["rows"], form.cells, by=request.principal)
        except StandError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Der Plan ist gespeichert."))
            return redirect("events:hall_change", found.reference)
    context = {"gathering": found, "form": form, "hall": hall_of(fair)}
    return render(request, "events/hall_change.html", context, status=422 if form.errors else 200)


@login_required
@in_turn(Gathering, "reference")
def assign(request: ReaderRequest, reference: str) -> HttpResponse:
    """Say where each stand is."""
    found, fair = organised_fair(request, reference)
    form = AssignForm(fair, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.assign_spots(found, form.wanted, by=request.principal)
        except StandError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Die Plätze sind vergeben."))
            return redirect("events:hall_assign", found.reference)
    context = {"gathering": found, "form": form, "hall": hall_of(fair)}
    return render(request, "events/hall_assign.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@costly
def stands_file(request: ReaderRequest, reference: str, ending: str) -> HttpResponse:
    """Give the list of all applications as a file."""
    found, fair = organised_fair(request, reference)
    if ending not in formats_for(areas=False):
        raise Http404
    return export(stands_sheet(fair), ending, f"staende-{found.reference}")


@require_safe
@login_required
@costly
def set_up_paper(request: ReaderRequest, reference: str) -> HttpResponse:
    """Give the list of tables and power for the house."""
    found, fair = organised_fair(request, reference)
    return as_download(set_up_list(found, set_up_of(fair)), "pdf", f"aufbau-{found.reference}")


def _say_decided(request: ReaderRequest, decision: str, number: int) -> None:
    if not number:
        messages.info(request, _("Es hat sich nichts geändert."))
    elif decision == "zusagen":
        messages.success(request, _("Zugesagt: %(count)d. Die E-Mails sind unterwegs.") % {"count": number})
    else:
        messages.success(request, _("Abgelehnt: %(count)d. Die E-Mails sind unterwegs.") % {"count": number})
