# SPDX-License-Identifier: EUPL-1.2
"""Pages around those with whom something is proposed: who proposes names them, and they agree by a link of their own."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from asskomm.core.api.throttles import costly
from asskomm.core.clock import clock
from asskomm.core.ui.form_page import form_page
from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain import co_speaking as verbs
from asskomm.events.domain.proposal_letters import co_speaker_under, path_of_co_speaker, path_of_proposal, proposal_under
from asskomm.events.domain.proposing import ProposalError
from asskomm.events.enums import ProposalState
from asskomm.events.interfaces.proposal_forms import CoSpeakerForm
from asskomm.events.models import Proposal


@costly
@never_cache
@sensitive_post_parameters("name", "email")
def name_co_speaker(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Name somebody."""
    found = _changeable(reference, word)
    form = CoSpeakerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.name_co_speaker(found, form.cleaned_data["name"], form.cleaned_data["email"], by=request.principal)
        except ProposalError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("%(name)s ist genannt und bekommt eine E-Mail, sobald der Vorschlag eingereicht ist.") % {"name": made.name})
            return redirect(path_of_proposal(found))
    lead = _("Sie oder er bekommt einen eigenen Link und sagt selbst zu. Ohne Zusage steht der Name nirgends.")
    return form_page(request, form, title=_("Wer noch mitwirkt"), belongs_to=_("Ihr Vorschlag"), back=path_of_proposal(found), lead=lead, button=_("Nennen"))


@require_POST
@never_cache
def drop_co_speaker(request: ReaderRequest, reference: str, word: str, co_speaker: str) -> HttpResponse:
    """Name somebody no more."""
    found = _changeable(reference, word)
    try:
        verbs.drop_co_speaker(found, co_speaker, by=request.principal)
        messages.success(request, _("Der Name ist weg."))
    except ProposalError as fault:
        messages.error(request, str(fault))
    return redirect(path_of_proposal(found))


@never_cache
def co_speaker(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Show for what somebody was named; only a button agrees or takes the name away."""
    found = co_speaker_under(reference, word)
    if found is None:
        raise Http404
    proposal = found.proposal
    if request.method == "POST":
        try:
            if request.POST.get("action") == "zusagen":
                verbs.agree(found, by=request.principal)
                messages.success(request, _("Danke, Sie sind als mitwirkend genannt."))
            else:
                verbs.step_down(found, by=request.principal)
                return render(request, "events/co_speaker_gone.html", {"gathering": proposal.call.gathering})
        except ProposalError as fault:
            messages.error(request, str(fault))
        return redirect(path_of_co_speaker(found))
    accepted = proposal.state == ProposalState.ACCEPTED and found.agreed_at is not None
    context = {"co_speaker": found, "proposal": proposal, "gathering": proposal.call.gathering, "may_agree": proposal.is_undecided, "accepted": accepted}
    return render(request, "events/co_speaker.html", context)


def _changeable(reference: str, word: str) -> Proposal:
    found = proposal_under(reference, word)
    if found is None or not found.may_change(clock.now()):
        raise Http404
    return found
