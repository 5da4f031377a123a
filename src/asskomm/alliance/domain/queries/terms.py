# SPDX-License-Identifier: EUPL-1.2
"""Agreements that end on a day: those that nothing has followed."""

import datetime as dt
from collections.abc import Iterator

from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from asskomm.alliance.domain.facts import now_known
from asskomm.alliance.models import Event
from asskomm.core.visibility import Visibility
from asskomm.people.slots import Deadline, Wanted
from asskomm.territory.models import Municipality

_ENDING = "agreement_ended"
_BODY = "municipality__organisation"
_SEEN_BY_ITS_PLACE = (
    Q(event__visibility__in=[Visibility.PUBLIC, Visibility.ALLIANCE])
    | Q(event__owner=F(_BODY))
    | Q(event__visibility=Visibility.PARTNERS, event__shares__organisation=F(_BODY))
)


def ending_agreements(wanted: Wanted) -> Iterator[Deadline]:
    """Give the terms of agreements: for each municipality that of its last one, unless that was ended or is kept from it."""
    for event, (day, places) in _last_of_each(wanted).items():
        text = _("Es endet: „%(kind)s“ (%(places)s).") % {"kind": event.kind, "places": ", ".join(place.name for place in places)}
        path = f"{reverse('alliance:enter')}?kommune={places[0].ags}&art={event.kind_id}"
        bodies = tuple(place.organisation.pk for place in places)
        yield Deadline(f"agreement:{event.reference}", bodies, day, text, _("Verlängerung eintragen"), path)


def _last_of_each(wanted: Wanted) -> dict[Event, tuple[dt.date, list[Municipality]]]:
    """Give the events in question with their last day and the municipalities for which nothing came after them."""
    window = (wanted.first, wanted.last)
    asked = _links().filter(_SEEN_BY_ITS_PLACE, event__valid_until__range=window, municipality__organisation__isnull=False)
    if wanted.organisations is not None:
        asked = asked.filter(municipality__organisation__in=wanted.organisations)
    rows = sorted(set(asked.values_list("event__valid_until", "event", "municipality__name", "municipality")))
    last = _last_in_the_chain({place for *_rest, place in rows})
    events = Event.objects.select_related("kind").in_bulk({event for _day, event, _name, _place in rows})
    places = Municipality.objects.select_related("organisation").in_bulk(list(last))
    found: dict[Event, tuple[dt.date, list[Municipality]]] = {}
    for day, event, _name, place in rows:
        if last[place] == event:
            found.setdefault(events[event], (day, []))[1].append(places[place])
    return found


def _links() -> QuerySet[models.Model]:
    """Give which event touches which municipality, as known today."""
    return Event.municipalities.through.objects.filter(now_known("event__"))


def _last_in_the_chain(places: set[str]) -> dict[str, int]:
    """Give for each municipality its last agreement or the end of one."""
    chain = _links().filter(Q(event__kind__has_term=True) | Q(event__kind=_ENDING), municipality__in=places)
    return dict(chain.order_by("event__counts_from", "event").values_list("municipality", "event"))
