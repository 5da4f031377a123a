# SPDX-License-Identifier: EUPL-1.2
"""The room's own box on the page of a municipality."""

from django.template.loader import render_to_string

from asskomm.core.visibility import ReaderRequest
from asskomm.territory.domain.queries.official import newest_figures
from asskomm.territory.models import Municipality


def official_figures(request: ReaderRequest, place: Municipality) -> str:
    """Show the newest official figures, each with day and source."""
    figures = newest_figures(place)
    return render_to_string("territory/panel_figures.html", {"figures": [(f, f.estimate) for f in figures]}, request) if figures else ""
