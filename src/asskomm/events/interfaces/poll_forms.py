# SPDX-License-Identifier: EUPL-1.2
"""Forms with which people find a day."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.clock import BERLIN
from asskomm.core.visibility import Principal
from asskomm.events.enums import Answer
from asskomm.events.models import DatePoll, PollVoter
from asskomm.events.rules import ORGANISING
from asskomm.people.models import Organisation

_LINE = re.compile(r"^(\d{1,2}\.\d{1,2}\.\d{4}),?\s+(\d{1,2}[:.]\d{2})\s*(?:-|–|bis)\s*(\d{1,2}[:.]\d{2})(?:\s*Uhr)?$")


class PollForm(forms.Form):
    """What people are asked."""

    owner = forms.ModelChoiceField(label=gettext_lazy("Wer lädt ein?"), queryset=Organisation.objects.none(), empty_label=None)
    title = forms.CharField(label=gettext_lazy("Worum geht es?"), max_length=160)
    place = forms.CharField(label=gettext_lazy("Ort"), max_length=200, help_text=gettext_lazy("Haus und Anschrift, oder „online“"))
    times = forms.CharField(
        label=gettext_lazy("Termine zur Wahl"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Ein Termin je Zeile, zum Beispiel: 14.09.2027 10:00 bis 12:00"),
    )
    note = forms.CharField(label=gettext_lazy("Was sonst zu sagen ist"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, principal: Principal, *args: Any, **kwargs: Any) -> None:
        """Offer the organisations for which the reader invites."""
        super().__init__(*args, **kwargs)
        own = Organisation.objects.all() if principal.everything else Organisation.objects.filter(pk__in=principal.houses(*ORGANISING))
        self.fields["owner"].queryset = own  # type: ignore[attr-defined]

    def clean_times(self) -> list[tuple[dt.datetime, dt.datetime]]:
        """Read the lines."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["times"].splitlines() if line.strip()]
        return [_read(line) for line in lines]


class AnswerForm(forms.Form):
    """Whether somebody can come on each of the days."""

    name = forms.CharField(label=gettext_lazy("Ihr Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def __init__(self, poll: DatePoll, voter: PollVoter | None, data: QueryDict | None = None) -> None:
        """Offer the days, with what she said before."""
        said = {vote.option_id: vote.answer for vote in voter.votes.all()} if voter else {}
        super().__init__(data, initial={"name": voter.name} if voter else None)
        self._options = list(poll.options.all())
        for option in self._options:
            begin, end = localtime(option.starts_at), localtime(option.ends_at)
            label = _("%(day)s, %(begin)s bis %(end)s Uhr") % {"day": f"{begin:%d.%m.%Y}", "begin": f"{begin:%H:%M}", "end": f"{end:%H:%M}"}
            initial = said.get(option.pk)
            self.fields[f"option_{option.pk}"] = forms.ChoiceField(label=label, choices=Answer, widget=forms.RadioSelect, initial=initial)

    @property
    def answers(self) -> dict[int, str]:
        """What was entered, by the key of the day."""
        return {option.pk: self.cleaned_data[f"option_{option.pk}"] for option in self._options}


def _read(line: str) -> tuple[dt.datetime, dt.datetime]:
    """Read a day with begin and end, as they hold in Saxony."""
    found = _LINE.match(line)
    texts = [f"{found[1]} {time.replace('.', ':')}" for time in found.group(2, 3)] if found else ["", ""]
    try:
        begin, end = (dt.datetime.strptime(text, "%d.%m.%Y %H:%M").replace(tzinfo=BERLIN) for text in texts)
    except ValueError:
        raise forms.ValidationError(_("„%(line)s“ ist kein Termin. Schreiben Sie: 14.09.2027 10:00 bis 12:00"), params={"line": line[:60]}) from None
    return begin, end
