# SPDX-License-Identifier: EUPL-1.2
"""Pages of whoever registers: the form, and behind the link from the mail how she stands."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from asskomm.core.api.throttles import costly
from asskomm.core.clock import clock
from asskomm.core.documents.qr import data_address, qr_svg
from asskomm.core.ui.form_page import form_page
from asskomm.core.ui.kept import kept_for_strangers, render_kept, same_for_strangers
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain import registering as verbs
from asskomm.events.domain.badge_codes import code_of
from asskomm.events.domain.certificates import may_have_one
from asskomm.events.domain.door import RegistrationError
from asskomm.events.domain.letters import path_of
from asskomm.events.domain.queries.choices import has_workshops
from asskomm.events.domain.queries.standing import place_in_line, places_line
from asskomm.events.enums import OPEN, Ask, RegistrationState
from asskomm.events.interfaces.finding import registration_under_link, visible_gathering
from asskomm.events.interfaces.registration_forms import DetailsForm, RegisterForm, initial_details
from asskomm.events.models import Gathering, Registration

_KEPT = 60
_VERBS: dict[str, Callable[..., Registration]] = {"bestaetigen": verbs.confirm, "abmelden": verbs.cancel, "alle-abmelden": partial(verbs.cancel, together=True)}


@same_for_strangers
@costly
@sensitive_post_parameters("name", "email", "needs", "companions")
def register(request: ReaderRequest, reference: str) -> HttpResponse:
    """Register, without an account; the answer is the same whether or not the address is known."""
    gathering = kept_for_strangers(request, f"asking:{reference}", lambda: _with_questions(request, reference))
    form = RegisterForm(gathering, request.POST or None)
    if not gathering.takes_registrations(clock.now()):
        return render(request, "events/register.html", {"gathering": gathering, "form": None}, status=409 if request.method == "POST" else 200)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.register(gathering, form.applicant, form.brought, by=request.principal)
        except RegistrationError as fault:
            form.add_error(None, str(fault))
        else:
            return render_kept(request, "events/registered.html", {"gathering": gathering}, key=f"{request.path}:{gathering}", seconds=_KEPT)
    context = {"gathering": gathering, "form": form, "places": places_line(gathering)}
    return render(request, "events/register.html", context, status=422 if form.errors else 200)


def _with_questions(request: ReaderRequest, reference: str) -> Gathering:
    found = visible_gathering(request, reference, along=())
    prefetch_related_objects([found], "questions")
    return found


@never_cache
def registration(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Show how a registration stands; only a button confirms or cancels, because programs that look through mails open every address."""
    found = registration_under_link(reference, word)
    if request.method == "POST":
        verb = _VERBS.get(request.POST.get("action", ""))
        try:
            if verb is not None:
                verb(found, by=request.principal)
        except RegistrationError as fault:
            messages.error(request, str(fault))
        return redirect(path_of(found))
    waiting, ahead = found.state == RegistrationState.WAITING, found.gathering.is_ahead(clock.now())
    asked = found.state in {RegistrationState.HELD, RegistrationState.OFFERED, RegistrationState.LAPSED} or (waiting and not found.address_confirmed)
    in_line = waiting and found.address_confirmed
    companions = list(found.companions.order_by("number")) if Ask.COMPANIONS in found.gathering.asks else []
    context = {
        "registration": found,
        "gathering": found.gathering,
        "applied": in_line and not found.approved,
        "place_in_line": place_in_line(found) if in_line and found.approved else None,
        "ahead": ahead,
        "to_confirm": ahead and asked,
        "certificate": may_have_one(found),
        "code": data_address(qr_svg(code_of(found))) if ahead and found.state == RegistrationState.CONFIRMED else "",
        "video_link": found.gathering.video_link if ahead and found.state == RegistrationState.CONFIRMED else "",
        "word": word,
        "may_cancel": ahead and found.state in OPEN,
        "companions": [(one, path_of(one)) for one in companions],
        "all_may_cancel": ahead and any(one.state in OPEN for one in companions),
        "change": f"{path_of(found)}aendern/",
        "others": f"{path_of(found)}teilnehmende/" if _sees_others(found) else "",
        "workshops": f"{path_of(found)}workshops/" if _chooses(found) else "",
        "seats": found.seats.select_related("session").order_by("session__starts_at", "state"),
    }
    return render(request, "events/registration.html", context)


@never_cache
@sensitive_post_parameters("name", "needs")
def change(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Change what somebody said about herself."""
    found = registration_under_link(reference, word)
    form = DetailsForm(found.gathering, request.POST or None, initial=initial_details(found))
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change_details(found, form.cleaned_data["name"], form.details, by=request.principal)
        except RegistrationError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Ihre Angaben sind gespeichert."))
            return redirect(path_of(found))
    lead = _("E-Mail-Adresse und wofür Sie kommen, lassen sich hier nicht ändern: Melden Sie sich dafür ab und neu an; ist alles voll, warten Sie dann neu.")
    if Ask.COMPANIONS in found.gathering.asks:
        lead = " ".join((lead, _("Wer noch mitkommt, meldet sich mit eigener E-Mail-Adresse selbst an.")))
    return form_page(request, form, title=_("Angaben ändern"), belongs_to=_("Ihre Anmeldung"), back=path_of(found), lead=lead)


@never_cache
def others(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """List who else comes, to those who come themselves: whoever agreed to it."""
    found = registration_under_link(reference, word)
    if not _sees_others(found):
        raise Http404
    rows = Registration.objects.filter(gathering=found.gathering, state=RegistrationState.CONFIRMED, listed=True, shredded=False).order_by("name", "pk")
    context = {"gathering": found.gathering, "page": page_of_rows(request, rows), "back": path_of(found)}
    return render(request, "events/others.html", context)


def _chooses(registration: Registration) -> bool:
    return registration.state == RegistrationState.CONFIRMED and has_workshops(registration.gathering)


def _sees_others(registration: Registration) -> bool:
    return Ask.LISTING in registration.gathering.asks and registration.state == RegistrationState.CONFIRMED
