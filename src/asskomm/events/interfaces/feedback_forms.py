# SPDX-License-Identifier: EUPL-1.2
"""The form with which people say how it was."""

import secrets

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from asskomm.events.domain.feedback import Said
from asskomm.events.enums import Rating

_NONCE_BYTES, _LONGEST = 16, 1000


class FeedbackForm(forms.Form):
    """Three questions, of which one has to be answered."""

    rating = forms.TypedChoiceField(label=_("Wie war es?"), coerce=int, choices=Rating.choices, widget=forms.RadioSelect)
    liked = forms.CharField(label=_("Was war gut?"), required=False, max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
    better = forms.CharField(label=_("Was können wir besser machen?"), required=False, max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
    nonce = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None) -> None:
        """Give the form a word of its own, by which a second click is known."""
        super().__init__(data, initial={"nonce": secrets.token_hex(_NONCE_BYTES)})

    @property
    def said(self) -> Said:
        """What was entered."""
        return Said(**{name: self.cleaned_data[name] for name in ("rating", "nonce", "liked", "better")})
