# SPDX-License-Identifier: EUPL-1.2
"""Figures over the API."""

from typing import Any

from ninja import Router

from asskomm.core.clock import clock
from asskomm.core.figures import FIGURES, Question
from asskomm.core.ui.days import ParameterError, read_day
from asskomm.core.visibility import ReaderRequest
from asskomm.publishing.domain.queries.figures import figure_as_json, figures_as_json

router = Router()


def _question(request: ReaderRequest, on: str, known_on: str, *, documented: bool) -> Question:
    return Question(
        on=read_day(on) if on else clock.today(), known_on=read_day(known_on) if known_on else None, documented=documented, reader=request.principal
    )


@router.get("")
def list_figures(request: ReaderRequest, on: str = "", known_on: str = "", *, documented: bool = False) -> dict[str, Any]:
    """Give all figures of a day by key."""
    return figures_as_json(_question(request, on, known_on, documented=documented))


@router.get("/{key}")
def one_figure(request: ReaderRequest, key: str, on: str = "", known_on: str = "", *, documented: bool = False) -> dict[str, Any]:
    """Give one figure of a day."""
    if key not in FIGURES:
        raise ParameterError(f"Die Kennzahl „{key}“ gibt es nicht. Vorhanden: {', '.join(FIGURES.keys())}.")
    return figure_as_json(FIGURES[key], _question(request, on, known_on, documented=documented))
