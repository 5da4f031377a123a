# SPDX-License-Identifier: EUPL-1.2
"""Verb: set what a registration asks beside what is always asked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.gatherings import TRAIL, GatheringError
from asskomm.events.enums import QuestionKind
from asskomm.events.models import Gathering, Question

MOST = 10


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
    if len(questions) > MOST:
        raise GatheringError(_("Fragen Sie höchstens %(most)d Dinge zusätzlich.") % {"most": MOST})
    for asked in questions:
        if asked.kind == QuestionKind.CHOICE and len(set(asked.choices)) < 2:
            raise GatheringError(_("Bei „%(question)s“ gibt es nichts zu wählen. Nennen Sie zwei oder mehr Antworten.") % {"question": asked.text})
    with transaction.atomic():
        require("events.change", by, gathering)
        row = Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)
        known = row.questions.in_bulk()
        by_text = {question.text: question for question in known.values()}
        row.questions.filter(pk__in=shown).exclude(pk__in=[asked.key for asked in questions if asked.key]).delete()
        for position, asked in enumerate(questions):
            question = known.get(asked.key or 0) or (by_text.get(asked.text) if not asked.key else None) or Question(gathering=row)
            question.position, question.text, question.kind, question.required = position, asked.text, asked.kind, asked.required
            question.choices, question.participant_types = list(dict.fromkeys(asked.choices)), list(asked.participant_types)
            question.save()
        record(TRAIL, [row], Action.CHANGED, by=by)
