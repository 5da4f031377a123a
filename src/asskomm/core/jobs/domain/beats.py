# SPDX-License-Identifier: EUPL-1.2
"""A worker shows that it lives, whether it has something to do or not."""

import datetime as dt
import time

from django.db.models import Max

from asskomm.core.clock import clock
from asskomm.core.jobs.models import WorkerBeat

BEAT_SECONDS = 15.0
DEAD_AFTER = dt.timedelta(minutes=2)
_FORGOTTEN_AFTER = dt.timedelta(days=1)


class Heart:
    """Beats as often as it is asked, but not more often than anybody looks."""

    def __init__(self, name: str) -> None:
        """Begin without a beat."""
        self._name, self._beat = name[:80], float("-inf")
        self._started = clock.now()

    def beat(self) -> None:
        """Write down that the worker lives; the first beat clears away those that are long gone."""
        if time.monotonic() - self._beat < BEAT_SECONDS:
            return
        now = clock.now()
        if self._beat == float("-inf"):
            WorkerBeat.objects.filter(beat_at__lt=now - _FORGOTTEN_AFTER).delete()
        WorkerBeat.objects.update_or_create(name=self._name, defaults={"beat_at": now}, create_defaults={"started_at": self._started, "beat_at": now})
        self._beat = time.monotonic()

    def stop(self) -> None:
        """Say that the worker ends in good order."""
        WorkerBeat.objects.filter(name=self._name).delete()


def newest_beat() -> dt.datetime | None:
    """Give when any worker lived last."""
    newest: dt.datetime | None = WorkerBeat.objects.aggregate(newest=Max("beat_at"))["newest"]
    return newest


def works() -> bool:
    """Whether a worker lives."""
    newest = newest_beat()
    return newest is not None and clock.now() - newest < DEAD_AFTER
