# SPDX-License-Identifier: EUPL-1.2
"""What this room adds to the page of a municipality."""

from django.template.loader import render_to_string

from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain.queries.visiting import visited_by
from asskomm.territory.models import Municipality

_MOST = 10


def visits_of_municipality(request: ReaderRequest, municipality: Municipality) -> str:
    """Say at which gatherings it was; nothing where it was at none."""
    rows = list(visited_by(municipality, request.principal)[:_MOST])
    return render_to_string("events/panel_visits.html", {"gatherings": rows}, request) if rows else ""
