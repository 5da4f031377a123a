# SPDX-License-Identifier: EUPL-1.2
"""The form that issues a token for a program."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asskomm.core.visibility import Principal, allowed
from asskomm.people.domain.tokens import MOST_DAYS, USUAL_DAYS
from asskomm.people.enums import Scope
from asskomm.people.models import ApiToken


class TokenForm(forms.Form):
    """What the program is called, what it may do, and for how long."""

    name = forms.CharField(
        label=_("Name des Programms"), max_length=ApiToken._meta.get_field("name").max_length, help_text=_("Daran erkennen Sie den Zugang später.")
    )
    scopes = forms.MultipleChoiceField(label=_("Das Programm darf"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple, initial=[Scope.READ.value])
    days = forms.IntegerField(label=_("Gültig für Tage"), min_value=1, max_value=MOST_DAYS, initial=USUAL_DAYS, help_text=_("Höchstens 365."))

    def __init__(self, principal: Principal, *args: Any, **more: Any) -> None:
        """Offer what the reader's function allows."""
        super().__init__(*args, **more)
        may_import = allowed("imports.use", principal)
        self.fields["scopes"].choices = [(scope.value, scope.label) for scope in Scope if may_import or scope is not Scope.IMPORT]  # type: ignore[attr-defined]
