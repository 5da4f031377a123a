# SPDX-License-Identifier: EUPL-1.2
"""What this room puts on the desk: the next gatherings, each with the way to register."""

from django.template.loader import render_to_string

from asskomm.core.clock import clock
from asskomm.core.visibility import ReaderRequest
from asskomm.events.domain.queries.dates import next_for_her


def coming(request: ReaderRequest) -> str:
    """Show the next gatherings to which she might come."""
    now = clock.now()
    rows = [(found, found.takes_registrations(now)) for found in next_for_her(request.principal)]
    return render_to_string("events/box_next.html", {"rows": rows}, request) if rows else ""
