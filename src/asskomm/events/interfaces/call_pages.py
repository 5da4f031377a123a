# SPDX-License-Identifier: EUPL-1.2
"""Pages of whoever organises: call for sessions, see what was proposed, decide after a look at what goes out."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
from asskomm.core.ui.form_page import form_page
from asskomm.core.ui.watching import in_turn
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.events.domain import calling as verbs
from asskomm.events.domain.deciding import decide, letters_of
from asskomm.events.domain.proposal_letters import preview_of
from asskomm.events.domain.queries.reviewing import missing_reviews
from asskomm.events.domain.queries.scores import counts_of, judged, judged_one
from asskomm.events.enums import ProposalState
from asskomm.events.interfaces.call_forms import CallForm, DecisionForm, initial_of_call
from asskomm.events.interfaces.finding import organised_call, visible_gathering
from asskomm.events.interfaces.proposal_forms import answers_of
from asskomm.events.models import Call, Gathering, Proposal


@login_required
@in_turn(Gathering, "reference")
def call_change(request: ReaderRequest, reference: str) -> HttpResponse:
    """Call for sessions, or change and extend the call."""
    found = visible_gathering(request, reference)
    if not allowed("events.change", request.principal, found):
        raise Http404
    known = getattr(found, "call", None)
    form = CallForm(request.POST or None, initial=initial_of_call(known))
    if request.method == "POST" and form.is_valid():
        try:
            verbs.call_for_sessions(found, form.facts, by=request.principal)
        except verbs.CallError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Der Aufruf ist gespeichert."))
            return redirect("events:proposals", found.reference)
    back = reverse("events:proposals", args=[found.reference]) if known else reverse("events:programme_change", args=[found.reference])
    lead = _("Alle, die den Link haben, können einen Beitrag vorschlagen, ohne Konto. Jemanden einzuladen geht daneben weiter wie bisher.")
    belongs_to = _("Aufruf zur Mitwirkung") if known else _("Programm planen")
    title = _("Aufruf ändern") if known else _("Zur Mitwirkung aufrufen")
    return form_page(request, form, title=title, belongs_to=belongs_to, back=back, lead=lead, button=_("Speichern") if known else _("Aufruf öffnen"))


@require_POST
@login_required
def call_close(request: ReaderRequest, reference: str) -> HttpResponse:
    """Close a call before its day."""
    return _moved(request, reference, verbs.close_call, _("Der Aufruf ist geschlossen."))


@require_POST
@login_required
def call_reopen(request: ReaderRequest, reference: str) -> HttpResponse:
    """Open it again."""
    return _moved(request, reference, verbs.reopen_call, _("Der Aufruf ist wieder offen."))


@login_required
@never_cache
def proposals(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show how the call stands and what was proposed, the best first."""
    return _overview(request, organised_call(request, reference))


@login_required
@never_cache
def proposal_read(request: ReaderRequest, reference: str, proposal: str) -> HttpResponse:
    """Show a proposal with what reviewers say of it."""
    found = organised_call(request, reference)
    row = get_object_or_404(found.proposals.handed_in().with_all(), reference=proposal)
    context = {"call": found, "gathering": found.gathering, "proposal": row, "judged": judged_one(row), "answers": answers_of(row)}
    return render(request, "events/proposal_read.html", context)


@login_required
@never_cache
def decisions(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show what goes out to whom; a button of its own decides and sends. Loaded anew without a choice it leads back to the list."""
    found = organised_call(request, reference)
    if request.method != "POST":
        return redirect("events:proposals", reference)
    form = DecisionForm(list(found.proposals.handed_in().values_list("reference", flat=True)), request.POST)
    if not form.is_valid():
        return _overview(request, found, form)
    decision, chosen = ProposalState(form.cleaned_data["decision"]), form.cleaned_data["proposals"]
    if "senden" in request.POST:
        return _decided(request, found, decision, chosen)
    rows = list(found.proposals.with_all().filter(reference__in=chosen))
    to_decide = [row for row in rows if row.is_undecided and row.state != decision]
    letters = [letter for row in to_decide for letter in letters_of(row, decision)]
    example = preview_of(letters[0], decision, _("[hier steht der eigene Link]")) if letters else ""
    context = {"call": found, "gathering": found.gathering, "form": form, "letters": letters, "example": example, "label": decision.label}
    context |= {"rows": to_decide, "left": [row for row in rows if row not in to_decide], "count": Estimate(len(letters))}
    return render(request, "events/decisions.html", context)


def _decided(request: ReaderRequest, found: Call, decision: ProposalState, chosen: list[str]) -> HttpResponse:
    try:
        rows = decide(found, chosen, decision, by=request.principal)
    except verbs.CallError as fault:
        messages.error(request, str(fault))
    else:
        told = ngettext(
            "Ein Vorschlag ist entschieden, die E-Mails sind unterwegs.", "%(count)s Vorschläge sind entschieden, die E-Mails sind unterwegs.", len(rows)
        )
        messages.success(request, told % {"count": Estimate(len(rows))} if rows else _("Darüber war schon entschieden. Es ging keine E-Mail hinaus."))
    return redirect("events:proposals", found.gathering.reference)


def _overview(request: ReaderRequest, found: Call, form: DecisionForm | None = None) -> HttpResponse:
    rows, missing, now = judged(found), missing_reviews(found).by_proposal, clock.now()
    context = {
        "call": found,
        "gathering": found.gathering,
        "rows": [(row, missing.get(row.proposal.pk)) for row in rows],
        "counts": counts_of(rows),
        "drafts": Estimate(Proposal.objects.filter(call=found, state=ProposalState.DRAFT).count()),
        "open": found.is_open(now),
        "ahead": found.is_ahead(now),
        "may_reopen": found.closed_at is not None and found.closes_on >= clock.today() and found.is_ahead(now),
        "reviewers": found.reviewers.select_related("account__person"),
        "form": form or DecisionForm([]),
    }
    return render(request, "events/proposals.html", context, status=422 if form is not None else 200)


def _moved(request: ReaderRequest, reference: str, verb: Callable[..., Call], told: str) -> HttpResponse:
    found = organised_call(request, reference)
    try:
        verb(found, by=request.principal)
        messages.success(request, told)
    except verbs.CallError as fault:
        messages.error(request, str(fault))
    return redirect("events:proposals", reference)
