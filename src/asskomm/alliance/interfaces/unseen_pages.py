# SPDX-License-Identifier: EUPL-1.2
"""From whom nothing was heard for long; for the state council only."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from asskomm.alliance.domain.queries.unseen import last_events, unseen_since_long
from asskomm.core.clock import clock
from asskomm.core.ui.pages import page_of
from asskomm.core.visibility import ReaderRequest, allowed


@login_required
def unseen(request: ReaderRequest) -> HttpResponse:
    """List the municipalities, the longest first, with the last that is known and whom to call."""
    if not allowed("alliance.see_unseen", request.principal):
        raise PermissionDenied
    today = clock.today()
    page = page_of(request, unseen_since_long(request.principal, today))
    events = last_events([heard.place for heard in page], request.principal, today)
    rows = [(heard, events.get(heard.place.ags)) for heard in page]
    return render(request, "alliance/unseen.html", {"page": page, "rows": rows})
