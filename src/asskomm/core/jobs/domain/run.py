# SPDX-License-Identifier: EUPL-1.2
"""What a task holds in its hands while it runs."""

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from asskomm.core.jobs.domain import orders
from asskomm.core.jobs.models import Job
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.core.visibility.accounts import principal_of_account

_TOLD_EVERY = 0.3


class CancelledError(Exception):
    """Somebody has cancelled the job."""


class LostError(Exception):
    """Another worker has taken the job up; this one must not write any more."""


class StoppedError(Exception):
    """The worker is to end; the job goes back."""


class Run:
    """One attempt at a job.

    Args:
        job: as claimed.
        stopping: whether the worker is to end.
        told: who wants to hear in this process how far it is.
    """

    def __init__(self, job: Job, stopping: Callable[[], bool] = lambda: False, told: Callable[[Job], None] = lambda _job: None) -> None:
        """Hold the job."""
        self.job = job
        self.arguments: Mapping[str, Any] = job.arguments
        self.position: Mapping[str, Any] = job.position
        self.principal: Principal = SYSTEM if job.account is None else principal_of_account(job.account)
        self._stopping, self._tell = stopping, told
        self._told = 0.0

    def progress(self, done: int, total: int) -> None:
        """Tell how far it is, not more often than anybody looks."""
        if time.monotonic() - self._told < _TOLD_EVERY:
            return
        self._told = time.monotonic()
        if not orders.mine(self.job).update(done=done, total=total):
            raise LostError
        self.job.done, self.job.total = done, total
        self._tell(self.job)
        self._check()

    def say(self, text: str) -> None:
        """Add a line to its log."""
        orders.say(self.job, text)

    @contextmanager
    def step(self, **position: Any) -> Iterator[None]:
        """Do a part and move the position in one transaction; whoever comes further starts with fresh attempts."""
        self._check()
        with _without_collection(), transaction.atomic():
            if not orders.mine(self.job).update(position=position, attempts=1):
                raise LostError
            yield
        self.position = position

    def _check(self) -> None:
        if self._stopping():
            raise StoppedError
        if Job.objects.filter(pk=self.job.pk, cancel_requested=True).exists():
            raise CancelledError


@contextmanager
def _without_collection() -> Iterator[None]:
    """Let Python look for garbage between two parts, not while others wait to write: with thousands of rows read it takes a fifth of a second."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
