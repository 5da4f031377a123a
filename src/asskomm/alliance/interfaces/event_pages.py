# SPDX-License-Identifier: EUPL-1.2
"""Pages of events: list, one with its history, entry, change, withdrawal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from asskomm.alliance.domain import events as verbs
from asskomm.alliance.domain.drafts import EventDraft, RefusalError
from asskomm.alliance.domain.queries.readable import last_version
from asskomm.alliance.interfaces.forms import EventForm, initial_of
from asskomm.alliance.measures import MEASURES, measure_estimate
from asskomm.alliance.models import Event, EventKind
from asskomm.core.imports.domain.queries.origin import source_of
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.territory.models import Municipality


def events(request: ReaderRequest) -> HttpResponse:
    """List what the reader may see, newest first."""
    rows = Event.objects.current().visible_to(request.principal).for_reading()
    kinds = {kind.key: kind for kind in EventKind.objects.all()}
    kind = request.GET.get("art", "")
    context = {
        "page": page_of_rows(request, rows.filter(kind=kinds[kind]) if kind in kinds else rows, counted=False),
        "kinds": kinds.values(),
        "kind": kind,
        "may_enter": allowed("alliance.enter_events", request.principal),
    }
    return render(request, "alliance/events.html", context)


def _visible(request: ReaderRequest, reference: str) -> Event:
    """Give the last version of an event that the reader may see."""
    found = last_version(reference, request.principal)
    if found is None or (not found.is_current and not allowed("alliance.change_event", request.principal, found)):
        raise Http404  # withdrawn: whoever may take it back still sees it
    return found


def event(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show one event."""
    shown = _visible(request, reference)
    may_change, current = allowed("alliance.change_event", request.principal, shown), shown.is_current
    context = {
        "event": shown,
        "measures": [(MEASURES[name], measure_estimate(name, value)) for name, value in shown.measures.items()],
        "amount": shown.money,
        "file": source_of("events", reference, request.principal),
        "may_change": may_change and current,
        "may_restore": may_change and not current,
        "may_confirm": current and shown.status == "reported" and allowed("alliance.confirm_event", request.principal),
    }
    return render(request, "alliance/event.html", context)


@login_required
def enter(request: ReaderRequest) -> HttpResponse:
    """Enter an event."""
    if not allowed("alliance.enter_events", request.principal):
        raise PermissionDenied
    form = EventForm(request.POST or None, principal=request.principal, initial=_start(request))
    if request.method == "POST" and form.is_valid() and form.draft and (recorded := _record(form, form.draft, request, None)):
        messages.success(request, _("Das Ereignis ist eingetragen."))
        return redirect(recorded)
    return render(request, "alliance/enter.html", {"form": form, "title": _("Ereignis eintragen")}, status=422 if form.errors else 200)


def _start(request: ReaderRequest) -> dict[str, str]:
    wanted = request.GET.get("kommune", "")
    keys = [wanted] if wanted else sorted(request.principal.municipalities)[:2]
    own = list(Municipality.objects.filter(ags__in=keys).select_related("district"))
    kind = {"kind": request.GET["art"]} if request.GET.get("art") else {}
    return {"places": f"{own[0].name} ({own[0].district.name})", **kind} if len(own) == 1 else kind


def _record(form: EventForm, draft: EventDraft, request: ReaderRequest, before: Event | None) -> Event | None:
    try:
        return verbs.correct_event(before, draft, by=request.principal) if before else verbs.record_event(draft, by=request.principal)
    except RefusalError as fault:
        form.add_error(None, str(fault))
    except PermissionDenied:
        form.add_error("places", _("Für diese Kommune dürfen Sie nichts eintragen."))
    return None


@login_required
def correct(request: ReaderRequest, reference: str) -> HttpResponse:
    """Change an event; the version before stays readable."""
    before = _changeable(request, reference)
    form = EventForm(request.POST or None, principal=request.principal, correcting=True, initial=initial_of(before))
    if request.method == "POST" and form.is_valid() and form.draft and (recorded := _record(form, form.draft, request, before)):
        messages.success(request, _("Die Änderung ist gespeichert."))
        return redirect(recorded)
    return render(request, "alliance/enter.html", {"form": form, "event": before, "title": _("Ereignis ändern")}, status=422 if form.errors else 200)


def _changeable(request: ReaderRequest, reference: str) -> Event:
    found = _visible(request, reference)
    if not allowed("alliance.change_event", request.principal, found):
        raise PermissionDenied
    return found


@require_POST
@login_required
def confirm(request: ReaderRequest, reference: str) -> HttpResponse:
    """Confirm a reported event."""
    return _done(request, _visible(request, reference), verbs.confirm_event, _("Das Ereignis ist bestätigt."))


@require_POST
@login_required
def withdraw(request: ReaderRequest, reference: str) -> HttpResponse:
    """Withdraw an event; it can be taken back."""
    return _done(request, _visible(request, reference), verbs.withdraw_event, _("Das Ereignis zählt nicht mehr. Sie können es wiederherstellen."))


@require_POST
@login_required
def restore(request: ReaderRequest, reference: str) -> HttpResponse:
    """Take a withdrawal back."""
    return _done(request, _visible(request, reference), verbs.restore_event, _("Das Ereignis zählt wieder."))


def _done(request: ReaderRequest, shown: Event, verb: "verbs.Verb", text: str) -> HttpResponse:
    try:
        verb(shown, by=request.principal)
        messages.success(request, text)
    except RefusalError as fault:
        messages.error(request, str(fault))
    return redirect("alliance:event", shown.reference)
