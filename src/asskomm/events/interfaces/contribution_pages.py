# SPDX-License-Identifier: EUPL-1.2
"""Pages behind the link of somebody who is asked to contribute; no account, and nothing of it is kept on the way."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from asskomm.core.api.throttles import costly
from asskomm.core.clock import clock
from asskomm.core.ui.watching import in_turn
from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain import contributing as verbs
from asskomm.events.domain.invitation_letters import invitation_under, path_of
from asskomm.events.domain.inviting import InvitationError
from asskomm.events.domain.queries.evaluating import evaluation_of_session
from asskomm.events.domain.slides import SlidesError, slides_of
from asskomm.events.enums import InvitationState
from asskomm.events.interfaces.contribution_forms import ContributionForm
from asskomm.events.interfaces.slides_file import slides_file
from asskomm.events.models import Invitation, Session


@costly
@never_cache
@sensitive_post_parameters("biography", "fee", "travel")
@in_turn(Invitation, "reference")
@in_turn(Session, "invitations__reference", "reference")  # which others contribute to as well
def contribution(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Say yes and what about; later change it, and hand in slides."""
    found = _under(reference, word)
    if found.state == InvitationState.WITHDRAWN:
        return render(request, "events/contribution_closed.html", {"gathering": found.session.gathering}, status=410)
    slides = slides_of(found)
    form = ContributionForm(found, slides, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, found, form)
        except (InvitationError, SlidesError) as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Danke, es ist gespeichert. Mit demselben Link können Sie es ändern."))
            return redirect(path_of(found))
    now = clock.now()
    context = {
        "invitation": found,
        "gathering": found.session.gathering,
        "form": form,
        "slides": slides,
        "link": path_of(found),
        "open": found.is_open(now),
        "registers": found.session.gathering.places.exists(),
        "takes_slides": found.takes_slides(now),
        "said": evaluation_of_session(found.session) if found.takes_slides(now) and found.session.gathering.starts_at <= now else None,
    }
    return render(request, "events/contribution.html", context, status=422 if form.errors else 200)


@never_cache
def decline(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Ask once, then say no."""
    found = _under(reference, word)
    if request.method == "POST":
        try:
            verbs.decline_invitation(found, by=request.principal)
        except InvitationError as fault:
            messages.error(request, str(fault))
        return redirect(path_of(found))
    if not found.is_open(clock.now()) or found.state == InvitationState.DECLINED:
        return redirect(path_of(found))
    return render(request, "events/decline.html", {"invitation": found, "gathering": found.session.gathering, "link": path_of(found)})


@require_safe
@never_cache
def own_slides(request: ReaderRequest, reference: str, word: str) -> FileResponse:
    """Give her what she handed in."""
    return slides_file(slides_of(_under(reference, word)))


def _save(request: ReaderRequest, found: Invitation, form: ContributionForm) -> None:
    data, by = form.cleaned_data, request.principal
    if form.first:
        verbs.accept_invitation(found, form.contribution, by=by)
    if data["slides"]:
        verbs.hand_in_slides(found, data["slides"].name, data["slides"].file, documented=data["documented"], by=by)
    else:
        verbs.settle_slides(found, documented=data["documented"], remove=data.get("remove", False), by=by)


def _under(reference: str, word: str) -> Invitation:
    found = invitation_under(reference, word)
    if found is None:
        raise Http404
    return found
