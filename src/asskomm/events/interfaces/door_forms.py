# SPDX-License-Identifier: EUPL-1.2
"""Forms at the door: a guest without registration, and a link for those who help."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from asskomm.core.ui.day_field import DayField
from asskomm.events.domain.registering import Applicant, Details
from asskomm.events.enums import ParticipantType
from asskomm.events.models import Gathering


class GuestForm(forms.Form):
    """Somebody who stands there without being registered; an address only if she wants a certificate by mail."""

    name = forms.CharField(label=_("Vor- und Nachname"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    participant_type = forms.ChoiceField(label=_("Kommt für"), choices=ParticipantType)
    organisation = forms.CharField(label=_("Kommune oder Stelle"), required=False, max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def applicant(self) -> Applicant:
        """Give what was entered."""
        data = self.cleaned_data
        return Applicant(data["name"], "", data["participant_type"], details=Details(data["organisation"]))


class PassForm(forms.Form):
    """For which door and which day a link is."""

    station = forms.CharField(label=_("Für welche Tür?"), max_length=60, help_text=_("Zum Beispiel „Haupteingang“; steht bei jedem Einlass dabei."))
    day = DayField(label=_("Tag"))
    lets_in_guests = forms.BooleanField(label=_("Darf auch Gäste ohne Anmeldung einlassen, solange ein Platz frei ist"), required=False)

    def __init__(self, gathering: Gathering, *args: object, **kwargs: object) -> None:
        """Know the days that can be chosen."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.gathering = gathering

    def clean_day(self) -> dt.date:
        """Hold the link to a day of the gathering."""
        from django.utils.timezone import localtime

        day: dt.date = self.cleaned_data["day"]
        if not localtime(self.gathering.starts_at).date() <= day <= localtime(self.gathering.ends_at).date():
            raise forms.ValidationError(_("An diesem Tag findet die Veranstaltung nicht statt."))
        return day


class NameForm(forms.Form):
    """The name on a paper."""

    name = forms.CharField(label=_("Name, wie er auf der Bestätigung steht"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
