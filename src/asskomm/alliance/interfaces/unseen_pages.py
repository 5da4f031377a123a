# SPDX-License-Identifier: EUPL-1.2
"""From whom nothing was heard for long, and where a step takes longer than usual; for the state council only."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from asskomm.alliance.domain.queries.progress import slow_steps
from asskomm.alliance.domain.queries.unseen import last_events, unseen_since_long
from asskomm.alliance.interfaces.internal_panel import in_words
from asskomm.core.clock import clock
from asskomm.core.ui.pages import page_of
from asskomm.core.visibility import ReaderRequest, allowed

_MOST_SLOW = 20


@login_required
def unseen(request: ReaderRequest) -> HttpResponse:
    """List the municipalities, the longest first, with the last that is known and whom to call; and those that stand at a step for long."""
    if not allowed("alliance.see_unseen", request.principal):
        raise PermissionDenied
    today = clock.today()
    page = page_of(request, unseen_since_long(request.principal, today))
    events = last_events([heard.place for heard in page], request.principal, today)
    rows = [(heard, events.get(heard.place.ags)) for heard in page]
    slow = [(found.place, in_words(found.pace)) for found in slow_steps(request.principal, today, _MOST_SLOW)]
    return render(request, "alliance/unseen.html", {"page": page, "rows": rows, "slow": slow})
