# SPDX-License-Identifier: EUPL-1.2
"""Pages of those who invite: how one registers, who comes, whom to say yes to, whom to enter, and what they need."""

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from asskomm.core.api.throttles import costly
from asskomm.core.audit.domain.reading import note_read
from asskomm.core.exports import export, formats_for
from asskomm.core.ui.form_page import form_page
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.ui.watching import in_turn
from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain import admitting as verbs
from asskomm.events.domain.attendance import CheckInError
from asskomm.events.domain.days import days_of
from asskomm.events.domain.door import RegistrationError
from asskomm.events.domain.gatherings import TRAIL, GatheringError, set_terms
from asskomm.events.domain.queries.needs import needs_of
from asskomm.events.domain.queries.standing import contingents_of, standing_of
from asskomm.events.domain.queries.travelling import travelling_of
from asskomm.events.domain.ticking_off import may_tick, was_not_there, was_there
from asskomm.events.enums import Ask, RegistrationState
from asskomm.events.interfaces.exports import participants_sheet
from asskomm.events.interfaces.finding import organised_gathering
from asskomm.events.interfaces.registration_forms import EnrolForm, TermsForm, initial_terms
from asskomm.events.models import Gathering, Registration

_MOST_TO_DECIDE = 50
_TOLD = {
    RegistrationState.CONFIRMED: gettext_lazy("%(name)s ist angemeldet."),
    RegistrationState.WAITING: gettext_lazy("Alle Plätze sind vergeben: %(name)s steht auf der Warteliste."),
}
_SOMETHING_ELSE = gettext_lazy("%(name)s hat sich schon selbst angemeldet: %(state)s.")
_MOST_TICKED = 200
_LONGEST_NUMBER = 10
_TICKS = {"war-da": was_there, "war-nicht-da": was_not_there}
_DECISIONS = {"zusagen": verbs.approve, "ablehnen": verbs.refuse}


@login_required
@in_turn(Gathering, "reference")
def terms(request: ReaderRequest, reference: str) -> HttpResponse:
    """Set how one registers."""
    found = organised_gathering(request, reference)
    form = TermsForm(request.POST or None, initial=initial_terms(found))
    if request.method == "POST" and form.is_valid():
        try:
            set_terms(found, form.terms, by=request.principal)
        except GatheringError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Die Änderung ist gespeichert."))
            return redirect(found)
    lead = _("Alles hier ist freiwillig: Ohne Angaben melden sich die Leute mit vier Feldern an, und wer zuerst kommt, hat einen Platz.")
    return form_page(request, form, title=_("Anmeldung einrichten"), belongs_to=found.title, back=found.get_absolute_url(), lead=lead)


@login_required
def participants(request: ReaderRequest, reference: str) -> HttpResponse:
    """List who comes and who waits, in the order of arrival; first those who wait for a yes."""
    found = organised_gathering(request, reference, "events.see_participants")
    rows = Registration.objects.filter(gathering=found)
    context = {
        "gathering": found,
        "page": page_of_rows(request, rows.select_related("municipality", "brought_by", "attendance").order_by("number")),
        "ticking": may_tick(found) and rows.filter(shredded=False).exists(),
        "days": days_of(found),
        "to_decide": rows.to_approve()[:_MOST_TO_DECIDE],
        "standing": standing_of(found),
        "contingents": contingents_of(found),
        "asks_needs": {Ask.MEAL, Ask.NEEDS, Ask.TRAVEL} & {*found.asks},
        "formats": formats_for(areas=False),
    }
    return render(request, "events/participants.html", context)


@login_required
@costly
def participants_file(request: ReaderRequest, reference: str, ending: str) -> HttpResponse:
    """Give the list as a file."""
    found = organised_gathering(request, reference, "events.see_participants")
    if ending not in formats_for(areas=False):
        raise Http404
    return export(participants_sheet(found), ending, f"anmeldungen-{found.reference}")


@login_required
@sensitive_post_parameters("name", "email", "needs")
def enrol(request: ReaderRequest, reference: str) -> HttpResponse:
    """Enter somebody who called or wrote."""
    found = organised_gathering(request, reference)
    form = EnrolForm(found, request.POST or None)
    back = reverse("events:participants", args=[found.reference])
    if request.method == "POST" and form.is_valid():
        row = _tried(request, lambda: verbs.enrol(found, form.applicant, by=request.principal))
        if row is not None:
            messages.success(request, _TOLD.get(RegistrationState(row.state), _SOMETHING_ELSE) % {"name": row.name, "state": row.get_state_display()})
            return redirect(back)
    return form_page(request, form, title=_("Jemanden anmelden"), belongs_to=_("Anmeldungen"), back=back, button=_("Anmelden"))


@require_POST
@login_required
def decide(request: ReaderRequest, reference: str, number: int, decision: str) -> HttpResponse:
    """Say yes or no to a registration."""
    found = organised_gathering(request, reference)
    verb = _DECISIONS.get(decision)
    if verb is None:
        raise Http404
    row = get_object_or_404(Registration.objects.select_related("gathering"), gathering=found, number=number, shredded=False)
    decided = _tried(request, lambda: verb(row, by=request.principal))
    if decided is not None:
        messages.success(request, f"{decided.name}: {decided.get_state_display()}.")
    return redirect("events:participants", found.reference)


@require_POST
@login_required
def tick_off(request: ReaderRequest, reference: str) -> HttpResponse:
    """Note who of those that were ticked was there on a day, or that she was not."""
    found = organised_gathering(request, reference)
    verb = _TICKS.get(request.POST.get("action", ""))
    try:
        numbers = [int(number) for number in request.POST.getlist("number")[:_MOST_TICKED] if len(number) < _LONGEST_NUMBER]
        day = dt.date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise Http404 from None
    if verb is None:
        raise Http404
    try:
        count = verb(found, numbers, day, by=request.principal)
        messages.success(request, ngettext("Für %(number)d Person eingetragen.", "Für %(number)d Personen eingetragen.", count) % {"number": count})
    except CheckInError as fault:
        messages.error(request, str(fault))
    leaf = request.POST.get("seite", "")
    back = reverse("events:participants", args=[found.reference])
    return redirect(f"{back}?seite={leaf}" if leaf.isdecimal() else back)


@login_required
@never_cache
def needs(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show what they eat and need, and how they travel, to those who see to it; that somebody looked is noted."""
    found = organised_gathering(request, reference, "events.see_participants")
    note_read(TRAIL, found.reference, by=request.principal)
    return render(request, "events/needs.html", {"gathering": found, "needs": needs_of(found), "travelling": travelling_of(found)})


def _tried(request: ReaderRequest, verb: Callable[[], Registration]) -> Registration | None:
    try:
        return verb()
    except RegistrationError as fault:
        messages.error(request, str(fault))
        return None
