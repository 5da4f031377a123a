# SPDX-License-Identifier: EUPL-1.2
"""At which gatherings a municipality was."""

from collections.abc import Collection

from django.db.models import Q

from asskomm.core.clock import clock
from asskomm.core.visibility import Principal
from asskomm.events.enums import GatheringState, RegistrationState
from asskomm.events.models import Gathering
from asskomm.events.models.gathering import GatheringQuerySet


def visited_by(municipalities: Collection[str], principal: Principal) -> GatheringQuerySet:
    """Give the gatherings that are over and at which somebody was for one of some municipalities, as far as the reader sees them, the last first."""
    came = Q(registrations__municipality__in=municipalities, registrations__state=RegistrationState.CONFIRMED, registrations__attendance__came_at__isnull=False)
    seen = Gathering.objects.visible_to(principal).filter(state=GatheringState.PUBLISHED, ends_at__lte=clock.now())
    return seen.filter(Q(visits__municipality__in=municipalities) | came).distinct().order_by("-starts_at", "-pk")
