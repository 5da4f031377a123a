# SPDX-License-Identifier: EUPL-1.2
"""What only a municipality itself and the state council see on its page."""

from django.template.loader import render_to_string

from asskomm.alliance.domain.queries.unseen import last_heard, rhythm_of
from asskomm.alliance.interfaces.desk_boxes import next_steps_of
from asskomm.alliance.models import NextContact
from asskomm.core.clock import clock
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.people.domain.queries.deadlines import deadlines_of
from asskomm.territory.models import Municipality

_YEARS = 10 * 366


def internal(request: ReaderRequest, place: Municipality) -> str:
    """Show when something was heard last, what ends when, and what is usual next; to the state council also when it speaks with her next."""
    body = getattr(place, "organisation", None)
    if body is None or not allowed("alliance.see_stalls", request.principal, body):
        return ""
    plans = allowed("alliance.plan_contacts", request.principal)
    context = {
        "place": place,
        "rhythm": rhythm_of(place),
        "plans": plans,
        "plan": NextContact.objects.filter(municipality=place).first() if plans else None,
        "heard": last_heard(place, request.principal, clock.today()),
        "deadlines": deadlines_of([body.pk], _YEARS),
        "next": next_steps_of(request, place),
    }
    return render_to_string("alliance/panel_internal.html", context, request)
