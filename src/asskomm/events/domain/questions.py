# SPDX-License-Identifier: EUPL-1.2
"""Verbs: set what a registration or a call asks beside what is always asked."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record, record_keys
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.gatherings import TRAIL, GatheringError
from asskomm.events.enums import QuestionKind
from asskomm.events.models import Call, CallQuestion, Gathering, Question

MOST, CALLS = 10, "calls"
_Row = TypeVar("_Row", Question, CallQuestion)


@dataclass(frozen=True)
class Asked:
    """A question.

    Args:
        text: as it stands in the form.
        kind: one of `QuestionKind`.
        choices: what can be chosen, where something is chosen.
        required: whether one has to answer.
        participant_types: of whom it is asked; empty for all.
        key: of the question as it stands now; `None` for a new one.
    """

    text: str
    kind: str = QuestionKind.TEXT
    choices: Sequence[str] = ()
    required: bool = False
    participant_types: Sequence[str] = ()
    key: int | None = None


def set_questions(gathering: Gathering, questions: Sequence[Asked], shown: Collection[int] = (), *, by: Principal) -> None:
    """Ask these questions, in this order; answers to one that stays are kept, answers to one that goes are not read any more.

    Args:
        gathering: that asks.
        questions: all of them; a new one with the text of one that is there is that one.
        shown: keys of the questions that whoever writes had before her; only of these one goes that she does not name.
        by: who writes.

    Raises
    ------
        GatheringError: these are too many, or one has nothing to choose.
        PermissionDenied: the reader does not organise this gathering.
    """
    check_questions(questions)
    with transaction.atomic():
        require("events.change", by, gathering)
        row = Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)
        put_questions(row.questions.all(), lambda: Question(gathering=row), questions, shown)
        record(TRAIL, [row], Action.CHANGED, by=by)


def set_call_questions(call: Call, questions: Sequence[Asked], shown: Collection[int] = (), *, by: Principal) -> None:
    """Ask these questions of whoever proposes, in this order; the rest as `set_questions`.

    Raises
    ------
        GatheringError: as `set_questions`.
        PermissionDenied: as `set_questions`.
    """
    check_questions(questions)
    with transaction.atomic():
        require("events.change", by, call.gathering)
        row = Call.objects.select_for_update(of=("self",), no_key=True).select_related("gathering").get(pk=call.pk)
        put_questions(row.questions.all(), lambda: CallQuestion(call=row), questions, shown)
        record_keys(CALLS, [row.gathering.reference], Action.CHANGED, by=by)


def check_questions(questions: Sequence[Asked]) -> None:
    """Hold that they are few, and that where something is to be chosen there is something to choose.

    Raises
    ------
        GatheringError: they are too many, or one has nothing to choose.
    """
    if len(questions) > MOST:
        raise GatheringError(_("Fragen Sie höchstens %(most)d Dinge zusätzlich.") % {"most": MOST})
    for asked in questions:
        if asked.kind == QuestionKind.CHOICE and len(set(asked.choices)) < 2:
            raise GatheringError(_("Bei „%(question)s“ gibt es nichts zu wählen. Nennen Sie zwei oder mehr Antworten.") % {"question": asked.text})


def put_questions(rows: QuerySet[_Row], make: Callable[[], _Row], questions: Sequence[Asked], shown: Collection[int]) -> None:
    """Let the rows of somebody who asks be these questions; a new one with the text of one that is there is that one."""
    known = rows.in_bulk()
    by_text = {question.text: question for question in known.values()}
    rows.filter(pk__in=shown).exclude(pk__in=[asked.key for asked in questions if asked.key]).delete()
    for position, asked in enumerate(questions):
        question = known.get(asked.key or 0) or (by_text.get(asked.text) if not asked.key else None) or make()
        question.position, question.text, question.kind, question.required = position, asked.text, asked.kind, asked.required
        question.choices = list(dict.fromkeys(asked.choices))
        if isinstance(question, Question):
            question.participant_types = list(asked.participant_types)
        question.save()
