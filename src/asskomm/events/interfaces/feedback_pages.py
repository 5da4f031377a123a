# SPDX-License-Identifier: EUPL-1.2
"""Pages on which people say how it was, and those on which whoever invited reads it."""

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from asskomm.core.api.throttles import client_address, costly, counted_as
from asskomm.core.clock import clock
from asskomm.core.documents.pdf import as_pdf_together
from asskomm.core.exports import export, formats_for
from asskomm.core.installation.shared import count_up
from asskomm.core.visibility import ReaderRequest
from asskomm.events.documents.posters import feedback_posters
from asskomm.events.domain import feedback as verbs
from asskomm.events.domain.queries.evaluating import evaluation_of, shown_answer
from asskomm.events.interfaces.exports import evaluation_sheet
from asskomm.events.interfaces.feedback_forms import FeedbackForm
from asskomm.events.interfaces.finding import organised_gathering
from asskomm.events.models import Gathering

_A_MINUTE = 60


@never_cache
@sensitive_post_parameters("liked", "better")
def feedback(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Ask how the gathering as a whole was, and lead to its sessions."""
    return _asked(request, reference, word, "")


@never_cache
@sensitive_post_parameters("liked", "better")
def session_feedback(request: ReaderRequest, reference: str, word: str, session: str) -> HttpResponse:
    """Ask how a session was."""
    return _asked(request, reference, word, session)


@login_required
def evaluation(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show what people said, as far as nobody can be told by it."""
    found = organised_gathering(request, reference, "events.see_participants")
    rows, now = evaluation_of(found), clock.now()
    context = {
        "gathering": found,
        "whole": rows[0],
        "sessions": rows[1:],
        "over": found.ends_at <= now,
        "begun": found.starts_at <= now,
        "taking": found.takes_feedback(now),
        "path": verbs.path_of_feedback(found),
        "formats": formats_for(areas=False),
    }
    return render(request, "events/evaluation.html", context)


@login_required
def close(request: ReaderRequest, reference: str) -> HttpResponse:
    """Ask once, then take no more answers."""
    found = organised_gathering(request, reference)
    if request.method == "POST":
        return _done(request, found, lambda: verbs.close_feedback(found, by=request.principal), _("Antworten werden nicht mehr angenommen."))
    return render(request, "events/feedback_close.html", {"gathering": found})


@require_POST
@login_required
def ask(request: ReaderRequest, reference: str) -> HttpResponse:
    """Write to everybody who was there."""
    found = organised_gathering(request, reference)
    return _done(request, found, lambda: verbs.ask_for_feedback(found, by=request.principal), _("Die E-Mails gehen in den nächsten Minuten hinaus."))


@require_POST
@login_required
def praise(request: ReaderRequest, reference: str, answer: str) -> HttpResponse:
    """Count an answer that is shown as praise, or no longer; its number would tell when it came."""
    found = organised_gathering(request, reference)
    row = shown_answer(found, answer)
    if row is None:
        raise Http404
    counts = request.POST.get("praise") == "ja"
    return _done(request, found, lambda: verbs.count_as_praise(row, praise=counts, by=request.principal), _("Gespeichert."))


@require_safe
@login_required
@costly
def evaluation_file(request: ReaderRequest, reference: str, ending: str) -> HttpResponse:
    """Give the numbers as a file."""
    found = organised_gathering(request, reference, "events.see_participants")
    if ending not in formats_for(areas=False):
        raise Http404
    return export(evaluation_sheet(found), ending, f"auswertung-{found.reference}")


@require_safe
@login_required
@costly
def posters(request: ReaderRequest, reference: str) -> HttpResponse:
    """Give a page to hang up for the gathering and for each session."""
    found = organised_gathering(request, reference)
    response = HttpResponse(as_pdf_together(feedback_posters(found)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="rueckmeldung-{found.reference}.pdf"'
    return response


def _asked(request: ReaderRequest, reference: str, word: str, session: str) -> HttpResponse:
    found = verbs.gathering_under(reference, word)
    if found is None:
        raise Http404
    parts = verbs.rated_parts(found)
    part = next((part for part in parts if part.reference == session), None)
    if session and part is None:
        raise Http404
    context = {
        "gathering": found,
        "part": part,
        "form": None,
        "whole": verbs.path_of_feedback(found),
        "parts": [(one, verbs.path_of_feedback(found, one.reference)) for one in parts if one != part],
    }
    if not found.takes_feedback(clock.now()):
        return render(request, "events/feedback.html", context)
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _require_few(request)
            verbs.give_feedback(found, session, form.said)
        except verbs.FeedbackError as fault:
            form.add_error(None, str(fault))
        else:
            return render(request, "events/feedback_given.html", context)
    return render(request, "events/feedback.html", context | {"form": form}, status=422 if form.errors else 200)


def _require_few(request: ReaderRequest) -> None:
    """Hold that one line does not answer for a whole hall; a hall behind one line takes some minutes more."""
    if count_up(f"feedback:{counted_as(client_address(request))}", dt.timedelta(minutes=1)) > _A_MINUTE:
        raise verbs.FeedbackError(_("Gerade kommen sehr viele Antworten. Bitte senden Sie Ihre in einer Minute noch einmal."))


def _done(request: ReaderRequest, found: Gathering, verb: Callable[[], object], done: str) -> HttpResponse:
    try:
        verb()
    except verbs.FeedbackError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, done)
    return redirect("events:evaluation", found.reference)
