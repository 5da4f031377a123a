# SPDX-License-Identifier: EUPL-1.2
"""Questions of a gathering or a call as fields of a form, and their answers out of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from asskomm.events.enums import ParticipantType, QuestionKind
from asskomm.events.models import Asking, Gathering, Question

_LONGEST = 500


def questions_of(gathering: Gathering, participant_type: str | None = None) -> list[Question]:
    """Give the questions of a gathering, or those asked of one type of participants."""
    return [question for question in gathering.questions.all() if participant_type is None or question.is_for(participant_type)]


def add_fields(form: forms.Form, questions: Sequence[Asking]) -> None:
    """Add a field for each question; whether it has to be answered depends on the type, so that `check_answers` says it."""
    for question in questions:
        field = _field(question)
        field.conditional = question.required  # type: ignore[attr-defined]  # the page does not call it voluntary then
        form.fields[name_of(question)] = field


def check_answers(form: forms.Form, questions: Sequence[Asking], participant_type: str = "") -> None:
    """Say of each question of this type that has to be answered and is not."""
    for question in questions:
        if question.required and question.is_for(participant_type) and not form.cleaned_data.get(name_of(question)):
            form.add_error(name_of(question), _("Bitte beantworten Sie diese Frage."))


def answers_in(data: Mapping[str, Any], questions: Sequence[Asking], participant_type: str = "") -> dict[str, str]:
    """Give the answers by the key of the question; those to questions that are not asked of this type are left out."""
    asked = (question for question in questions if question.is_for(participant_type))
    return {str(question.pk): str(data[name_of(question)]) for question in asked if data.get(name_of(question))}


def name_of(question: Asking) -> str:
    """Give the name of its field."""
    return f"question_{question.pk}"


def _field(question: Asking) -> forms.Field:
    help_text = _for_whom(question)
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(label=question.text, required=False, max_length=_LONGEST, help_text=help_text)
    choices = ["yes", "no"] if question.kind == QuestionKind.YES_NO else question.choices
    offered = [("", _("keine Angabe")), *((choice, question.said(choice)) for choice in choices)]
    return forms.ChoiceField(label=question.text, required=False, choices=offered, help_text=help_text)


def _for_whom(question: Asking) -> str:
    parts = []
    if question.asked_of:
        names = ", ".join(str(kind.label) for kind in ParticipantType if kind in question.asked_of)
        parts.append(_("Nur wenn Sie kommen für: %(types)s.") % {"types": names})
    if question.required:
        parts.append(_("Wir brauchen eine Antwort."))
    return " ".join(parts)
