# SPDX-License-Identifier: EUPL-1.2
"""Pages of municipalities, districts and the state."""

from django.db.models import QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
from asskomm.core.visibility import ReaderRequest
from asskomm.territory import slots
from asskomm.territory.domain.queries.districts import districts_on
from asskomm.territory.domain.queries.search import search_places
from asskomm.territory.models import BoundarySet, District, Municipality
from asskomm.territory.models.municipality import persons


def search(request: ReaderRequest) -> HttpResponse:
    """Find a place by name or post code; one hit leads straight to its page."""
    text = request.GET.get("ort", "").strip()[:100]
    found = search_places(text, clock.today())
    if len(found) == 1:
        return redirect(found[0])
    return render(request, "territory/search.html", {"text": text, "found": found[:50]})


def municipality(request: ReaderRequest, ags: str) -> HttpResponse:
    """Show one municipality; other rooms fill it through slots."""
    place = get_object_or_404(Municipality.objects.select_related("district", "successor"), ags=ags)
    context = {
        "place": place,
        "population": place.persons,
        "predecessors": place.predecessors.order_by("name"),
        "leads": [text for lead in slots.MUNICIPALITY_LEADS if (text := lead(request, place))],
        "panels": [text for panel in slots.MUNICIPALITY_PANELS if (text := panel(request, place))],
        "actions": [text for action in slots.MUNICIPALITY_ACTIONS if (text := action(request, place))],
    }
    return render(request, "territory/municipality.html", context)


def district(request: ReaderRequest, key: str) -> HttpResponse:
    """Show one district with its municipalities."""
    place = get_object_or_404(District, key=key)
    members = place.municipalities.on(clock.today())
    context = {
        "place": place,
        "members": [(m, m.persons) for m in members],
        "count": Estimate(len(members)),
        "population": _total(members),
        "panels": [text for panel in slots.DISTRICT_PANELS if (text := panel(request, place))],
    }
    return render(request, "territory/district.html", context)


def state(request: ReaderRequest) -> HttpResponse:
    """Show the state with its districts."""
    today = clock.today()
    context = {
        "districts": [(found.district, found.members, found.population) for found in districts_on(today)],
        "municipalities": Estimate(Municipality.objects.on(today).count()),
        "population": _total(Municipality.objects.on(today)),
        "boundaries": BoundarySet.objects.live().covering(today).select_related("batch__source").first(),
        "panels": [text for panel in slots.STATE_PANELS if (text := panel(request))],
    }
    return render(request, "territory/state.html", context)


def _total(members: QuerySet[Municipality]) -> Estimate:
    return persons(members.aggregate(persons=Sum("population"))["persons"])
