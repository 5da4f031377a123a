# SPDX-License-Identifier: EUPL-1.2
"""Districts with what their municipalities add up to."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Sum

from asskomm.core.estimates import Estimate
from asskomm.territory.models import District, Municipality
from asskomm.territory.models.municipality import persons


@dataclass(frozen=True)
class DistrictCount:
    """A district with its municipalities and inhabitants on a day."""

    district: District
    members: Estimate
    population: Estimate


def districts_on(day: dt.date) -> list[DistrictCount]:
    """Give all districts by name."""
    counted = Municipality.objects.on(day).order_by().values("district").annotate(members=Count("ags"), inhabitants=Sum("population"))
    by_key = {row["district"]: (row["members"], row["inhabitants"]) for row in counted}
    found = [(district, *by_key.get(district.key, (0, None))) for district in District.objects.all()]
    return [DistrictCount(district, Estimate(members), persons(inhabitants)) for district, members, inhabitants in found]
