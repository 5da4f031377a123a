# SPDX-License-Identifier: EUPL-1.2
"""What those who come eat and need."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from asskomm.core.estimates import Estimate
from asskomm.events.domain.needs import needs_text
from asskomm.events.enums import Meal, RegistrationState
from asskomm.events.models import Gathering, Needs, Registration


@dataclass(frozen=True)
class Catering:
    """For the kitchen and for those who prepare the rooms.

    Args:
        meals: how many eat what, of all who come.
        texts: who needs what.
    """

    meals: tuple[tuple[str, Estimate], ...]
    texts: tuple[tuple[str, str], ...]


def needs_of(gathering: Gathering) -> Catering:
    """Give what those eat and need who come; whoever said nothing of her meal is counted too, because the kitchen cooks for her."""
    coming = Registration.objects.filter(gathering=gathering, state=RegistrationState.CONFIRMED)
    rows = Needs.objects.filter(registration__in=coming)
    counted = dict(rows.order_by().values_list("meal").annotate(Count("pk")))
    meals = [(str(meal.label), Estimate(counted[meal])) for meal in Meal if meal in counted]
    silent = coming.count() - sum(counted[meal] for meal in Meal if meal in counted)
    if meals and silent:
        meals.append((_("keine Angabe"), Estimate(silent)))
    said = rows.exclude(sealed="").select_related("registration").order_by("registration__name", "pk")
    return Catering(tuple(meals), tuple((row.registration.name, needs_text(row)) for row in said))
