# SPDX-License-Identifier: EUPL-1.2
"""All figures of a question, as the command line and the API give them."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from asskomm.core.estimates import Estimate
from asskomm.core.figures import FIGURES, Breakdown, Figure, Question
from asskomm.core.ui.days import ParameterError


def figures_as_json(question: Question) -> dict[str, dict[str, Any]]:
    """Give each figure by key, with value, definition and the rows that the reader may see."""
    together = replace(question, together=True)
    return {figure.key: figure_as_json(figure, together) for figure in FIGURES}


def figure_as_json(figure: Figure, question: Question) -> dict[str, Any]:
    """Give one figure."""
    answer = figure.answer(question)
    drilldown = figure.drilldown(question)
    rows = [row.as_json() for row in drilldown.rows]
    return {
        "key": figure.key,
        "name": str(figure.name),
        "definition": str(figure.definition),
        "kind": figure.kind.value,
        "on": question.on.isoformat(),
        "known_on": question.known_on.isoformat() if question.known_on else None,
        "documented": question.documented,
        **answer.estimate.as_json(),
        "shown": str(answer.estimate),
        "note": answer.note,
        "example": answer.example,
        "rows": rows,
        "hidden": Estimate(drilldown.hidden).as_json(),
    }


def read_breakdown(figure: Figure, text: str) -> Breakdown:
    """Give the breakdown that a parameter names.

    Raises
    ------
        ParameterError: the figure cannot be split so.
    """
    if text not in [by.value for by in figure.breakdowns]:
        raise ParameterError(_("Nach „%(value)s“ lässt sich diese Kennzahl nicht aufteilen.") % {"value": text})
    return Breakdown(text)


def parts_as_json(figure: Figure, question: Question, by: Breakdown) -> list[dict[str, Any]]:
    """Give the parts of a figure by one breakdown."""
    return [{"label": label, **estimate.as_json()} for label, estimate in figure.split(question, by)]
