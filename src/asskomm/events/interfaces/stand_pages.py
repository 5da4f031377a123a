# SPDX-License-Identifier: EUPL-1.2
"""Pages of whoever shows something: apply without an account, and behind the link from the mail change it, hand in the poster, withdraw."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from asskomm.core.api.throttles import costly
from asskomm.core.clock import clock
from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain import applying as verbs
from asskomm.events.domain.fairs import StandError
from asskomm.events.domain.poster_files import PosterError
from asskomm.events.domain.stand_letters import path_of_stand, stand_under
from asskomm.events.enums import StandState
from asskomm.events.interfaces.finding import gathering_with_fair
from asskomm.events.interfaces.kept_file import poster_file
from asskomm.events.interfaces.stand_forms import ApplyForm, StandForm
from asskomm.events.models import Fair, Stand


@costly
@sensitive_post_parameters("name", "email", "note")
def apply(request: ReaderRequest, reference: str) -> HttpResponse:
    """Apply; the answer is the same whether or not the address is known."""
    found, fair = gathering_with_fair(request, reference)
    if not fair.takes_applications(clock.today(), clock.now()):
        return render(request, "events/stand_apply.html", {"gathering": found, "form": None}, status=409 if request.method == "POST" else 200)
    form = ApplyForm(fair, request.POST or None)
    if request.method == "POST" and form.is_valid() and _applied(request, fair, form):
        return render(request, "events/stand_applied.html", {"gathering": found})
    return render(request, "events/stand_apply.html", {"gathering": found, "fair": fair, "form": form}, status=422 if form.errors else 200)


@costly
@never_cache
@sensitive_post_parameters("name", "note")
def stand(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Show her how it stands, and let her change it."""
    found = _under(reference, word)
    open_still = found.is_open(clock.now())
    form = StandForm(found, request.POST or None, request.FILES or None) if open_still else None
    if form is not None and request.method == "POST" and form.is_valid() and _saved(request, found, form):
        messages.success(request, _("Danke, es ist gespeichert. Mit demselben Link können Sie es ändern."))
        return redirect(path_of_stand(found))
    context = {
        "stand": found,
        "gathering": found.fair.gathering,
        "fair": found.fair,
        "form": form,
        "link": path_of_stand(found),
        "may_withdraw": found.state in {StandState.APPLIED, StandState.ACCEPTED},
    }
    return render(request, "events/stand.html", context, status=409 if form is None and request.method == "POST" else 422 if form and form.errors else 200)


@never_cache
def withdraw(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Ask once, then withdraw."""
    found = _under(reference, word)
    if found.state not in {StandState.APPLIED, StandState.ACCEPTED}:
        return redirect(path_of_stand(found))
    if request.method == "POST":
        verbs.withdraw_stand(found, by=request.principal)
        return redirect(path_of_stand(found))
    return render(request, "events/stand_withdraw.html", {"stand": found, "gathering": found.fair.gathering, "link": path_of_stand(found)})


@require_safe
@never_cache
def own_poster(request: ReaderRequest, reference: str, word: str) -> FileResponse:
    """Give her what she handed in."""
    return poster_file(_under(reference, word))


def _applied(request: ReaderRequest, fair: Fair, form: ApplyForm) -> bool:
    """Enter an application; a program that fills in all there is gets the same answer, and nothing comes of it."""
    if form.is_trapped:
        return True
    try:
        verbs.apply_for_stand(fair.gathering, form.cleaned_data["kind"], form.shown, form.cleaned_data["email"], by=request.principal)
    except StandError as fault:
        form.add_error(None, str(fault))
        return False
    return True


def _saved(request: ReaderRequest, found: Stand, form: StandForm) -> bool:
    data, by = form.cleaned_data, request.principal
    try:
        if data.get("poster"):
            verbs.hand_in_poster(found, data["poster"].name, data["poster"].file, data["alternative"], by=by)
        elif "alternative" in data:
            verbs.settle_poster(found, data["alternative"], remove=data.get("remove", False), by=by)
        verbs.change_stand(found, form.shown, by=by)
    except PosterError as fault:
        form.add_error("poster", str(fault))
        return False
    except StandError as fault:
        form.add_error(None, str(fault))
        return False
    return True


def _under(reference: str, word: str) -> Stand:
    found = stand_under(reference, word)
    if found is None:
        raise Http404
    return found
