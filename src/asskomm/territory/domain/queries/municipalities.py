# SPDX-License-Identifier: EUPL-1.2
"""Municipalities of a day that fit some filters, for programs."""

import datetime as dt
from dataclasses import dataclass

from asskomm.territory.domain.queries.search import search_places
from asskomm.territory.enums import MunicipalityKind, SizeClass
from asskomm.territory.models import Municipality, MunicipalityQuerySet


@dataclass(frozen=True)
class PlaceFilters:
    """What is wanted; empty means all.

    Args:
        on: day on which the municipality exists.
        name: beginning of a name, or a post code, as people write it.
        district: key of a district.
        kind: legal type.
        size: class of inhabitants.
    """

    on: dt.date
    name: str = ""
    district: str = ""
    kind: MunicipalityKind | None = None
    size: SizeClass | None = None


def fitting(filters: PlaceFilters) -> MunicipalityQuerySet:
    """Give the municipalities that fit all filters, by name."""
    rows = Municipality.objects.on(filters.on).select_related("district").order_by("name", "ags")
    if filters.name:
        rows = rows.filter(ags__in=[found.ags for found in search_places(filters.name, filters.on)])
    if filters.district:
        rows = rows.filter(district=filters.district)
    if filters.kind is not None:
        rows = rows.filter(kind=filters.kind)
    return rows if filters.size is None else rows.filter(size_class=filters.size)
