# SPDX-License-Identifier: EUPL-1.2
"""Whose link a secret is."""

from asskomm.core.clock import clock
from asskomm.people.domain.links import digest_of
from asskomm.people.models import OneTimeLink

_LONGEST = 100


def live_link(secret: str) -> OneTimeLink | None:
    """Give the link of a secret with its account, without using it up; `None` where it lets nobody in."""
    if len(secret) > _LONGEST:
        return None
    return OneTimeLink.objects.live(clock.now()).select_related("account__person").filter(digest=digest_of(secret)).first()
