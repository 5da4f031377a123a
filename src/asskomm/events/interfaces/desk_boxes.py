# SPDX-License-Identifier: EUPL-1.2
"""What this room puts on the desk: the next gatherings, each with the way to register."""

from django.template.loader import render_to_string

from asskomm.core.clock import clock
from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain.queries.dates import next_gatherings


def coming(request: ReaderRequest) -> str:
    """Show the next gatherings."""
    now = clock.now()
    rows = [(found, found.takes_registrations(now)) for found in next_gatherings(request.principal)]
    return render_to_string("events/box_next.html", {"rows": rows}, request) if rows else ""
