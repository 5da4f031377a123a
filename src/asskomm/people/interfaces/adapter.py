# SPDX-License-Identifier: EUPL-1.2
"""How signing in behaves here: no sign-up by oneself."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

_WAYS = {
    "reauthenticate": _("Mit Passwort bestätigen"),
    "mfa_reauthenticate": _("Mit Code bestätigen"),
    "mfa_reauthenticate:webauthn": _("Mit Passkey bestätigen"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from functions, never from a form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse signing up."""
        return False

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, object]]:
        """Name the ways to confirm who one is in our words, the key first where there is one."""
        ways = sorted(super().get_reauthentication_methods(user), key=lambda way: way["id"] != "mfa_reauthenticate:webauthn")
        return [{**way, "description": str(_WAYS[way["id"]])} for way in ways]
