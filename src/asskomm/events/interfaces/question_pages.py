# SPDX-License-Identifier: EUPL-1.2
"""The pages on which those who invite write their own questions, to whoever registers and to whoever proposes."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.ui.watching import WatchingForm, in_turn
from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain.gatherings import GatheringError
from asskomm.events.domain.questions import MOST, Asked, set_call_questions, set_questions
from asskomm.events.enums import ParticipantType, QuestionKind
from asskomm.events.interfaces.finding import organised_call, organised_gathering
from asskomm.events.models import CallQuestion, Gathering, Question


class QuestionForm(WatchingForm):
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
        return Asked(data["text"], data["kind"], chosen, data["required"], data.get("participant_types", []), data["key"]) if data.get("text") else None


class CallQuestionForm(QuestionForm):
    """One question of a call, asked of everybody who proposes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out of whom it is asked."""
        super().__init__(*args, **kwargs)
        del self.fields["participant_types"]


if TYPE_CHECKING:
    _Rows = forms.BaseFormSet[QuestionForm]
else:  # the class takes no parameter when it runs
    _Rows = forms.BaseFormSet


class WatchingRows(_Rows):
    """Questions, each of which is compared with the one of its own key: others may have taken one away, or put one in between."""

    def _construct_form(self, number: int, **kwargs: Any) -> QuestionForm:
        """Give a row that was sent what stands there now; a question that is gone stands there as an empty one."""
        if self.is_bound:
            key = str(self.data.get(f"{self.prefix}-{number}-key", ""))
            known = {str(row["key"]): row for row in self.initial or ()}
            kwargs["initial"] = known.get(key, _GONE if key else {})
        return super()._construct_form(number, **kwargs)  # type: ignore[misc,no-any-return]  # the stubs leave it out


_GONE = {"text": "", "choices": ""}
QuestionForms = forms.formset_factory(QuestionForm, WatchingRows, extra=2, max_num=MOST, validate_max=True)
CallQuestionForms = forms.formset_factory(CallQuestionForm, WatchingRows, extra=2, max_num=MOST, validate_max=True)
_TEXTS = ("text", "kind", "required")


@login_required
@in_turn(Gathering, "reference")
def questions(request: ReaderRequest, reference: str) -> HttpResponse:
    """Write the questions; clearing a text takes the question away."""
    found = organised_gathering(request, reference)
    rows = QuestionForms(request.POST or None, prefix="frage", initial=_initial(found.questions.all(), (*_TEXTS, "participant_types")))
    lead = _(
        "Sie stehen im Formular der Anmeldung unter dem Übrigen. Fragen Sie nur, was Sie für die Vorbereitung brauchen; "
        "acht Wochen nach der Veranstaltung werden die Antworten gelöscht."
    )
    context = {"rows": rows, "belongs_to": found.title, "back": found.get_absolute_url(), "lead": lead}
    return _written(request, context, lambda asked, shown: set_questions(found, asked, shown, by=request.principal))


@login_required
@in_turn(Gathering, "reference")
def call_questions(request: ReaderRequest, reference: str) -> HttpResponse:
    """Write the questions of a call."""
    found = organised_call(request, reference)
    rows = CallQuestionForms(request.POST or None, prefix="frage", initial=_initial(found.questions.all(), _TEXTS))
    lead = _("Sie stehen im Formular für Vorschläge unter dem Übrigen. Fragen Sie nur, was Sie zum Auswählen und Vorbereiten brauchen.")
    back = reverse("events:proposals", args=[found.gathering.reference])
    context = {"rows": rows, "belongs_to": _("Aufruf zur Mitwirkung"), "back": back, "lead": lead}
    return _written(request, context, lambda asked, shown: set_call_questions(found, asked, shown, by=request.principal))


def _written(request: ReaderRequest, context: dict[str, Any], verb: Callable[[list[Asked], list[int]], None]) -> HttpResponse:
    """Show the questions, and keep them where they were sent."""
    rows, wrong = context["rows"], request.method == "POST"
    if wrong and rows.is_valid():
        try:
            shown = [row.cleaned_data["key"] for row in rows if row.cleaned_data.get("key")]
            verb([asked for row in rows if (asked := row.asked) is not None], shown)
        except GatheringError as error:
            context["fault"] = str(error)
        else:
            messages.success(request, _("Die Fragen sind gespeichert."))
            return redirect(context["back"])
    return render(request, "events/questions.html", context, status=422 if wrong else 200)


def _initial(rows: Iterable[Question | CallQuestion], names: Sequence[str]) -> list[dict[str, Any]]:
    """Give what the rows show; lines end as a browser sends them, so that a second click is known as one."""
    return [{name: getattr(row, name) for name in names} | {"key": row.pk, "choices": "\r\n".join(row.choices)} for row in rows]
