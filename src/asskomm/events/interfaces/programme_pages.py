# SPDX-License-Identifier: EUPL-1.2
"""Pages of those who plan a programme: the grid, rooms, tracks, speakers, sessions, and the release."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from asskomm.core.estimates import Estimate
from asskomm.core.ui.form_page import form_page
from asskomm.core.ui.watching import in_turn
from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain import programme as verbs
from asskomm.events.domain.programme_content import latest_version
from asskomm.events.domain.programme_versions import draft_notes, release_programme
from asskomm.events.domain.queries.conflicts import conflicts_of
from asskomm.events.domain.queries.inviting import asked_at
from asskomm.events.domain.workshops import set_places
from asskomm.events.interfaces.embedding import frame_of
from asskomm.events.interfaces.finding import organised_gathering
from asskomm.events.interfaces.programme_forms import (
    ReleaseForm,
    RoomForm,
    SessionForm,
    SlotForm,
    SpeakerForm,
    TrackForm,
    initial_of_session,
    initial_of_speaker,
)
from asskomm.events.interfaces.programme_grid import grid_of
from asskomm.events.models import Gathering


@login_required
def programme_change(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show the grid, with a small form at each session."""
    found = organised_gathering(request, reference)
    grid = grid_of(found)
    context = {
        "gathering": found,
        "grid": grid,
        "conflicts": Estimate(grid.conflicts),
        "version": latest_version(found),
        "speakers": found.speakers.all(),
        "rooms": found.rooms.all(),
        "tracks": found.tracks.all(),
        "frame": frame_of(found),
        "asked": asked_at(found),
    }
    return render(request, "events/programme_change.html", context)


@require_POST
@login_required
def session_place(request: ReaderRequest, reference: str, session: str) -> HttpResponse:
    """Give a session its time and room, whether typed or dragged there."""
    found = organised_gathering(request, reference)
    form = SlotForm(found, request.POST)
    if form.is_valid():
        row = get_object_or_404(found.sessions, reference=session)
        try:
            verbs.place_session(row, form.slot, by=request.principal)
        except verbs.ProgrammeError as fault:
            messages.error(request, str(fault))
    else:
        messages.error(request, " ".join(str(fault) for faults in form.errors.values() for fault in faults))
    return redirect(f"{plan_of(found)}#{session}")


@login_required
def room_new(request: ReaderRequest, reference: str) -> HttpResponse:
    """Add a room."""
    found, form = organised_gathering(request, reference), RoomForm(request.POST or None)
    return saved(request, found, form, _("Raum anlegen"), lambda: verbs.add_room(found, **form.cleaned_data, by=request.principal))


@login_required
def track_new(request: ReaderRequest, reference: str) -> HttpResponse:
    """Add a track."""
    found, form = organised_gathering(request, reference), TrackForm(request.POST or None)
    return saved(request, found, form, _("Themenreihe anlegen"), lambda: verbs.add_track(found, form.cleaned_data["name"], by=request.principal))


@login_required
def speaker_new(request: ReaderRequest, reference: str) -> HttpResponse:
    """Add somebody who contributes."""
    found, form = organised_gathering(request, reference), SpeakerForm(request.POST or None)
    return saved(request, found, form, _("Mitwirkende eintragen"), lambda: verbs.add_speaker(found, form.facts, by=request.principal))


@login_required
@in_turn(Gathering, "reference")
def speaker_change(request: ReaderRequest, reference: str, speaker: str) -> HttpResponse:
    """Change what is known of somebody."""
    found = organised_gathering(request, reference)
    row = get_object_or_404(found.speakers, reference=speaker)
    form = SpeakerForm(request.POST or None, initial=initial_of_speaker(row))
    return saved(request, found, form, _("Mitwirkende ändern"), lambda: verbs.change_speaker(row, form.facts, by=request.principal))


@login_required
def session_new(request: ReaderRequest, reference: str) -> HttpResponse:
    """Add a session; its time comes in the grid."""
    found = organised_gathering(request, reference)
    form = SessionForm(found, request.POST or None)

    def add() -> None:
        session = verbs.add_session(found, form.facts, by=request.principal)
        set_places(session, form.cleaned_data["places"], by=request.principal)

    return saved(request, found, form, _("Beitrag anlegen"), add)


@login_required
@in_turn(Gathering, "reference")
def session_change(request: ReaderRequest, reference: str, session: str) -> HttpResponse:
    """Change what a session is about."""
    found = organised_gathering(request, reference)
    row = get_object_or_404(found.sessions, reference=session)
    form = SessionForm(found, request.POST or None, initial=initial_of_session(row))

    def change() -> None:
        set_places(row, form.cleaned_data["places"], by=request.principal)  # the counters first, as everywhere
        verbs.change_session(row, form.facts, by=request.principal)

    return saved(request, found, form, _("Beitrag ändern"), change)


@login_required
def session_remove(request: ReaderRequest, reference: str, session: str) -> HttpResponse:
    """Ask once, then remove it."""
    found = organised_gathering(request, reference)
    row = get_object_or_404(found.sessions, reference=session)
    if request.method == "POST":
        verbs.remove_session(row, by=request.principal)
        messages.success(request, _("Der Beitrag ist entfernt."))
        return redirect(plan_of(found))
    return render(request, "events/session_remove.html", {"gathering": found, "session": row, "invited": row.invitations.exists()})


@login_required
def programme_release(request: ReaderRequest, reference: str) -> HttpResponse:
    """Offer what changed as notes; with conflicts ask once, then release."""
    found = organised_gathering(request, reference)
    conflicts = sorted({sentence for sentences in conflicts_of(found).values() for sentence in sentences})
    form = ReleaseForm(request.POST or None, initial={"notes": draft_notes(found)})
    if not conflicts:
        del form.fields["knowing_conflicts"]
    if request.method == "POST" and form.is_valid():
        try:
            release_programme(found, **form.cleaned_data, by=request.principal)
        except verbs.ProgrammeError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Das Programm ist veröffentlicht."))
            return redirect("events:programme", found.reference)
    unknown = list(found.speakers.filter(participant_type="", speakings__isnull=False).distinct())
    context = {"gathering": found, "form": form, "conflicts": conflicts, "unknown": unknown, "back": plan_of(found)}
    return render(request, "events/programme_release.html", context, status=422 if form.errors else 200)


def saved(request: ReaderRequest, found: Gathering, form: forms.Form, title: str, verb: Callable[[], Any]) -> HttpResponse:
    """Show a form, and go back to the grid when the verb has done it."""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                verb()
        except verbs.ProgrammeError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Gespeichert."))
            return redirect(plan_of(found))
    return form_page(request, form, title=title, belongs_to=_("Programm planen"), back=plan_of(found))


def plan_of(gathering: Gathering) -> str:
    """Give the address of the grid."""
    return reverse("events:programme_change", args=[gathering.reference])
