# SPDX-License-Identifier: EUPL-1.2
"""Forms of appointing somebody, of the terms of a function, and of its end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asskomm.core.clock import clock
from asskomm.core.ui.address_field import AddressField
from asskomm.core.ui.day_field import DayField
from asskomm.core.ui.watching import WatchingForm
from asskomm.core.visibility import Principal, allowed
from asskomm.people.domain.accounts import fits
from asskomm.people.domain.queries.responsibility import may_stand_in
from asskomm.people.enums import FunctionRole
from asskomm.people.models import Function, Organisation, Person

_NAME = Person._meta.get_field("given_name").max_length


class TermsForm(forms.Form):
    """What the post is called, and what pays for it until when."""

    title = forms.CharField(
        label=_("Bezeichnung"), required=False, max_length=120, help_text=_("Wie die Stelle bei Ihnen heißt, zum Beispiel „Koordinierungsstelle Prävention“.")
    )
    share = forms.DecimalField(
        label=_("Stellenanteil"), required=False, max_digits=3, decimal_places=2, localize=True, help_text=_("0,5 ist eine halbe Stelle, 1 eine ganze.")
    )
    funded_until = DayField(label=_("Finanziert bis"), required=False, help_text=_("Letzter Tag, für den Geld da ist. Wir erinnern Sie rechtzeitig."))


class AppointmentForm(TermsForm):
    """Who gets which function, from when on; the mail with the invitation goes to her address."""

    field_order = ("given_name", "family_name", "email", "role", "start")
    given_name = forms.CharField(label=_("Vorname"), max_length=_NAME)
    family_name = forms.CharField(label=_("Nachname"), max_length=_NAME)
    email = AddressField(label=_("Dienstliche E-Mail-Adresse"), help_text=_("Dorthin geht die Einladung."))
    role = forms.ChoiceField(label=_("Funktion"))
    start = DayField(label=_("Erster Tag"))
    end = DayField(label=_("Letzter Tag"), required=False, help_text=_("Leer, wenn es kein Ende gibt. Danach hat die Person keinen Zugang mehr."))

    def __init__(self, organisation: Organisation, principal: Principal, *given: Any, **more: Any) -> None:
        """Offer the functions that there are here and that she may give."""
        super().__init__(*given, **more)
        roles = [
            role for role in FunctionRole if fits(role, organisation) and allowed("people.appoint", principal, Function(organisation=organisation, role=role))
        ]
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["start"].initial = clock.today()


class FunctionForm(TermsForm, WatchingForm):
    """The terms of a function, and who stands in."""

    deputy = forms.ModelChoiceField(
        label=_("Vertretung"),
        required=False,
        queryset=Person.objects.none(),
        empty_label=_("niemand"),
        help_text=_("Bekommt Fristen und Erinnerungen, wenn die Stelle frei ist. Sonst bekommt sie die Bürgermeisterin oder der Bürgermeister."),
    )

    def __init__(self, function: Function, data: Any = None) -> None:
        """Offer who else serves here."""
        terms = {"title": function.title, "share": function.share, "funded_until": function.funded_until, "deputy": function.deputy_id}
        super().__init__(data, initial=terms)
        self.fields["deputy"].queryset = may_stand_in(function, clock.today())  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day of a function."""

    last_day = DayField(label=_("Letzter Tag"))

    def __init__(self, data: Any = None) -> None:
        """Offer today."""
        super().__init__(data, initial={"last_day": clock.today()})
