# SPDX-License-Identifier: EUPL-1.2
"""Forms around one-time links: where to send one, and a first password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from asskomm.core.ui.address_field import AddressField
from asskomm.people.domain.accounts import AppointmentError, find_organisation
from asskomm.people.models import Account, Organisation


class LinkForm(forms.Form):
    """The address to which a link goes."""

    email = AddressField(label=_("E-Mail-Adresse"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class PasswordForm(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label=_("Neues Passwort"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=_("Mindestens 12 Zeichen. Am besten mehrere Wörter, die nicht zusammengehören."),
    )
    again = forms.CharField(label=_("Neues Passwort noch einmal"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False)

    def __init__(self, account: Account, *args: Any, **more: Any) -> None:
        """Keep whose it is."""
        super().__init__(*args, **more)
        self.account = account

    def clean_password(self) -> str:
        """Refuse one that is weak."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.account)
        return password

    def clean_again(self) -> str:
        """Refuse one that was mistyped."""
        again = str(self.cleaned_data["again"])
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise ValidationError(_("Die beiden Passwörter sind nicht gleich."))
        return again


class FirstAdministratorForm(forms.Form):
    """Who runs this installation."""

    given_name = forms.CharField(label=_("Vorname"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    family_name = forms.CharField(label=_("Nachname"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    email = AddressField(label=_("Dienstliche E-Mail-Adresse"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    organisation = forms.CharField(
        label=_("Organisation"), initial="Landespräventionsrat Sachsen", help_text=_("Ihr Name, bei Kommunen besser der achtstellige Schlüssel.")
    )

    def clean_organisation(self) -> Organisation:
        """Give the organisation of the name."""
        try:
            return find_organisation(self.cleaned_data["organisation"].strip())
        except AppointmentError as fault:
            raise ValidationError(str(fault)) from None
