# SPDX-License-Identifier: EUPL-1.2
"""How signing in behaves here: no sign-up by oneself."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from functions, never from a form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse signing up."""
        return False
