# SPDX-License-Identifier: EUPL-1.2
"""Forms of signing in, with our words."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Label the fields as on the other pages."""
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        self.fields["login"].label = _("E-Mail-Adresse")
        self.fields["password"].label = _("Passwort")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.pop("autofocus", None)


class SecondFactorForm(AuthenticateForm):
    """The code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Label the field as on the other pages."""
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code aus Ihrer App")
        self.fields["code"].help_text = _("Sechs Ziffern. Ohne Telefon geht auch einer Ihrer Wiederherstellungscodes.")
        self.fields["code"].widget.attrs.pop("placeholder", None)


class ActivateForm(ActivateTOTPForm):
    """The first code proves that the app is set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Label the field as on the other pages."""
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code aus Ihrer App")
        self.fields["code"].help_text = _("Sechs Ziffern, die Ihre App jetzt anzeigt.")
        self.fields["code"].widget.attrs.pop("placeholder", None)
