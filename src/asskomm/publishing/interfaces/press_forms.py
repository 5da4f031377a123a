# SPDX-License-Identifier: EUPL-1.2
"""Forms of press sheets: period, words, quotes."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asskomm.core.ui.days import ParameterError, read_day
from asskomm.core.ui.watching import WatchingForm
from asskomm.publishing.models.press import MOST_LETTERS


class DayField(forms.CharField):
    """A day as people write it."""

    def clean(self, value: Any) -> dt.date:
        """Read the day."""
        try:
            return read_day(super().clean(value))
        except ParameterError as fault:
            raise forms.ValidationError(str(fault)) from None


class PeriodForm(forms.Form):
    """The day of the figures and the day they are compared with."""

    start = DayField(label=_("Beginn des Zeitraums"), max_length=30, help_text=_("Tag, mit dem verglichen wird, zum Beispiel 14.09.2022"))
    day = DayField(label=_("Stand"), max_length=30, help_text=_("Tag, zum Beispiel 14.09.2023"))
    documented = forms.BooleanField(label=_("Nur belegte Tatsachen"), required=False)


class WordsForm(WatchingForm):
    """Headline, text and embargo."""

    headline = forms.CharField(label=_("Überschrift"), max_length=MOST_LETTERS)
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Eine leere Zeile trennt Absätze; der erste steht größer da."),
    )
    background = forms.CharField(
        label=_("Hintergrund"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Steht unter den Zahlen. Leer lassen, wenn keiner gebraucht wird."),
    )
    contact = forms.CharField(
        label=_("Kontakt für Rückfragen"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Name, Telefon, E-Mail; jede Angabe in einer Zeile"),
    )
    embargo_until = forms.DateTimeField(
        label=_("Sperrfrist"),
        required=False,
        input_formats=["%d.%m.%Y %H:%M"],
        widget=forms.DateTimeInput(format="%d.%m.%Y %H:%M"),
        help_text=_("Tag und Uhrzeit, zum Beispiel 14.09.2023 10:00; leer heißt sofort öffentlich"),
        error_messages={"invalid": _("Schreiben Sie Tag und Uhrzeit, zum Beispiel 14.09.2023 10:00.")},
    )
    funded = forms.BooleanField(label=_("Mit dem Satz zur Mitfinanzierung durch Steuermittel"), required=False)

    def clean(self) -> dict[str, Any]:
        """Give the texts with one kind of line ends."""
        cleaned = super().clean() or self.cleaned_data
        return {name: value.replace("\r\n", "\n") if isinstance(value, str) else value for name, value in cleaned.items()}


class QuoteForm(WatchingForm):
    """Who says what."""

    speaker = forms.CharField(label=_("Wer?"), max_length=120)
    function = forms.CharField(label=_("Funktion"), max_length=160, required=False)
    text = forms.CharField(label=_("Wortlaut"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}), help_text=_("Ohne Anführungszeichen"))
