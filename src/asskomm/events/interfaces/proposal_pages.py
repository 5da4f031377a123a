# SPDX-License-Identifier: EUPL-1.2
"""Pages of whoever proposes: the call, and behind a link her proposal. A draft is kept from the first word on; no account."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from asskomm.core.api.throttles import client_address, costly, counted_as
from asskomm.core.clock import clock
from asskomm.core.installation.shared import count_up
from asskomm.core.ui.watching import in_turn
from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain import proposing as verbs
from asskomm.events.domain.invitation_letters import path_of
from asskomm.events.domain.proposal_letters import path_of_proposal, proposal_under
from asskomm.events.domain.proposing import ProposalError
from asskomm.events.enums import ProposalState
from asskomm.events.interfaces.finding import visible_gathering
from asskomm.events.interfaces.proposal_forms import ProposalForm, answers_of, seen_of
from asskomm.events.models import Call, Invitation, Proposal

MOST_AN_HOUR = 60
"""How many drafts are begun from one address in an hour; a whole town hall may sit behind it."""
_PERSONAL = sensitive_post_parameters("name", "email", "organisation", "title", "abstract", "technology")


@costly
@never_cache
@_PERSONAL
def call(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show the call, and keep the first words of whoever answers it."""
    gathering = visible_gathering(request, reference)
    found = getattr(gathering, "call", None)
    if found is None or not gathering.published:
        raise Http404
    found.gathering = gathering
    if not found.is_open(clock.now()):
        return render(request, "events/call_closed.html", {"call": found, "gathering": gathering}, status=409 if request.method == "POST" else 200)
    return _written(request, found, None)


@costly
@never_cache
@_PERSONAL
@in_turn(Proposal, "reference")
def proposal(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Go on with a proposal, change it until the deadline, see how it stands."""
    found = _under(reference, word)
    if found.may_change(clock.now()):
        return _written(request, found.call, found)
    return render(request, "events/proposal_standing.html", _context(found.call, found), status=409 if request.method == "POST" else 200)


@never_cache
def withdraw(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Ask once, then take the proposal back."""
    found = _under(reference, word)
    if request.method == "POST":
        try:
            left = verbs.withdraw(found, by=request.principal)
        except ProposalError as fault:
            messages.error(request, str(fault))
            return redirect(path_of_proposal(found))
        messages.success(request, _("Ihr Vorschlag ist zurückgezogen.") if left else _("Ihr Entwurf ist gelöscht."))
        return redirect(path_of_proposal(left) if left else found.call.gathering.get_absolute_url())
    return render(request, "events/proposal_withdraw.html", _context(found.call, found))


def _written(request: ReaderRequest, found: Call, known: Proposal | None) -> HttpResponse:
    """Keep what was written, as a draft or handed in; a page that keeps drafts by itself is answered in JSON."""
    by_itself, submits = "X-Draft" in request.headers, request.POST.get("action") == "einreichen"
    submitted = known is not None and known.state == ProposalState.SUBMITTED
    form = ProposalForm(found, known, request.POST if request.method == "POST" else None, submits=submits or submitted)
    if request.method == "POST":
        valid = form.is_valid()
        try:
            if by_itself and not form.non_field_errors():
                return _kept_by_itself(_draft(request, found, known, form))
            if valid:
                return _kept(request, _submit(request, found, known, form) if submits or submitted else _draft(request, found, known, form))
        except ProposalError as fault:
            form.add_error(None, str(fault))
        if by_itself:
            return JsonResponse({"told": " ".join(map(str, form.non_field_errors()))}, status=409)
    return render(request, "events/proposal.html", _context(found, known) | {"form": form}, status=422 if form.errors else 200)


def _draft(request: ReaderRequest, found: Call, known: Proposal | None, form: ProposalForm) -> Proposal:
    if known is not None:
        return verbs.keep_draft(known, form.said)
    _require_few(request)
    return verbs.begin_draft(found, form.said, by=request.principal)


def _submit(request: ReaderRequest, found: Call, known: Proposal | None, form: ProposalForm) -> Proposal:
    """Hand it in, also where nothing was kept before; then only the letter that it arrived goes out."""
    with transaction.atomic():
        row = known
        if row is None:
            _require_few(request)
            row = verbs.begin_draft(found, replace(form.said, email=""), by=request.principal)
        return verbs.submit(row, form.said, by=request.principal)


def _kept(request: ReaderRequest, row: Proposal) -> HttpResponse:
    if row.state == ProposalState.SUBMITTED:
        messages.success(request, _("Danke, Ihr Vorschlag ist eingereicht. Mit dem Link dieser Seite ändern Sie ihn."))
    else:
        messages.success(request, _("Der Entwurf ist gespeichert. Mit dem Link dieser Seite schreiben Sie weiter."))
    return redirect(path_of_proposal(row))


def _kept_by_itself(row: Proposal) -> HttpResponse:
    return JsonResponse({"link": path_of_proposal(row), "seen": seen_of(row)})


def _require_few(request: ReaderRequest) -> None:
    if count_up(f"proposals:{counted_as(client_address(request))}", dt.timedelta(hours=1)) > MOST_AN_HOUR:
        raise ProposalError(_("Von Ihrem Anschluss kamen in einer Stunde sehr viele Vorschläge. Bitte warten Sie eine Stunde."))


def _context(found: Call, known: Proposal | None) -> dict[str, Any]:
    context: dict[str, Any] = {"call": found, "gathering": found.gathering, "proposal": known}
    if known is not None:
        accepted = Invitation.objects.with_all().filter(session=known.session_id, speaker__email__iexact=known.email).first() if known.session_id else None
        context |= {
            "link": path_of_proposal(known),
            "co_speakers": list(known.co_speakers.all()),
            "may_change": known.may_change(clock.now()),
            "answers": answers_of(known),
            "contribution": path_of(accepted) if accepted and known.state == ProposalState.ACCEPTED else "",
        }
    return context


def _under(reference: str, word: str) -> Proposal:
    found = proposal_under(reference, word)
    if found is None:
        raise Http404
    return found
