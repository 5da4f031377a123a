# SPDX-License-Identifier: EUPL-1.2
"""Pages of gatherings: list, one, draft, change, publish, call off."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from asskomm.core.calendar.ics import answer_with
from asskomm.core.clock import clock
from asskomm.core.ui.form_page import form_page
from asskomm.core.ui.kept import same_for_strangers
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.ui.watching import in_turn
from asskomm.core.visibility import ReaderRequest, allowed, require
from asskomm.events.domain import gatherings as verbs
from asskomm.events.domain.polling import path_of_poll
from asskomm.events.domain.queries.agenda import agenda_of
from asskomm.events.domain.queries.choices import has_workshops
from asskomm.events.domain.queries.dates import date_of
from asskomm.events.domain.queries.polls import open_polls
from asskomm.events.domain.queries.standing import places_line, standing_of
from asskomm.events.interfaces.finding import organised_gathering, visible_gathering
from asskomm.events.interfaces.forms import GatheringForm, initial_of
from asskomm.events.models import Fair, Gathering
from asskomm.people.interfaces.stepping_up import confirmed


@same_for_strangers
def gatherings(request: ReaderRequest) -> HttpResponse:
    """List what is coming, and leaf through what was."""
    past = "frueher" in request.GET
    seen, now = Gathering.objects.visible_to(request.principal).select_related("owner"), clock.now()
    page = page_of_rows(request, seen.past(now) if past else seen.upcoming(now))
    organises = allowed("events.organise", request.principal)
    polls = [(poll, path_of_poll(poll)) for poll in open_polls(request.principal)] if organises and not past else []
    context = {"page": page, "past": past, "may_organise": organises, "polls": polls}
    return render(request, "events/gatherings.html", context)


@same_for_strangers
def gathering(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show the invitation, and to those who organise it how it stands."""
    found = visible_gathering(request, reference)
    organises = allowed("events.change", request.principal, found)
    fair = Fair.objects.select_related("gathering").filter(gathering=found).first()
    call = getattr(found, "call", None)
    context = {
        "gathering": found,
        "has_stands": fair is not None,
        "takes_stands": fair is not None and fair.takes_applications(clock.today(), clock.now()),
        "places": places_line(found),
        "over": found.ends_at <= clock.now(),
        "held": found.was_held(clock.now()),
        "open": found.takes_registrations(clock.now()),
        "organises": organises,
        "has_programme": found.programme_versions.exists(),
        "standing": standing_of(found) if organises else None,
        "series": Gathering.objects.visible_to(request.principal).upcoming(clock.now()).filter(series=found.series).exclude(pk=found.pk)
        if found.series
        else None,
        "video_link": found.video_link if organises or (request.principal.is_member and not found.places.exists()) else "",
        "agenda": agenda_of(found),
        "has_minutes": found.minutes_released_at is not None or (organises and found.agenda.exists()),
        "calls": call is not None and call.is_open(clock.now()),
        "reviews": call is not None and allowed("events.review", request.principal, call),
        "has_workshops": organises and has_workshops(found),
    }
    return render(request, "events/gathering.html", context)


@require_safe
def calendar(request: ReaderRequest, reference: str) -> HttpResponse:
    """Give the date as a file for a calendar."""
    found = visible_gathering(request, reference)
    return answer_with([date_of(found)], found.title, "veranstaltung")


@login_required
def new(request: ReaderRequest) -> HttpResponse:
    """Draft a gathering."""
    require("events.organise", request.principal)
    form = GatheringForm(request.principal, request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = _tried(form, lambda: verbs.draft_gathering(form.facts, form.room, owner=form.cleaned_data["owner"], by=request.principal))
        if draft is not None:
            messages.success(request, _("Der Entwurf ist angelegt. Außer Ihnen sieht ihn noch niemand."))
            return redirect(draft)
    title, lead = _("Veranstaltung anlegen"), _("Erst ein Entwurf: Veröffentlicht wird mit einem eigenen Knopf.")
    return form_page(request, form, title=title, belongs_to=_("Veranstaltungen"), back=reverse("events:gatherings"), lead=lead, button=_("Entwurf anlegen"))


@login_required
@in_turn(Gathering, "reference")
def change(request: ReaderRequest, reference: str) -> HttpResponse:
    """Change the invitation."""
    found = organised_gathering(request, reference)
    form = GatheringForm(request.principal, request.POST or None, initial=initial_of(found))
    form.fields["owner"].disabled = True
    if request.method == "POST" and form.is_valid():
        changed = _tried(form, lambda: verbs.change_gathering(found, form.facts, form.room, by=request.principal))
        if changed is not None:
            messages.success(request, _("Die Änderung ist gespeichert."))
            return redirect(changed)
    return form_page(request, form, title=_("Veranstaltung ändern"), belongs_to=found.title, back=found.get_absolute_url())


@require_POST
@login_required
def publish(request: ReaderRequest, reference: str) -> HttpResponse:
    """Let others see it."""
    return _moved(request, reference, verbs.publish_gathering, _("Veröffentlicht. Ab jetzt kann man sich anmelden."))


@login_required
@confirmed
def call_off(request: ReaderRequest, reference: str) -> HttpResponse:
    """Ask once, then call it off."""
    found = organised_gathering(request, reference)
    if request.method == "POST":
        return _moved(request, reference, verbs.call_off, _("Die Veranstaltung ist abgesagt."))
    return render(request, "events/call_off.html", {"gathering": found})


def _tried(form: GatheringForm, verb: Callable[[], Gathering]) -> Gathering | None:
    try:
        return verb()
    except verbs.GatheringError as fault:
        form.add_error(None, str(fault))
        return None


def _moved(request: ReaderRequest, reference: str, verb: Callable[..., Gathering], done: str) -> HttpResponse:
    found = organised_gathering(request, reference)
    try:
        verb(found, by=request.principal)
        messages.success(request, done)
    except verbs.GatheringError as fault:
        messages.error(request, str(fault))
    return redirect(found)
