# SPDX-License-Identifier: EUPL-1.2
"""The state council's page of coordination offices: held, ending, vacant."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.people.domain.queries.posts import ending_posts, ends_of, held_posts, vacancies


@login_required
def posts(request: ReaderRequest) -> HttpResponse:
    """Show which posts are held, which end, and which are vacant; nobody but the state council sees them all."""
    if not allowed("people.see_vacancies", request.principal):
        raise PermissionDenied
    today = clock.today()
    held = held_posts(today)
    context = {
        "page": page_of_rows(request, held),
        "ending": [(function, ends_of(function)) for function in ending_posts(today)],
        "vacancies": vacancies(today),
        "places": Estimate(held.order_by().values("organisation").distinct().count()),
    }
    return render(request, "people/posts.html", context)
