# SPDX-License-Identifier: EUPL-1.2
"""How long a place is held for somebody who has not said yes to it."""

import datetime as dt

from asskomm.core.clock import clock

HOLDS = dt.timedelta(minutes=30)
"""How long a place is held for somebody who has not confirmed her address."""
ACCEPTS = dt.timedelta(hours=48)
"""How long somebody from a line has to accept; less where it begins sooner."""


def accept_until(begins: dt.datetime) -> dt.datetime:
    """Give the instant until which somebody accepts an offer that is made now, for what begins then."""
    return min(clock.now() + ACCEPTS, max(begins, clock.now() + HOLDS))
