# SPDX-License-Identifier: EUPL-1.2
"""Pages of reviews: who looks at proposals, and for whoever does what there is to read and what she thinks of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from asskomm.core.estimates import Estimate
from asskomm.core.ui.watching import in_turn
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.events.domain import reviewing as verbs
from asskomm.events.domain.calling import CallError
from asskomm.events.domain.queries.reviewing import missing_reviews, to_read
from asskomm.events.domain.queries.ties import ties_of
from asskomm.events.enums import ProposalState
from asskomm.events.interfaces.call_forms import ReviewerForm, ReviewForm, initial_of_review
from asskomm.events.interfaces.finding import organised_call
from asskomm.events.interfaces.proposal_forms import answers_of
from asskomm.events.models import Proposal, Reviewer


@login_required
@never_cache
def reviewers(request: ReaderRequest, reference: str) -> HttpResponse:
    """Name who looks at proposals."""
    found = organised_call(request, reference)
    form = ReviewerForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.name_reviewer(found, form.cleaned_data["account"], form.cleaned_data.get("tracks") or (), by=request.principal)
        except CallError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("%(name)s kann die Vorschläge jetzt lesen und bekommt eine E-Mail.") % {"name": made})
            return redirect("events:reviewers", reference)
    missing = missing_reviews(found).by_reviewer
    rows = [(one, {*one.tracks.all()}, missing[one.pk]) for one in found.reviewers.select_related("account__person").prefetch_related("tracks")]
    context = {"gathering": found.gathering, "form": form, "reviewers": rows, "tracks": found.gathering.tracks.all()}
    return render(request, "events/reviewers.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def reviewer_limit(request: ReaderRequest, reference: str, reviewer: int) -> HttpResponse:
    """Say which tracks somebody reads."""
    found = organised_call(request, reference)
    row = get_object_or_404(found.reviewers, pk=reviewer)
    tracks = [track for track in found.gathering.tracks.all() if str(track.pk) in request.POST.getlist("tracks")]
    verbs.limit_reviewer(row, tracks, by=request.principal)
    messages.success(request, _("Die Änderung ist gespeichert."))
    return redirect("events:reviewers", reference)


@require_POST
@login_required
def reviewer_drop(request: ReaderRequest, reference: str, reviewer: int) -> HttpResponse:
    """Let somebody look no more."""
    found = organised_call(request, reference)
    row = get_object_or_404(found.reviewers, pk=reviewer)
    verbs.drop_reviewer(row, by=request.principal)
    messages.success(request, _("Der Name und was dazu bewertet war, sind weg."))
    return redirect("events:reviewers", reference)


@login_required
@never_cache
def reviews(request: ReaderRequest, reference: str) -> HttpResponse:
    """List what there is to judge, with what was judged already."""
    reviewer = _reviewer(request, reference)
    rows = list(to_read(reviewer).select_related("track").prefetch_related("co_speakers"))
    tied, own = ties_of(reviewer.account, rows), {review.proposal_id: review for review in reviewer.reviews.all()}
    listed = [(row, tied.get(row.pk, ""), own.get(row.pk)) for row in rows]
    context = {"call": reviewer.call, "gathering": reviewer.call.gathering, "rows": listed, "tracks": reviewer.tracks.all()}
    missing = [row for row, told, review in listed if row.state == ProposalState.SUBMITTED and not told and review is None]
    return render(request, "events/reviews.html", context | {"missing": Estimate(len(missing))})


@login_required
@never_cache
@in_turn(Proposal, "reference")
def review(request: ReaderRequest, gathering: str, reference: str) -> HttpResponse:
    """Show a proposal, and let somebody judge it who is not too close to it."""
    reviewer = _reviewer(request, gathering)
    found = get_object_or_404(to_read(reviewer).with_all(), reference=reference)
    told, undecided = ties_of(reviewer.account, [found]).get(found.pk, ""), found.state == ProposalState.SUBMITTED
    form = ReviewForm(request.POST or None, initial=initial_of_review(reviewer.reviews.filter(proposal=found).first()))
    if request.method == "POST" and form.is_valid():
        try:
            verbs.give_review(reviewer, found, verbs.Opinion(**form.cleaned_data), by=request.principal)
        except verbs.ReviewError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Danke, es ist gespeichert. Bis entschieden ist, können Sie es ändern."))
            return redirect("events:reviews", gathering)
    context = {"call": reviewer.call, "gathering": reviewer.call.gathering, "proposal": found, "answers": answers_of(found), "form": form}
    context |= {"told": told, "undecided": undecided, "named": not reviewer.call.nameless}
    return render(request, "events/review.html", context, status=422 if form.errors else 200)


def _reviewer(request: ReaderRequest, reference: str) -> Reviewer:
    """Give the reviewer that the reader is; for everybody else there is nothing here."""
    rows = Reviewer.objects.select_related("call__gathering__owner", "account")
    found = rows.filter(call__gathering__reference=reference, account=request.principal.account).first()
    if found is None or not allowed("events.review", request.principal, found.call):
        raise Http404
    return found
