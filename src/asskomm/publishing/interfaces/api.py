# SPDX-License-Identifier: EUPL-1.2
"""Figures over the API."""

from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Field, Path, Query, Router, Schema

from asskomm.core.api import AnswerError, Day, EstimateOut, day, day_or_today, text
from asskomm.core.figures import FIGURES, FigureKind, Question
from asskomm.core.ui.days import read_day
from asskomm.core.visibility import ReaderRequest
from asskomm.publishing.domain.queries.figures import figure_as_json, figures_as_json, parts_as_json, read_breakdown

router = Router(tags=["figures"])
KnownOn = Annotated[str, day("as it was known when this day was over, as known now if left out")]
Key = Annotated[str, Path(description="key of a figure", examples=["agreements"])]
By = Annotated[str, text("what to split it by: district, type, size, field, year, background, level or format")]
About = Annotated[str, text("key of the gathering that is asked about; the last public conference if left out")]
Documented = Annotated[bool, Query(default=False, description="from published facts only")]


class EvidenceOut(Schema):
    """A row behind a figure that the reader may see."""

    label: str
    date: str
    event: str
    kind: str
    place: str
    district: str
    source: str
    example: bool
    url: str


class PartOut(EstimateOut):
    """The figure for one part of the breakdown."""

    label: str


class FigureOut(EstimateOut):
    """A key figure of a day, with the rows behind it."""

    key: str
    name: str
    definition: str
    kind: FigureKind = Field(description="what “on a day” means for it")
    on: str
    known_on: str | None
    documented: bool = Field(description="whether it is from published facts only")
    shown: str = Field(description="the number as it stands on the page")
    note: str
    example: bool = Field(description="whether it rests on made-up events")
    rows: list[EvidenceOut]
    hidden: EstimateOut = Field(description="how many more rows there are that the reader may not see")


class SplitFigure(FigureOut):
    """A figure with its parts, where a breakdown was asked for."""

    parts: list[PartOut] | None = None


def _question(request: ReaderRequest, on: str, known_on: str, *, documented: bool, about: str = "") -> Question:
    known = read_day(known_on) if known_on.strip() else None
    return Question(on=day_or_today(on), known_on=known, documented=documented, about=about.strip(), reader=request.principal)


@router.get("", response=dict[str, FigureOut])
def list_figures(request: ReaderRequest, on: Day = "", known_on: KnownOn = "", *, documented: Documented = False) -> dict[str, Any]:
    """Give all figures of a day by key."""
    return figures_as_json(_question(request, on, known_on, documented=documented))


@router.get("/{key}", response=SplitFigure, exclude_unset=True)
def one_figure(
    request: ReaderRequest, key: Key, on: Day = "", known_on: KnownOn = "", by: By = "", *, about: About = "", documented: Documented = False
) -> dict[str, Any]:
    """Give one figure of a day, split by a breakdown where asked; those of gatherings for one gathering where asked."""
    if key not in FIGURES:
        raise AnswerError(404, _("Die Kennzahl „%(key)s“ gibt es nicht. Vorhanden: %(known)s.") % {"key": key, "known": ", ".join(FIGURES.keys())})
    question = _question(request, on, known_on, documented=documented, about=about)
    found = figure_as_json(FIGURES[key], question)
    return found | {"parts": parts_as_json(FIGURES[key], question, read_breakdown(FIGURES[key], by))} if by else found
