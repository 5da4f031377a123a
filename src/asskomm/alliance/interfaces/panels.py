# SPDX-License-Identifier: EUPL-1.2
"""What this room puts on the pages of places and fields."""

import datetime as dt

from django.db.models import Sum
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from asskomm.alliance.domain.queries.journey import journey, leading_sentence
from asskomm.alliance.domain.queries.status import standing_on
from asskomm.alliance.enums import Layer
from asskomm.alliance.interfaces.drawing import RANK
from asskomm.alliance.models import Event
from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
from asskomm.core.visibility import ReaderRequest, Role, allowed
from asskomm.library.models import FieldOfAction
from asskomm.territory.models import District, Municipality
from asskomm.territory.slots import MUNICIPALITY_MILESTONES

_NEWEST = 5


def lead(request: ReaderRequest, place: Municipality) -> str:
    """Say in one sentence where the municipality stands."""
    on = min(clock.today(), place.valid_to)
    first = leading_sentence(place, request.principal, on)
    clauses = {
        Layer.AGREEMENT: _("mit Kooperationsvereinbarung seit %(date)s"),
        Layer.COUNCIL: _("Präventionsrat seit %(date)s"),
        Layer.COACHING: _("Coaching seit %(date)s"),
        Layer.ADVISED: _("beraten seit %(date)s"),
    }
    parts = [text % {"date": first[layer].span} for layer, text in clauses.items() if layer in first]
    return "; ".join(parts[:3])[:1].upper() + "; ".join(parts[:3])[1:] + "." if parts else ""


def events_of_municipality(request: ReaderRequest, place: Municipality) -> str:
    """Show the dated events, newest first, and among them what other rooms know of the municipality."""
    rows: list[tuple[dt.date, Event | None, str]] = [(event.counts_from, event, "") for event in journey(place, request.principal)]
    rows += [(milestone.day, None, milestone.markup) for room in MUNICIPALITY_MILESTONES for milestone in room(request, place)]
    newest_first = sorted(rows, key=lambda row: row[0], reverse=True)
    return render_to_string("alliance/panel_journey.html", {"rows": newest_first, "place": place}, request)


def fields_of_municipality(request: ReaderRequest, place: Municipality) -> str:
    """Show the fields of action in which something happened."""
    fields = FieldOfAction.objects.filter(events__in=journey(place, request.principal).order_by()).distinct()
    return render_to_string("alliance/panel_fields.html", {"fields": fields}, request) if fields else ""


def enter_button(request: ReaderRequest, place: Municipality) -> str:
    """Offer to enter an event to those who may."""
    principal = request.principal
    may = allowed("alliance.enter_events", principal) and (principal.has(Role.STATE_COUNCIL) or place.ags in principal.municipalities)
    return render_to_string("alliance/button_enter.html", {"place": place}, request) if may and place.valid_to == dt.date.max else ""


def standing_of_district(request: ReaderRequest, place: District) -> str:
    """Show how many municipalities of a district hold each layer."""
    members = place.municipalities.on(clock.today())
    return _standing(request, [m.ags for m in members])


def standing_of_state(request: ReaderRequest) -> str:
    """Show how many municipalities of the state hold each layer."""
    return _standing(request, None)


def _standing(request: ReaderRequest, places: list[str] | None) -> str:
    standing = standing_on(clock.today(), request.principal, places=places)
    rows = [(layer, Estimate(sum(layer.value in layers for layers in standing.values()))) for layer in RANK]
    return render_to_string("alliance/panel_standing.html", {"rows": rows, "on": clock.today()}, request)


def events_of_field(request: ReaderRequest, field: FieldOfAction) -> str:
    """Show the newest events of a field and how many municipalities they touch."""
    events = Event.objects.current().visible_to(request.principal).filter(fields=field)
    places = events.order_by().values("municipalities").exclude(municipalities=None).distinct().count()
    granted = events.order_by().filter(kind="grant_awarded").aggregate(total=Sum("amount"))["total"]
    context = {
        "events": events.for_reading()[:_NEWEST],
        "places": Estimate(places),
        "count": Estimate(events.count()),
        "granted": Estimate(float(granted), "EUR") if granted is not None else None,
        "field": field,
    }
    return render_to_string("alliance/panel_field.html", context, request)
