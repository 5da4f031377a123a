# SPDX-License-Identifier: EUPL-1.2
"""The page on which those who invite write their own questions."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain.gatherings import GatheringError
from asskomm.events.domain.questions import MOST, Asked, set_questions
from asskomm.events.enums import ParticipantType, QuestionKind
from asskomm.events.interfaces.finding import organised_gathering
from asskomm.events.models import Gathering


class QuestionForm(forms.Form):
    """One question; a row without a text counts for nothing."""

    key = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=gettext_lazy("Frage"), required=False, max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Wie antwortet man?"), choices=QuestionKind, initial=QuestionKind.TEXT)
    choices = forms.CharField(
        label=gettext_lazy("Antworten zur Wahl"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("Eine je Zeile.")
    )
    required = forms.BooleanField(label=gettext_lazy("Muss beantwortet werden"), required=False)
    participant_types = forms.MultipleChoiceField(
        label=gettext_lazy("Wen fragen?"),
        required=False,
        choices=ParticipantType,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Leer heißt alle."),
    )

    @property
    def asked(self) -> Asked | None:
        """What was entered."""
        data = self.cleaned_data
        lines = [line.strip() for line in data.get("choices", "").splitlines() if line.strip()]
        chosen = lines if data.get("kind") == QuestionKind.CHOICE else []
        return Asked(data["text"], data["kind"], chosen, data["required"], data["participant_types"], data["key"]) if data.get("text") else None


QuestionForms = forms.formset_factory(QuestionForm, extra=2, max_num=MOST, validate_max=True)


@login_required
def questions(request: ReaderRequest, reference: str) -> HttpResponse:
    """Write the questions; clearing a text takes the question away."""
    found = organised_gathering(request, reference)
    rows = QuestionForms(request.POST or None, prefix="frage", initial=_initial(found))
    fault = ""
    if request.method == "POST" and rows.is_valid():
        try:
            shown = [row.cleaned_data["key"] for row in rows if row.cleaned_data.get("key")]
            set_questions(found, [asked for row in rows if (asked := row.asked) is not None], shown, by=request.principal)
        except GatheringError as error:
            fault = str(error)
        else:
            messages.success(request, _("Die Fragen sind gespeichert."))
            return redirect(found)
    wrong = request.method == "POST"
    return render(request, "events/questions.html", {"gathering": found, "rows": rows, "fault": fault}, status=422 if wrong else 200)


def _initial(gathering: Gathering) -> list[dict[str, Any]]:
    names = ("text", "kind", "required", "participant_types")
    return [{name: getattr(row, name) for name in names} | {"key": row.pk, "choices": "\n".join(row.choices)} for row in gathering.questions.all()]
