# SPDX-License-Identifier: EUPL-1.2
"""Pages of the agenda and the minutes of a gathering."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from asskomm.core.api.throttles import costly
from asskomm.core.documents import as_download
from asskomm.core.documents.formats import FORMATS
from asskomm.core.ui.form_page import form_page
from asskomm.core.ui.watching import in_turn
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.events.documents.minutes import minutes_document
from asskomm.events.domain import minutes as verbs
from asskomm.events.interfaces.finding import organised_gathering, visible_gathering
from asskomm.events.interfaces.minutes_forms import AgendaForm, MinutesForm, PromiseForms, initial_agenda
from asskomm.events.models import ActionItem, Gathering


@login_required
@in_turn(Gathering, "reference")
def agenda(request: ReaderRequest, reference: str) -> HttpResponse:
    """Set what is talked about."""
    found = organised_gathering(request, reference)
    form = AgendaForm(request.POST or None, initial=initial_agenda(found))
    if request.method == "POST" and form.is_valid() and _set(found, form, request):
        messages.success(request, _("Die Tagesordnung ist gespeichert."))
        return redirect(found)
    return form_page(request, form, title=_("Tagesordnung"), belongs_to=found.title, back=found.get_absolute_url())


def minutes(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show the minutes to everybody who sees the gathering, once they are released; before that to those who organise it."""
    found, organises = _readable(request, reference)
    context = {"gathering": found, "items": found.agenda.all(), "actions": found.actions.all(), "organises": organises, "formats": FORMATS}
    return render(request, "events/minutes.html", context)


@login_required
@in_turn(Gathering, "reference")
def write(request: ReaderRequest, reference: str) -> HttpResponse:
    """Write down what came of each point, and who does what."""
    found = organised_gathering(request, reference)
    form = MinutesForm(found, request.POST or None)
    promises = PromiseForms(request.POST or None, prefix="aufgabe")
    if request.method == "POST" and form.is_valid() and promises.is_valid():
        new = [promise for row in promises if (promise := row.promise) is not None]
        verbs.write_minutes(found, form.records, new, by=request.principal)
        messages.success(request, _("Das Protokoll ist gespeichert."))
        return redirect("events:minutes", found.reference)
    context = {"gathering": found, "form": form, "promises": promises}
    return render(request, "events/minutes_write.html", context, status=422 if form.errors or (request.POST and not promises.is_valid()) else 200)


@require_POST
@login_required
def release(request: ReaderRequest, reference: str) -> HttpResponse:
    """Let others read the minutes, or no longer."""
    found = organised_gathering(request, reference)
    released = request.POST.get("released") == "ja"
    try:
        verbs.release_minutes(found, released=released, by=request.principal)
    except verbs.MinutesError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Das Protokoll ist veröffentlicht.") if released else _("Das Protokoll sehen wieder nur Sie."))
    return redirect("events:minutes", found.reference)


@require_POST
@login_required
def tick(request: ReaderRequest, reference: str, action: int) -> HttpResponse:
    """Tick something off, or take the tick back."""
    found = organised_gathering(request, reference)
    row = get_object_or_404(ActionItem.objects.select_related("gathering"), gathering=found, pk=action)
    if request.POST.get("done") == "entfernen":
        verbs.remove_action(row, by=request.principal)
        messages.success(request, _("Die Aufgabe ist entfernt."))
    else:
        verbs.tick_off(row, done=request.POST.get("done") == "ja", by=request.principal)
    return redirect("events:minutes", found.reference)


@require_safe
@costly
def minutes_file(request: ReaderRequest, reference: str, ending: str) -> HttpResponse:
    """Give the minutes as a document."""
    found, _organises = _readable(request, reference)
    if ending not in FORMATS:
        raise Http404
    return as_download(minutes_document(found), ending, f"protokoll-{found.reference}")


def _readable(request: ReaderRequest, reference: str) -> tuple[Gathering, bool]:
    found = visible_gathering(request, reference)
    organises = allowed("events.change", request.principal, found)
    if not organises and found.minutes_released_at is None:
        raise Http404
    return found, organises


def _set(found: Gathering, form: AgendaForm, request: ReaderRequest) -> bool:
    try:
        verbs.set_agenda(found, form.cleaned_data["topics"], by=request.principal)
    except verbs.MinutesError as fault:
        form.add_error(None, str(fault))
        return False
    return True
