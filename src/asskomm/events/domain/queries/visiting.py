# SPDX-License-Identifier: EUPL-1.2
"""At which gatherings a municipality was."""

from collections.abc import Collection

from django.db.models import Q

from asskomm.core.clock import clock
from asskomm.core.visibility import Principal
from asskomm.events.domain.queries.origins import places_visited
from asskomm.events.enums import GatheringState
from asskomm.events.models import Gathering
from asskomm.events.models.gathering import GatheringQuerySet


def visited_by(municipalities: Collection[str], principal: Principal) -> GatheringQuerySet:
    """Give the gatherings that are over and at which somebody was for one of some municipalities, as far as the reader sees them, the last first.

    While the names are there it is counted from them by the function that writes the municipalities down when they go, so that nothing changes that night.
    """
    seen = Gathering.objects.visible_to(principal).filter(state=GatheringState.PUBLISHED, ends_at__lte=clock.now())
    with_names = seen.filter(registrations__attendance__came_at__isnull=False).distinct()
    came = [key for key, places in places_visited(with_names).items() if not places.isdisjoint(municipalities)]
    return seen.filter(Q(visits__municipality__in=municipalities) | Q(pk__in=came)).distinct().order_by("-starts_at", "-pk")
