# SPDX-License-Identifier: EUPL-1.2
"""The table behind the map: municipalities of a day with where they stand, filtered."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from asskomm.alliance.domain.queries.status import in_layer
from asskomm.alliance.enums import Layer
from asskomm.alliance.models import Event
from asskomm.core.visibility import Principal
from asskomm.territory.models import Municipality, MunicipalityQuerySet


@dataclass(frozen=True)
class Filters:
    """What the reader chose; empty means all."""

    on: dt.date
    documented: bool = False
    layers: tuple[Layer, ...] = ()
    district: str = ""
    kind: str = ""
    size: int | None = None
    field: str = ""


def matching(filters: Filters, principal: Principal) -> MunicipalityQuerySet:
    """Give the municipalities that fit all filters, by name."""
    rows = Municipality.objects.on(filters.on).select_related("district").order_by("name", "ags")
    if filters.district:
        rows = rows.filter(district=filters.district)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.size is not None:
        rows = rows.filter(size_class=filters.size)
    if filters.field:
        rows = rows.filter(Exists(_events_in_field(filters, principal).filter(municipalities=OuterRef("pk"))))
    for layer in filters.layers:
        rows = rows.filter(in_layer(layer, filters.on, principal, documented=filters.documented))
    return rows


def _events_in_field(filters: Filters, principal: Principal) -> QuerySet[Event]:
    events = Event.objects.current().visible_to(principal).filter(fields=filters.field, counts_from__lte=filters.on).order_by()
    return events.filter(example=False) if filters.documented else events
