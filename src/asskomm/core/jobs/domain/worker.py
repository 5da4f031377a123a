# SPDX-License-Identifier: EUPL-1.2
"""The worker: looks what is due, takes up a job, does it, and keeps its lease while doing so."""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto

from django.db import DatabaseError, close_old_connections, connection, connections
from django.utils import translation
from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.core.database.full import is_full
from asskomm.core.installation.maintenance import hindrance, is_outdated
from asskomm.core.jobs.domain import orders
from asskomm.core.jobs.domain.beats import Heart
from asskomm.core.jobs.domain.run import CancelledError, LostError, Run, StoppedError
from asskomm.core.jobs.models import Job, ScheduleState
from asskomm.core.jobs.registry import SCHEDULES, TASKS, JobRefusalError

IDLE_SECONDS = 0.3
SCHEDULE_SECONDS = 5.0
BEAT_SECONDS = 5.0
FAULT_SECONDS = 3.0  # a full disk must not be filled by the log
_log = logging.getLogger("asskomm.jobs")


def worker_name() -> str:
    """Give a name by which a worker is told from the others."""
    return f"{socket.gethostname()}:{os.getpid()}"


class Turn(Enum):
    """What came of looking for work once."""

    BUSY = auto()
    IDLE = auto()
    LAST = auto()


class Worker:
    """Works off jobs, one after another.

    Args:
        name: under which it takes jobs up.
        stopping: asked often; true ends it after giving back what it does.
        beating: whether a second thread keeps the lease; tests within one transaction do without.
        told: who wants to hear how far a job is.
    """

    def __init__(
        self, name: str, *, stopping: Callable[[], bool] = lambda: False, beating: bool = True, told: Callable[[Job], None] = lambda _job: None
    ) -> None:
        """Start with nothing to do."""
        self.name, self.stopping, self.beating, self.told = name, stopping, beating, told
        self._looked = float("-inf")
        self._heart = Heart(name)

    def run(self) -> None:
        """Work until stopped, or until the database is one of another version; one that does not answer is waited for."""
        while not self.stopping():
            try:
                state = self.turn()
            except DatabaseError:
                _log.exception("the database does not answer")
                connections.close_all()
                state = Turn.IDLE
                time.sleep(FAULT_SECONDS)
            if state is Turn.LAST:
                break
            if state is Turn.IDLE:
                close_old_connections()
                time.sleep(IDLE_SECONDS)
        with suppress(DatabaseError):
            self._heart.stop()

    def turn(self) -> Turn:
        """Work once, if anybody may write now; it was the last time where the database is one of another version."""
        if is_outdated():  # whoever starts the worker again starts the new program
            return Turn.LAST
        if hindrance():
            return Turn.IDLE
        self._heart.beat()
        return Turn.BUSY if self.work() else Turn.IDLE

    def work(self) -> bool:
        """Order what is due and do one job; false when there was none."""
        if time.monotonic() - self._looked >= SCHEDULE_SECONDS:
            self._looked = time.monotonic()
            order_due()
        job = orders.claim(self.name)
        if job is not None:
            self.do(job)
        return job is not None

    def do(self, job: Job) -> None:
        """Do one job that was claimed, and end it in one of its ways."""
        if orders.died_too_often(job):
            return
        with translation.override("de"), self._lease(job):
            try:
                result = TASKS[job.task].run(Run(job, self.stopping, self.told))
                orders.finish(job, result or {})
            except CancelledError:
                orders.end_cancelled(job)
            except StoppedError:
                orders.give_back(job)
            except LostError:
                _log.warning("job %s was taken up by another worker", job.reference)
            except JobRefusalError as refusal:
                orders.refuse(job, str(refusal))
            except Exception as fault:  # noqa: BLE001 -- whatever a task of some room throws must not end the worker
                _log.exception("job %s failed", job.reference)
                if is_full(fault):
                    orders.postpone(job, _("Der Speicher des Servers ist voll."))
                    return
                orders.put_off(job, _("Unerwarteter Fehler (%(name)s).") % {"name": type(fault).__name__})

    @contextmanager
    def _lease(self, job: Job) -> Iterator[None]:
        ended = threading.Event()
        thread = threading.Thread(target=_keep, args=(job, ended, self._heart), daemon=True)
        if self.beating:
            thread.start()
        try:
            yield
        finally:
            ended.set()
            if self.beating:
                thread.join()


def _keep(job: Job, ended: threading.Event, heart: Heart) -> None:
    """Keep the lease, and the worker known to be alive, from a connection of its own, until the job ends or is another's."""
    try:
        while not ended.wait(BEAT_SECONDS):
            try:
                heart.beat()
                if not orders.renew(job):
                    return
            except DatabaseError:
                _log.warning("the lease of job %s could not be renewed", job.reference)
    finally:
        connection.close()


def carry_out(job: Job, told: Callable[[Job], None] = lambda _job: None) -> Job:
    """Do a job in this process, or wait for the worker that was quicker; what the command line does. After a fault it is left to the worker."""
    worker = Worker(worker_name(), told=told)
    while not job.ended and not job.fault:
        if claimed := orders.claim(worker.name, only=job):
            worker.do(claimed)
        else:
            time.sleep(IDLE_SECONDS)
        job.refresh_from_db()
        told(job)
    return job


def order_due() -> list[Job]:
    """Order what schedules have made due since they ran last; several nodes order it once."""
    now, ordered = clock.now(), []
    for key, scheduled in SCHEDULES.items():
        due = scheduled.rule.latest(now)
        state, new = ScheduleState.objects.get_or_create(key=key, defaults={"last": due})
        if new or state.last >= due:
            continue  # an installation begins with what comes next, not with what has been
        job = orders.order_once(scheduled.task, f"{key}@{due.isoformat()}")
        ScheduleState.objects.filter(key=key, last__lt=due).update(last=due)
        ordered += [job] if job else []
    return ordered
