# SPDX-License-Identifier: EUPL-1.2
"""Pages of whoever organises: ask somebody to contribute, see what she answered, send the link again, take it back, and what it costs."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from asskomm.core.audit.domain.reading import note_read
from asskomm.core.ui.form_page import form_page
from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain import inviting as verbs
from asskomm.events.domain.expenses import claim_of
from asskomm.events.domain.programme import GATHERINGS, ProgrammeError
from asskomm.events.domain.queries.expenses import costs_of
from asskomm.events.domain.slides import slides_of
from asskomm.events.enums import InvitationState
from asskomm.events.interfaces.finding import organised_gathering
from asskomm.events.interfaces.invitation_forms import InviteForm
from asskomm.events.interfaces.slides_file import slides_file
from asskomm.events.models import Invitation


@login_required
@sensitive_post_parameters("name", "email", "note")
def invite(request: ReaderRequest, reference: str) -> HttpResponse:
    """Ask somebody to contribute."""
    found = organised_gathering(request, reference)
    form, back = InviteForm(found, request.POST or None), reverse("events:programme_change", args=[found.reference])
    if request.method == "POST" and form.is_valid():
        try:
            row = verbs.invite_speaker(found, form.invitee, by=request.principal)
        except (verbs.InvitationError, ProgrammeError) as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Die Einladung an %(name)s ist unterwegs.") % {"name": row.speaker.name})
            return redirect(back)
    title, lead = _("Jemanden einladen"), _("Die Person bekommt einen Link. Damit sagt sie zu oder ab und füllt aus, was Sie für das Programm brauchen.")
    return form_page(request, form, title=title, belongs_to=_("Programm planen"), back=back, lead=lead, button=_("Einladen"))


@login_required
@never_cache
def invitation(request: ReaderRequest, reference: str, invitation: str) -> HttpResponse:
    """Show what somebody answered; that fee and travel were read is noted."""
    row = _organised(request, reference, invitation)
    claim = claim_of(row)
    if claim:
        note_read(verbs.TRAIL, row.reference, by=request.principal)
    ended = row.state in {InvitationState.DECLINED, InvitationState.WITHDRAWN}
    context = {"gathering": row.session.gathering, "invitation": row, "claim": claim, "slides": slides_of(row), "ended": ended}
    return render(request, "events/invitation.html", context)


@require_POST
@login_required
def send_again(request: ReaderRequest, reference: str, invitation: str) -> HttpResponse:
    """Send the link again."""
    row = _organised(request, reference, invitation)
    return _done(request, row, lambda: verbs.send_again(row, by=request.principal), _("Der Link ist noch einmal unterwegs."))


@login_required
def withdraw(request: ReaderRequest, reference: str, invitation: str) -> HttpResponse:
    """Ask once, then take the invitation back."""
    row = _organised(request, reference, invitation)
    if request.method == "POST":
        return _done(request, row, lambda: verbs.withdraw_invitation(row, by=request.principal), _("Die Einladung ist zurückgenommen."))
    return render(request, "events/invitation_withdraw.html", {"gathering": row.session.gathering, "invitation": row})


@require_safe
@login_required
@never_cache
def slides(request: ReaderRequest, reference: str, invitation: str) -> FileResponse:
    """Give the slides to those who organise."""
    return slides_file(slides_of(_organised(request, reference, invitation)))


@login_required
@never_cache
def costs(request: ReaderRequest, reference: str) -> HttpResponse:
    """Show what those who contribute cost, to those who pay it; that somebody looked is noted."""
    found = organised_gathering(request, reference)
    note_read(GATHERINGS, found.reference, by=request.principal)
    return render(request, "events/costs.html", {"gathering": found, "costs": costs_of(found)})


def _organised(request: ReaderRequest, reference: str, invitation: str) -> Invitation:
    found = organised_gathering(request, reference)
    return get_object_or_404(Invitation.objects.with_all(), session__gathering=found, reference=invitation)


def _done(request: ReaderRequest, row: Invitation, verb: Callable[[], Invitation], told: str) -> HttpResponse:
    try:
        verb()
        messages.success(request, told)
    except verbs.InvitationError as fault:
        messages.error(request, str(fault))
    return redirect("events:invitation", row.session.gathering.reference, row.reference)
