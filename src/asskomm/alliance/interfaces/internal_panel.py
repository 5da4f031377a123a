# SPDX-License-Identifier: EUPL-1.2
"""What only a municipality itself and the state council see on its page."""

from django.template.loader import render_to_string

from asskomm.alliance.domain.queries.unseen import last_heard
from asskomm.alliance.interfaces.desk_boxes import next_steps_of
from asskomm.core.clock import clock
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.people.domain.queries.deadlines import deadlines_of
from asskomm.territory.models import Municipality

_YEARS = 10 * 366


def internal(request: ReaderRequest, place: Municipality) -> str:
    """Show when something was heard last, what ends when, and what is usual next."""
    body = getattr(place, "organisation", None)
    if body is None or not allowed("alliance.see_stalls", request.principal, body):
        return ""
    context = {
        "heard": last_heard(place, request.principal, clock.today()),
        "deadlines": deadlines_of([body.pk], _YEARS),
        "next": next_steps_of(request, place),
    }
    return render_to_string("alliance/panel_internal.html", context, request)
