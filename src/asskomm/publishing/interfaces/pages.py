# SPDX-License-Identifier: EUPL-1.2
"""The public's first page and the pages of the figures."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from asskomm.alliance.domain.queries.table import Filters
from asskomm.alliance.interfaces.network_pages import map_context
from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
from asskomm.core.figures import FIGURES, Question
from asskomm.core.imports.domain.queries.origin import sources_of
from asskomm.core.ui.days import day_from, optional_day
from asskomm.core.ui.pages import page_of
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.events.domain.queries.dates import next_gatherings
from asskomm.publishing.domain.queries.figures import read_breakdown
from asskomm.publishing.domain.queries.targets import targets_of

FRONT = ("municipalities_advised", "agreements", "councils", "safety_analyses")


def home(request: ReaderRequest) -> HttpResponse:
    """Show the alliance in one sentence, four figures, the map, and what comes next."""
    question = Question(on=clock.today(), reader=request.principal)
    front = [(FIGURES[key], FIGURES[key].answer(question)) for key in FRONT]
    context = {"figures": front, "coming": next_gatherings(request.principal), **map_context(request, Filters(on=question.on))}
    return render(request, "publishing/home.html", context)


def _question(request: ReaderRequest) -> Question:
    return Question(
        on=day_from(request),
        known_on=optional_day(request, "bekannt"),
        documented=request.GET.get("belegt") == "on",
        about=request.GET.get("zu", ""),
        reader=request.principal,
    )


def figures(request: ReaderRequest) -> HttpResponse:
    """Show all figures of a day."""
    question = _question(request)
    rows = [(figure, figure.answer(question)) for figure in FIGURES]
    return render(request, "publishing/figures.html", {"rows": rows, "question": question})


def figure(request: ReaderRequest, key: str) -> HttpResponse:
    """Show one figure with the rows behind it, split if wanted."""
    if key not in FIGURES:
        raise Http404
    question, chosen = _question(request), FIGURES[key]
    drilldown = chosen.drilldown(question)
    by = read_breakdown(chosen, request.GET["nach"]) if request.GET.get("nach") else None
    page = page_of(request, drilldown.rows)
    files = sources_of("events", [row.event for row in page], request.principal)
    answer = chosen.answer(question)
    context = {
        "figure": chosen,
        "answer": answer,
        "targets": targets_of(key, answer, question.on, request.principal),
        "may_set_targets": allowed("publishing.set_targets", request.principal),
        "question": question,
        "page": page,
        "rows": [(row, files.get(row.event)) for row in page],
        "hidden": Estimate(drilldown.hidden) if drilldown.hidden else None,
        "by": by,
        "parts": chosen.split(question, by) if by else [],
    }
    return render(request, "publishing/figure.html", context)
