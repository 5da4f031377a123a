# SPDX-License-Identifier: EUPL-1.2
"""The filters of map and table as a form; what it refuses it says."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from asskomm.alliance.domain.queries.table import Filters
from asskomm.alliance.enums import Layer
from asskomm.core.clock import clock
from asskomm.core.ui.days import ParameterError, read_day
from asskomm.library.models import FieldOfAction
from asskomm.territory.enums import MunicipalityKind, SizeClass
from asskomm.territory.models import District


class DayField(forms.CharField):
    """A day as Germans write it; empty means today."""

    def clean(self, value: Any) -> Any:
        """Give the date.

        Raises
        ------
            ValidationError: it is no day.
        """
        text = super().clean(value)
        try:
            return read_day(text) if text else clock.today()
        except ParameterError as fault:
            raise forms.ValidationError(str(fault)) from None


class MapForm(forms.Form):
    """Day, switches and the choice of facts only."""

    all_optional = True
    stand = DayField(label=_("Stand"), required=False, max_length=20, help_text=_("Tag, zum Beispiel 14.09.2023"))
    schicht = forms.MultipleChoiceField(label=_("Nur Kommunen mit"), required=False, choices=Layer.choices, widget=forms.CheckboxSelectMultiple)
    belegt = forms.BooleanField(label=_("Nur belegte Tatsachen"), required=False)

    def __init__(self, data: QueryDict) -> None:
        """Show the day that is meant where none is given."""
        given = data.copy()
        given["stand"] = given.get("stand") or f"{clock.today():%d.%m.%Y}"
        super().__init__(given)

    def filters(self) -> Filters:
        """Give what was chosen.

        Raises
        ------
            ParameterError: something cannot be read.
        """
        if not self.is_valid():
            raise ParameterError(" ".join(str(error) for errors in self.errors.values() for error in errors))
        chosen = self.cleaned_data
        return Filters(on=chosen["stand"], documented=chosen["belegt"], layers=tuple(Layer(value) for value in chosen["schicht"]), **self._more(chosen))

    def _more(self, chosen: dict[str, Any]) -> dict[str, Any]:
        return {}


class TableForm(MapForm):
    """The same with district, type, size class and field of action."""

    kreis = forms.ModelChoiceField(label=_("Landkreis"), required=False, queryset=District.objects.all(), empty_label=_("alle"))
    art = forms.ChoiceField(label=_("Art der Kommune"), required=False, choices=[("", _("alle")), *MunicipalityKind.choices])
    groesse = forms.ChoiceField(
        label=_("Größenklasse"), required=False, choices=[("", _("alle")), *((str(v), label) for v, label in SizeClass.choices if v >= 0)]
    )
    thema = forms.ModelChoiceField(label=_("Handlungsfeld"), required=False, queryset=FieldOfAction.objects.all(), empty_label=_("alle"))

    field_order = ("stand", "kreis", "art", "groesse", "thema", "schicht", "belegt")

    def _more(self, chosen: dict[str, Any]) -> dict[str, Any]:
        return {
            "district": chosen["kreis"].pk if chosen["kreis"] else "",
            "kind": chosen["art"],
            "size": int(chosen["groesse"]) if chosen["groesse"] else None,
            "field": chosen["thema"].pk if chosen["thema"] else "",
        }
