# SPDX-License-Identifier: EUPL-1.2
"""The table of who is competent for which municipality."""

from django.http import HttpResponse
from django.shortcuts import render

from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.people.domain.queries.competence import STATIONS, competent_on, without_station
from asskomm.people.models import Organisation
from asskomm.territory.models import District, Municipality


def competences(request: ReaderRequest) -> HttpResponse:
    """List the municipalities of today with their police stations and whoever else is competent."""
    today, district = clock.today(), request.GET.get("kreis", "")
    rows = Municipality.objects.on(today).select_related("district").order_by("name", "ags")
    if district:
        rows = rows.filter(district=district)
    missing = without_station(today)
    if only_missing := request.GET.get("ohne") == "ja":
        rows = rows.filter(ags__in=missing)
    page = page_of_rows(request, rows)
    competent = competent_on(today, [place.ags for place in page])
    lines = [(place, *_sorted(competent.get(place.ags, []))) for place in page]
    context = {
        "page": page,
        "lines": lines,
        "districts": District.objects.order_by("name"),
        "district": district,
        "only_missing": only_missing,
        "missing": Estimate(Municipality.objects.on(today).filter(ags__in=missing).count()),
        "may_read_in": allowed("people.see_vacancies", request.principal),
    }
    return render(request, "people/competences.html", context)


def _sorted(bodies: list[Organisation]) -> tuple[list[Organisation], list[Organisation]]:
    stations = [body for body in bodies if body.kind == STATIONS]
    return stations, [body for body in bodies if body not in stations]
