# SPDX-License-Identifier: EUPL-1.2
"""Pages of whoever registers: the form, and behind the link from the mail how she stands."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from asskomm.core.api.throttles import costly
from asskomm.core.clock import clock
from asskomm.core.documents.qr import data_address, qr_svg
from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain import registering as verbs
from asskomm.events.domain.badge_codes import code_of
from asskomm.events.domain.certificates import may_have_one
from asskomm.events.domain.letters import path_of, registration_under
from asskomm.events.domain.queries.standing import place_in_line, places_line
from asskomm.events.enums import OPEN, RegistrationState
from asskomm.events.interfaces.forms import RegisterForm
from asskomm.events.models import Gathering

_VERBS = {"bestaetigen": verbs.confirm, "abmelden": verbs.cancel}


@costly
@sensitive_post_parameters("name", "email")
def register(request: ReaderRequest, reference: str) -> HttpResponse:
    """Register, without an account; the answer is the same whether or not the address is known."""
    gathering = get_object_or_404(Gathering.objects.visible_to(request.principal), reference=reference)
    form = RegisterForm(request.POST or None)
    if not gathering.takes_registrations(clock.now()):
        return render(request, "events/register.html", {"gathering": gathering, "form": None}, status=409 if request.method == "POST" else 200)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.register(gathering, form.applicant(clock.today()), by=request.principal)
        except verbs.RegistrationError as fault:
            form.add_error(None, str(fault))
        else:
            return render(request, "events/registered.html", {"gathering": gathering})
    context = {"gathering": gathering, "form": form, "places": places_line(gathering)}
    return render(request, "events/register.html", context, status=422 if form.errors else 200)


@never_cache
def registration(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Show how a registration stands; only a button confirms or cancels, because programs that look through mails open every address."""
    found = registration_under(reference, word)
    if found is None:
        raise Http404
    if request.method == "POST":
        verb = _VERBS.get(request.POST.get("action", ""))
        try:
            if verb is not None:
                verb(found, by=request.principal)
        except verbs.RegistrationError as fault:
            messages.error(request, str(fault))
        return redirect(path_of(found))
    waiting, ahead = found.state == RegistrationState.WAITING, found.gathering.is_ahead(clock.now())
    asked = found.state in {RegistrationState.HELD, RegistrationState.OFFERED, RegistrationState.LAPSED} or (waiting and not found.address_confirmed)
    context = {
        "registration": found,
        "gathering": found.gathering,
        "place_in_line": place_in_line(found) if waiting and found.address_confirmed else None,
        "ahead": ahead,
        "to_confirm": ahead and asked,
        "certificate": may_have_one(found),
        "code": data_address(qr_svg(code_of(found))) if ahead and found.state == RegistrationState.CONFIRMED else "",
        "word": word,
        "may_cancel": ahead and found.state in OPEN,
    }
    return render(request, "events/registration.html", context)
