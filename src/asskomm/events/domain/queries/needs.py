# SPDX-License-Identifier: EUPL-1.2
"""What those who come eat and need."""

from dataclasses import dataclass

from django.db.models import Count

from asskomm.core.estimates import Estimate
from asskomm.events.domain.needs import needs_text
from asskomm.events.enums import HOLDING, Meal
from asskomm.events.models import Gathering, Needs


@dataclass(frozen=True)
class Catering:
    """For the kitchen and for those who prepare the rooms.

    Args:
        meals: how many eat what, of those with a place.
        texts: who needs what.
    """

    meals: tuple[tuple[str, Estimate], ...]
    texts: tuple[tuple[str, str], ...]


def needs_of(gathering: Gathering) -> Catering:
    """Give what those with a place eat and need."""
    rows = Needs.objects.filter(registration__gathering=gathering, registration__state__in=HOLDING)
    counted = dict(rows.order_by().values_list("meal").annotate(Count("pk")))
    meals = tuple((str(meal.label), Estimate(counted[meal])) for meal in Meal if meal in counted)
    said = rows.exclude(sealed="").select_related("registration").order_by("registration__name", "pk")
    return Catering(meals, tuple((row.registration.name, needs_text(row)) for row in said))
