# SPDX-License-Identifier: EUPL-1.2
"""Pages at the door: find and let in, without a script and with one, without a connection too, and links for those who help."""

import datetime as dt
import json
from collections.abc import Callable
from functools import wraps
from importlib.resources import files

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from asskomm.core.clock import clock
from asskomm.core.ui.form_page import form_page
from asskomm.core.visibility import ReaderRequest, allowed, require
from asskomm.events.domain.attendance import Came, CheckInError, Note, check_in, take_back
from asskomm.events.domain.door import RegistrationError
from asskomm.events.domain.door_passes import Entrance, give_pass, pass_named, pass_under, path_of_pass, revoke_pass
from asskomm.events.domain.merging_notes import merge_notes
from asskomm.events.domain.queries.arriving import came_at, found_at, turnout_of, without_place
from asskomm.events.domain.walk_ins import let_in_anyway, walk_in
from asskomm.events.enums import RegistrationState
from asskomm.events.interfaces.door_forms import GuestForm, PassForm
from asskomm.events.interfaces.finding import organised_gathering
from asskomm.events.models import DoorPass, Gathering, Registration

_SESSION = "door"
_ICONS = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"), ("icon-filled-512.png", "512x512", "maskable"))
"""For telephones that do not take a drawing: file, size, and whether the telephone may cut it to its own shape."""
AtDoor = Callable[[ReaderRequest, Entrance], HttpResponse]


def at_the_door(view: AtDoor) -> Callable[[ReaderRequest, str], HttpResponse]:
    """Let those through whose organisation invites, and those who have the link of the day; nobody else."""

    @wraps(view)
    def guarded(request: ReaderRequest, reference: str) -> HttpResponse:
        entrance = _entrance(request, reference)
        if allowed("events.let_in", request.principal, entrance):
            return view(request, entrance)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())

    return guarded


@never_cache
@csp_update({"manifest-src": [SELF]})  # type: ignore[arg-type]
@at_the_door
def entrance(request: ReaderRequest, entrance: Entrance) -> HttpResponse:
    """Find somebody by code or name, and let her in; a script makes it quicker and works without a connection."""
    if request.method == "POST":
        return _pressed(request, entrance)
    words = request.GET.get("q", "").strip()[:200]
    guests = allowed("events.let_in_guests", request.principal, entrance)
    context = {
        "gathering": entrance.gathering,
        "station": entrance.station,
        "words": words,
        "found": [(row, came_at(row), row.state == RegistrationState.CONFIRMED) for row in found_at(entrance.gathering, words)] if words else None,
        "turnout": turnout_of(entrance.gathering),
        "guests": guests,
        "guest_form": GuestForm(auto_id="guest_%s") if guests else None,
        "without_place": without_place(entrance.gathering) if guests else (),
        "inner_decoder": f"{settings.STATIC_URL}vendor/qr/index.js",
    }
    return render(request, "events/entrance.html", context)


def _pressed(request: ReaderRequest, entrance: Entrance) -> HttpResponse:
    row = get_object_or_404(Registration.objects.select_related("gathering"), gathering=entrance.gathering, reference=request.POST.get("key", ""))
    note = Note(clock.now(), entrance.station)
    try:
        if request.POST.get("action") == "zuruecknehmen":
            take_back(row, by=request.principal)
            messages.success(request, _("Der Einlass von %(name)s ist zurückgenommen.") % {"name": row.name})
        elif request.POST.get("action") == "trotzdem":
            require("events.let_in_guests", request.principal, entrance)
            _say(request, let_in_anyway(row, note, by=request.principal))
        else:
            _say(request, check_in(row, note, by=request.principal))
    except (CheckInError, RegistrationError) as fault:
        messages.error(request, f"✕ {fault}")
    return redirect("events:entrance", entrance.gathering.reference)


def _say(request: ReaderRequest, came: Came) -> None:
    if came.before:
        messages.info(request, f"↩ {came.sentence}")
    else:
        messages.success(request, f"✓ {came.sentence}")


@require_POST
@at_the_door
def merge(request: ReaderRequest, entrance: Entrance) -> HttpResponse:
    """Take what a telephone noted, as often as it likes, and give it what it does not know yet."""
    try:
        answer = merge_notes(entrance, json.loads(request.body), by=request.principal)
    except ValueError:  # of which `NotesError` is one
        return JsonResponse({"fault": _("Diese Anfrage haben wir nicht verstanden")}, status=400)
    return JsonResponse(answer)


