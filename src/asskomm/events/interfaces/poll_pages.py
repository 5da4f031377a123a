# SPDX-License-Identifier: EUPL-1.2
"""Pages on which people find a day: ask, answer without an account, settle."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from asskomm.core.ui.form_page import form_page
from asskomm.core.visibility import ReaderRequest, allowed, require
from asskomm.events.domain import polling as verbs
from asskomm.events.domain.queries.polls import standing_of_poll
from asskomm.events.interfaces.poll_forms import AnswerForm, PollForm
from asskomm.events.models import DatePoll, PollVoter


@login_required
def new(request: ReaderRequest) -> HttpResponse:
    """Ask when people could meet."""
    require("events.organise", request.principal)
    form = PollForm(request.principal, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            poll = verbs.ask_when(data["owner"], data["title"], data["place"], data["times"], data["note"], by=request.principal)
        except verbs.PollError as fault:
            form.add_error("times", str(fault))
        else:
            messages.success(request, _("Schicken Sie den Link dieser Seite an alle, die mitreden sollen."))
            return redirect(verbs.path_of_poll(poll))
    lead = _("Nennen Sie Termine zur Wahl. Wer den Link bekommt, kreuzt an, wann es passt, ohne Konto.")
    return form_page(
        request, form, title=_("Termin finden"), belongs_to=_("Veranstaltungen"), back=reverse("events:gatherings"), lead=lead, button=_("Link anlegen")
    )


@never_cache
@sensitive_post_parameters("name")
def poll(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Show who can come when, and let somebody answer."""
    found = verbs.poll_under(reference, word)
    if found is None:
        raise Http404
    return _answered(request, found, None)


@never_cache
@sensitive_post_parameters("name")
def poll_voter(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Let somebody change her answers."""
    voter = verbs.voter_under(reference, word)
    if voter is None:
        raise Http404
    return _answered(request, voter.poll, voter)


@require_POST
@login_required
def settle(request: ReaderRequest, reference: str, option: int) -> HttpResponse:
    """Settle on a day."""
    found = get_object_or_404(DatePoll, reference=reference)
    row = get_object_or_404(found.options, pk=option)
    draft = verbs.settle(found, row, by=request.principal)
    messages.success(request, _("Der Termin steht fest. Der Entwurf der Veranstaltung ist angelegt."))
    return redirect(draft)


def _answered(request: ReaderRequest, found: DatePoll, voter: PollVoter | None) -> HttpResponse:
    form = AnswerForm(found, voter, request.POST or None) if found.settled_at is None else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            who = verbs.answer_poll(found, form.cleaned_data["name"], form.answers, voter)
        except verbs.PollError as fault:
            form.add_error("name", str(fault))
        else:
            messages.success(request, _("Gespeichert. Mit dem Link dieser Seite ändern Sie Ihre Antwort; merken Sie ihn sich."))
            return redirect(verbs.path_of_voter(who))
    context = {
        "poll": found,
        "standing": standing_of_poll(found),
        "form": form,
        "voter": voter,
        "organises": allowed("events.change", request.principal, found),
        "path": verbs.path_of_poll(found),
    }
    return render(request, "events/poll.html", context, status=422 if form is not None and form.errors else 200)
