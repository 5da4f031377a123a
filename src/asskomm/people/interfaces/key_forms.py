# SPDX-License-Identifier: EUPL-1.2
"""Forms of passkeys and security keys, with our words."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

_LONGEST = 80


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """What it is called, and whether it is enough by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Label the fields as on the other pages."""
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].max_length = _LONGEST
        self.fields["name"].help_text = _("Daran erkennen Sie ihn später, etwa „Diensthandy“.")
        self.fields["passwordless"].label = _("Damit ohne Passwort einloggen")
        self.fields["passwordless"].help_text = _("Ohne Haken dient er nur als zweiter Faktor neben dem Passwort, etwa ein älterer Sicherheitsschlüssel.")
        self.fields["passwordless"].initial = True


class RenameKeyForm(EditWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """What it is called."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Label the field as on the other pages."""
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].max_length = _LONGEST