@require_safe
@at_the_door
def worker(request: ReaderRequest, entrance: Entrance) -> HttpResponse:
    """Give the script that keeps this one page for times without a connection."""
    scripts = files("asskomm.events") / "static" / "events"
    source = "\n".join((scripts / f"entrance-{name}.js").read_text("utf-8") for name in ("forget", "worker"))
    names = ("vendor/kern/fonts/fira-sans.css", "vendor/kern/kern.min.css", "asskomm/asskomm.css", "events/entrance.css", "asskomm/menu.js")
    assets = [static(name) for name in (*names, "events/entrance-forget.js", "events/entrance.js", "vendor/qr/decode.js", "asskomm/icon.svg")]
    known = {"page": _path(entrance), "assets": [*assets, f"{settings.STATIC_URL}vendor/qr/index.js"]}
    return HttpResponse(f"const KNOWN = {json.dumps(known)};\n{source}", content_type="text/javascript; charset=utf-8")


@require_safe
@at_the_door
def manifest(request: ReaderRequest, entrance: Entrance) -> HttpResponse:
    """Let a telephone put the page on its first screen."""
    page, name = _path(entrance), _("Einlass")
    drawn = {"src": static("asskomm/icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    icons = [drawn, *({"src": static(f"asskomm/{file}"), "sizes": sizes, "type": "image/png", "purpose": purpose} for file, sizes, purpose in _ICONS)]
    known = {"name": f"{name}: {entrance.gathering.title}", "short_name": name, "start_url": page, "scope": page, "display": "standalone", "icons": icons}
    return JsonResponse(known, content_type="application/manifest+json")


@sensitive_post_parameters("name")
@at_the_door
def guest(request: ReaderRequest, entrance: Entrance) -> HttpResponse:
    """Let in somebody who is not registered, where a place is free."""
    require("events.let_in_guests", request.principal, entrance)
    form = GuestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _say(request, walk_in(entrance.gathering, form.applicant(), Note(clock.now(), entrance.station), by=request.principal))
            return redirect("events:entrance", entrance.gathering.reference)
        except RegistrationError as fault:
            form.add_error(None, str(fault))
    lead = _("Wer ohne Anmeldung kommt, bekommt einen freien Platz. Die Angaben werden acht Wochen nach der Veranstaltung gelöscht.")
    return form_page(
        request, form, title=_("Gast ohne Anmeldung"), belongs_to=_("Einlass"), back=_path(entrance), lead=lead, button=_("Platz geben und einlassen")
    )


@never_cache
def door_pass(request: ReaderRequest, reference: str, word: str) -> HttpResponse:
    """Say what the link is for; a button opens the door, because programs that look through messages open every address."""
    found = pass_under(reference, word)
    if found is None:
        return render(request, "events/door_pass.html", {"door_pass": None}, status=410)
    if request.method == "POST":
        request.session[_SESSION] = {**request.session.get(_SESSION, {}), found.gathering.reference: found.reference}
        if not request.user.is_authenticated:
            request.session.set_expiry(clock.end_of(clock.today()))
        return redirect("events:entrance", found.gathering.reference)
    return render(request, "events/door_pass.html", {"door_pass": found, "gathering": found.gathering})


@never_cache
@login_required
def passes(request: ReaderRequest, reference: str) -> HttpResponse:
    """List the links for the door, and give out one."""
    found = organised_gathering(request, reference)
    form = PassForm(found, request.POST or None, initial={"day": _first_day(found)})
    if request.method == "POST" and form.is_valid():
        give_pass(found, by=request.principal, **form.cleaned_data)
        messages.success(request, _("Der Link ist angelegt. Geben Sie ihn nur denen, die helfen."))
        return redirect("events:door_passes", found.reference)
    rows = [(row, settings.SITE_URL + path_of_pass(row), row.day < clock.today()) for row in found.door_passes.all()]
    return render(request, "events/door_passes.html", {"gathering": found, "form": form, "rows": rows}, status=422 if form.errors else 200)


@require_POST
@login_required
def revoke(request: ReaderRequest, reference: str, door_pass: str) -> HttpResponse:
    """Take a link back."""
    found = organised_gathering(request, reference)
    revoke_pass(get_object_or_404(DoorPass.objects.select_related("gathering"), gathering=found, reference=door_pass), by=request.principal)
    messages.success(request, _("Der Link gilt nicht mehr."))
    return redirect("events:door_passes", found.reference)


def _entrance(request: ReaderRequest, reference: str) -> Entrance:
    held = pass_named(request.session.get(_SESSION, {}).get(reference, ""))
    if held is not None:
        return Entrance(held.gathering, held)
    found = Gathering.objects.visible_to(request.principal).select_related("owner").filter(reference=reference).first()
    if found is None:
        raise Http404
    return Entrance(found)


def _first_day(gathering: Gathering) -> dt.date:
    day: dt.date = localtime(gathering.starts_at).date()
    return day


def _path(entrance: Entrance) -> str:
    return reverse("events:entrance", args=[entrance.gathering.reference])
