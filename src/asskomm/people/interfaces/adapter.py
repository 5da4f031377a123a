# SPDX-License-Identifier: EUPL-1.2
"""How signing in behaves here: no sign-up by oneself."""

import math
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asskomm.core.clock import clock
from asskomm.people.domain.queries.serving import serves
from asskomm.people.interfaces.guessing import counts_of
from asskomm.people.interfaces.known_device import remember
from asskomm.people.models import Account

_WAYS = {
    "reauthenticate": _("Mit Passwort bestätigen"),
    "mfa_reauthenticate": _("Mit Code bestätigen"),
    "link": _("Mit Link per E-Mail bestätigen"),
    "mfa_reauthenticate:webauthn": _("Mit Passkey bestätigen"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from functions, never from a form."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _("Das waren zu viele Versuche. Bitte warten Sie fünf Minuten."),
        "rate_limited": _("Das waren zu viele Anfragen. Bitte warten Sie eine Minute."),
        "enter_current_password": _("Bitte geben Sie Ihr jetziges Passwort ein."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse signing up."""
        return False

    def pre_login(self, request: HttpRequest, user: Account, **more: Any) -> HttpResponse | None:
        """Let nobody in who holds no function today."""
        refusal: HttpResponse | None = super().pre_login(request, user, **more)
        if refusal is None and not serves(user, clock.today()):
            clear_login(request)
            return redirect("people:no_function")
        return refusal

    def post_login(self, request: HttpRequest, user: Account, **more: Any) -> HttpResponse:
        """Let the browser be known from now on."""
        response: HttpResponse = super().post_login(request, user, **more)
        remember(request, response, user.pk)
        return response

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Check a password, unless too many wrong ones came before.

        Raises
        ------
            ImmediateHttpResponse: she has to wait, on a page that offers a link instead.
        """
        counts = counts_of(request, str(credentials.get("email", "")))
        if wait := max(count.wait() for count in counts):
            raise ImmediateHttpResponse(render(request, "people/locked.html", {"minutes": math.ceil(wait / 60)}, status=429))
        account: Account | None = super().authenticate(request, **credentials)
        if account is not None:
            counts[0].clear()
            return account
        for count in counts:
            count.note()
        return None

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave the library's own count out, which locks the owner out with the guesser."""

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, object]]:
        """Name the ways to confirm who one is in our words, the key first where there is one."""
        ways = sorted(super().get_reauthentication_methods(user), key=lambda way: way["id"] != "mfa_reauthenticate:webauthn")
        if not ways and user.is_authenticated:
            ways = [{"id": "link", "url": reverse("people:confirm_by_link")}]
        return [{**way, "description": str(_WAYS[way["id"]])} for way in ways]
