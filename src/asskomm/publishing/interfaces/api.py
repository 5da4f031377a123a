# SPDX-License-Identifier: EUPL-1.2
"""Figures over the API."""

from typing import Any

from django.utils.translation import gettext as _
from ninja import Router

from asskomm.core.clock import clock
from asskomm.core.figures import FIGURES, Question
from asskomm.core.ui.days import ParameterError, read_day
from asskomm.core.visibility import ReaderRequest
from asskomm.publishing.domain.queries.figures import figure_as_json, figures_as_json, parts_as_json, read_breakdown

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
def one_figure(request: ReaderRequest, key: str, on: str = "", known_on: str = "", by: str = "", *, documented: bool = False) -> dict[str, Any]:
    """Give one figure of a day, split by district, type, size, field or year where asked."""
    if key not in FIGURES:
        raise ParameterError(_("Die Kennzahl „%(key)s“ gibt es nicht. Vorhanden: %(known)s.") % {"key": key, "known": ", ".join(FIGURES.keys())})
    question = _question(request, on, known_on, documented=documented)
    found = figure_as_json(FIGURES[key], question)
    return found | {"parts": parts_as_json(FIGURES[key], question, read_breakdown(FIGURES[key], by))} if by else found
