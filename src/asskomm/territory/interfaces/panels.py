# SPDX-License-Identifier: EUPL-1.2
"""The room's own box on the page of a municipality."""

from django.template.loader import render_to_string

from asskomm.core.estimates import Estimate
from asskomm.core.visibility import ReaderRequest
from asskomm.territory.domain.queries.official import newest_figures
from asskomm.territory.models import Municipality, OfficialFigure


def official_figures(request: ReaderRequest, place: Municipality) -> str:
    """Show the newest official figures, each with day and source."""
    figures = newest_figures(place)
    return render_to_string("territory/panel_figures.html", {"figures": [(f, _estimate(f)) for f in figures]}, request) if figures else ""


def _estimate(figure: OfficialFigure) -> Estimate:
    value = int(figure.value) if figure.value == int(figure.value) else figure.value
    return Estimate(value, figure.measure.unit, sources=(str(figure.batch.source),) if figure.batch.source else ())
