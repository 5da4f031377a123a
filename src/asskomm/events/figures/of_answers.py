# SPDX-License-Identifier: EUPL-1.2
"""The figures of what people said afterwards: how many were content, and what they praised."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from asskomm.core.estimates import Estimate, Protects
from asskomm.core.figures import Evidence, Question
from asskomm.events.domain.queries.evaluating import Evaluation, evaluation_of
from asskomm.events.figures.asking import NONE, GatheringFigure, evidence
from asskomm.events.models import Gathering


class Satisfaction(GatheringFigure):
    """Which part of those who answered found the gathering as a whole good or very good."""

    def value(self, gathering: Gathering, question: Question) -> Estimate:
        """Give the share with the range in which it lies; none where too few answered."""
        whole = _said(gathering, question)[0]
        return whole.satisfied if whole.shown else NONE


class Praise(GatheringFigure):
    """How many answers those who invited count as praise."""

    def value(self, gathering: Gathering, question: Question) -> Estimate:
        """Give how many quotes there are; none where too few answered."""
        said = _said(gathering, question)
        shown = any(evaluation.shown for evaluation in said)
        return Estimate(len(_praise(said)), protects=Protects.RESPONDENTS) if shown else NONE

    def rows(self, gathering: Gathering, question: Question) -> Sequence[Evidence]:
        """Give the quotes, once the documentation in which they stand is released."""
        if gathering.documented_at is None:
            return ()
        address = reverse("events:gathering_figures", args=[gathering.reference])
        return tuple(evidence(gathering, f"„{quote}“", str(_("Lob")), address) for quote in _praise(_said(gathering, question)) if quote)


def _said(gathering: Gathering, question: Question) -> list[Evaluation]:
    if "answers about the gathering" not in question.memo:
        question.memo["answers about the gathering"] = evaluation_of(gathering)
    found: list[Evaluation] = question.memo["answers about the gathering"]
    return found


def _praise(said: Sequence[Evaluation]) -> list[str]:
    """Give the quotes; empty ones, which still count, when their words are gone."""
    return [answer.liked for evaluation in said for answer in evaluation.shown if answer.praise]
