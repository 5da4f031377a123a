# SPDX-License-Identifier: EUPL-1.2
"""What every request of somebody who is signed in passes: a function of today, and the second factor where her functions ask for it."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.urls.exceptions import Resolver404
from django.utils.translation import gettext as _

from asskomm.core.database.full import is_full
from asskomm.core.installation.maintenance import hindrance
from asskomm.core.ui.requests import asks_api
from asskomm.core.visibility import ANYONE, ReaderRequest
from asskomm.people.domain.devices import is_noted, note_device
from asskomm.people.domain.queries.serving import must_have_second_factor

if TYPE_CHECKING:
    from asskomm.people.models import Account

EXAMPLE = "example"
"""How the one click of an example is noted: it needs no second factor, because it guards nothing."""

_OPEN = {
    *(
        "account_logout",
        "account_reauthenticate",
        "set_language",
        "healthz",
        "readyz",
        "people:no_function",
        "people:link",
        "people:confirm_by_link",
        "people:set_up",
        "people:password",
    ),
    *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
}


LONGEST = 24 * 3600
"""Seconds after which a session ends however busy it is, as NIST SP 800-63B-4 has it for two factors."""

_ASK_ONCE_MORE = {"imports:undo"}


class GateMiddleware:
    """Ends the session of whoever holds no function today, and leads to the second factor who must have one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead elsewhere."""
        if request.user.is_authenticated:
            reader = cast("ReaderRequest", request)
            if not reader.principal.roles:
                logout(request)
                reader.principal = ANYONE
                return self.get_response(request) if asks_api(request) else redirect("people:no_function")
            if _lasts_too_long(request):
                return _begin_anew(request)
            if lacks_second_factor(reader) and _name(request) not in _OPEN:
                return redirect("mfa_index")
            if not is_noted(request.session) and not hindrance():
                _note(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, _kwargs: object) -> HttpResponse | None:
        """Ask once more who she is before what hurts in rooms that know no persons."""
        from asskomm.people.interfaces.stepping_up import confirmation

        match = request.resolver_match
        return confirmation(request) if match is not None and match.view_name in _ASK_ONCE_MORE else None


def lacks_second_factor(request: ReaderRequest) -> bool:
    """Whether she came in by a password or a link, must have a second factor, and has none yet; one that is set up was asked for on the way in."""
    ways = {way.get("method") for way in get_authentication_records(request, request.user)}
    if not ways or EXAMPLE in ways or not must_have_second_factor(request.principal):
        return False
    return not is_mfa_enabled(request.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])


def _lasts_too_long(request: HttpRequest) -> bool:
    """Whether she came in more than a day ago; the one click of an example may last."""
    records = get_authentication_records(request, request.user)
    return bool(records) and EXAMPLE not in {way.get("method") for way in records} and time.time() - records[0]["at"] > LONGEST


def _begin_anew(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else ""
    logout(request)
    messages.info(request, _("Nach einem Tag loggen Sie sich bitte noch einmal ein."))
    return redirect_to_login(back, settings.LOGIN_URL)


def _note(request: HttpRequest) -> None:
    try:
        note_device(cast("Account", request.user), request.session, request.headers.get("User-Agent", ""))
    except DatabaseError as fault:
        if not is_full(fault):  # on a full disk reading goes on
            raise


def _name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
