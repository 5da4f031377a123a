# SPDX-License-Identifier: EUPL-1.2
"""Pages of workshops: behind somebody's link to choose, and for those who plan how they stand, who comes, and giving out places by wishes."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from asskomm.core.api.throttles import costly
from asskomm.core.clock import clock
from asskomm.core.exports import export, formats_for
from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain.assigning import assign_workshops, proposals
from asskomm.events.domain.choosing import MOST_WISHES, choose, leave, name_wishes
from asskomm.events.domain.door import RegistrationError
from asskomm.events.domain.letters import path_of
from asskomm.events.domain.queries.choices import choices_of
from asskomm.events.domain.queries.seats import drawn_proposal, seats_of, standing_of_session, taken_by, workshops_standing
from asskomm.events.domain.workshops import enrol_in, take_out
from asskomm.events.enums import RegistrationState
from asskomm.events.interfaces.exports import seats_sheet
from asskomm.events.interfaces.finding import organised_gathering, registration_under_link
from asskomm.events.interfaces.workshop_forms import EnterForm, WishForm
from asskomm.events.models import Registration, Session

_Result = TypeVar("_Result")


@never_cache
def workshops(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Show what somebody can choose; each choice is a button, and wishes are three fields."""
    found = registration_under_link(reference, word)
    if request.method == "POST":
        _tried(request, lambda: _done(request, found))
        return redirect(f"{path_of(found)}workshops/")
    blocks = choices_of(found)
    if not blocks:
        raise Http404
    context = {
        "registration": found,
        "gathering": found.gathering,
        "blocks": [(block, WishForm(block) if block.by_wishes else None) for block in blocks],
        "takes_wishes": found.gathering.takes_wishes(clock.now()),
        "may_choose": found.state == RegistrationState.CONFIRMED and found.gathering.is_ahead(clock.now()),
        "back": path_of(found),
    }
    return render(request, "events/workshops.html", context)


@login_required
def workshops_overview(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show how the workshops stand, to those who plan."""
    found = organised_gathering(request, reference, "events.see_participants")
    return render(request, "events/workshops_overview.html", {"gathering": found, "blocks": workshops_standing(found), "formats": formats_for(areas=False)})


@login_required
def workshop(request: ReaderRequest, reference: str, session: str) -> HttpResponse:
    """List who takes part in a workshop and who waits; enter somebody who called."""
    found = organised_gathering(request, reference, "events.see_participants")
    row = get_object_or_404(found.sessions.filter(places__isnull=False).select_related("gathering", "places"), reference=session)
    if request.method == "POST" and "heraus" in request.POST:
        leaving = get_object_or_404(Registration.objects.select_related("gathering"), gathering=found, reference=request.POST["heraus"])
        _tried(request, lambda: take_out(leaving, row, by=request.principal), _("%(name)s ist nicht mehr dabei.") % {"name": leaving.name})
        return redirect("events:workshop", found.reference, row.reference)
    form = EnterForm(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        _enrol(request, form.cleaned_data["who"], row)
        return redirect("events:workshop", found.reference, row.reference)
    context = {"gathering": found, "session": row, "places": standing_of_session(row), "seats": seats_of(row), "form": form}
    return render(request, "events/workshop.html", context, status=422 if form.errors else 200)


def _enrol(request: ReaderRequest, who: Registration, row: Session) -> None:
    """Enter somebody, and say which place at the same time became free by it."""
    before = taken_by(who)
    seat = _tried(request, lambda: enrol_in(who, row, by=request.principal))
    if seat is None:
        return
    messages.success(request, f"{who.name}: {seat.get_state_display()}.")
    for title in sorted(before - taken_by(who)):
        messages.info(request, _("Der Platz in „%(title)s“ zur selben Zeit ist dafür wieder frei.") % {"title": title})


@login_required
def assign(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show what giving out the places comes to; a button does it, once."""
    found = organised_gathering(request, reference)
    overview = reverse("events:workshops_overview", args=[found.reference])
    if request.method == "POST":
        told = _("Die Plätze sind zugeteilt. Die E-Mails gehen in den nächsten Minuten hinaus.")
        _tried(request, lambda: assign_workshops(found, by=request.principal), told)
        return redirect(overview)
    context = {"gathering": found, "proposals": [drawn_proposal(proposal) for proposal in proposals(found)], "early": found.takes_wishes(clock.now())}
    return render(request, "events/workshops_assign.html", context)


@login_required
@costly
def seats_file(request: ReaderRequest, reference: str, ending: str) -> HttpResponse:
    """Give who takes part in what as a file."""
    found = organised_gathering(request, reference, "events.see_participants")
    if ending not in formats_for(areas=False):
        raise Http404
    return export(seats_sheet(found), ending, f"workshops-{found.reference}")


def _done(request: ReaderRequest, found: Registration) -> None:
    """Do what a button says."""
    action, session = request.POST.get("action", ""), request.POST.get("session", "")
    if action == "waehlen":
        choose(found, session, by=request.principal)
    if action == "verlassen":
        leave(found, session, by=request.principal)
    if action == "wuenschen":
        named = (request.POST.get(f"wish_{rank}", "") for rank in range(1, MOST_WISHES + 1))
        name_wishes(found, session, [wish for wish in named if wish], by=request.principal)
        messages.success(request, _("Ihre Wünsche sind gespeichert."))


def _tried(request: ReaderRequest, verb: Callable[[], _Result], done: str = "") -> _Result | None:
    try:
        result = verb()
    except RegistrationError as fault:
        messages.error(request, str(fault))
        return None
    if done:
        messages.success(request, done)
    return result
