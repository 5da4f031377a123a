# SPDX-License-Identifier: EUPL-1.2
"""What this room adds to the course of a municipality: the gatherings at which somebody was for it."""

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils.timezone import localtime

from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain.queries.visiting import visited_by
from asskomm.territory.domain.queries.history import with_predecessors
from asskomm.territory.models import Municipality
from asskomm.territory.slots import Milestone


def visits_of_municipality(request: ReaderRequest, municipality: Municipality) -> Iterator[Milestone]:
    """Give a line for each gathering at which it, or one that is part of it today, was; who it was stands nowhere."""
    line = [place.ags for place in with_predecessors([municipality.ags])[municipality.ags]]
    for found in visited_by(line, request.principal):
        yield Milestone(localtime(found.starts_at).date(), render_to_string("events/milestone_visit.html", {"gathering": found}))
