# SPDX-License-Identifier: EUPL-1.2
"""Forms of those who lead a meeting: the agenda as lines, the minutes point by point, and who does what."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.ui.day_field import DayField
from asskomm.core.ui.watching import WatchingForm
from asskomm.events.domain.minutes import Promise, Topic
from asskomm.events.models import Gathering

_LONGEST_TITLE, _LONGEST_RECORD = 200, 5000
_LINE = re.compile(r"^(?P<title>.+?)(?:(?:\s*[,;:(–-]\s*|\s+)(?P<minutes>\d{1,3})\s*(?:min|minuten|min\.)\)?)?$", re.IGNORECASE)


class AgendaForm(WatchingForm):
    """One point a line."""

    topics = forms.CharField(
        label=gettext_lazy("Tagesordnung"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("Ein Punkt je Zeile, mit Dauer, wenn Sie möchten: „Stand der Ortsbegehungen, 20 min“. Die Uhrzeiten rechnen wir aus."),
    )

    def clean_topics(self) -> list[Topic]:
        """Read the lines."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["topics"].splitlines() if line.strip()]
        topics = [_topic(line) for line in lines]
        if any(len(topic.title) > _LONGEST_TITLE for topic in topics):
            raise forms.ValidationError(_("Ein Punkt hat höchstens 200 Zeichen."))
        return topics


def initial_agenda(gathering: Gathering) -> dict[str, str]:
    """Give what the form shows."""
    lines = (f"{item.title}, {item.minutes} min" if item.minutes is not None else item.title for item in gathering.agenda.all())
    return {"topics": "\n".join(lines)}


class MinutesForm(WatchingForm):
    """What came of each point."""

    def __init__(self, gathering: Gathering, *args: Any, **kwargs: Any) -> None:
        """Add a field for each point."""
        self._items = list(gathering.agenda.all())
        shown = {f"record_{item.position}": item.record for item in self._items} | {"titles": [item.title for item in self._items]}
        super().__init__(*args, initial=shown, **kwargs)
        for item in self._items:
            field = forms.CharField(label=item.title, required=False, max_length=_LONGEST_RECORD, widget=forms.Textarea(attrs={"rows": 4}))
            self.fields[f"record_{item.position}"] = field

    @property
    def records(self) -> dict[int, str]:
        """What was entered, by the place of the point."""
        return {item.position: self.cleaned_data[f"record_{item.position}"] for item in self._items}


class PromiseForm(forms.Form):
    """Something that somebody does; a row that is left empty counts for nothing."""

    text = forms.CharField(label=gettext_lazy("Was ist zu tun?"), required=False, max_length=300)
    who = forms.CharField(label=gettext_lazy("Wer?"), required=False, max_length=120)
    due = DayField(label=gettext_lazy("Bis wann?"), required=False)

    def clean(self) -> dict[str, Any]:
        """Hold that whoever or a day does not stand alone."""
        data = super().clean() or {}
        if not data.get("text") and (data.get("who") or data.get("due")):
            self.add_error("text", _("Schreiben Sie dazu, was zu tun ist."))
        return data

    @property
    def promise(self) -> Promise | None:
        """What was entered."""
        data = self.cleaned_data
        return Promise(data["text"], data["who"], data["due"]) if data.get("text") else None


PromiseForms = forms.formset_factory(PromiseForm, extra=3, max_num=20, validate_max=True)


def _topic(line: str) -> Topic:
    found = _LINE.match(line)
    assert found is not None  # noqa: S101 -- every line with something in it fits
    return Topic(found["title"].rstrip(" ,;:(–-") or line, int(found["minutes"]) if found["minutes"] else None)
