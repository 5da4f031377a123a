# SPDX-License-Identifier: EUPL-1.2
"""A process of its own that lets workers work and kills them with -9; the database is named on the command line.

It forks instead of starting anew, because a start takes longer than a life here.
"""

import datetime as dt
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import django
from django.conf import settings

KILLS, OPEN, STEPS = 50, 3, 40


def count(run: Any) -> Mapping[str, Any]:
    """Say each number once, each in its own step."""
    for number in range(run.position.get("next", 0), STEPS):
        with run.step(next=number + 1):
            run.say(str(number))
            time.sleep(random.uniform(0, 0.004))
    return {"ended_by": os.getpid()}


def live(name: str) -> int:
    """Fork a worker, and give its number."""
    from django.db import connections

    connections.close_all()
    if (child := os.fork()) != 0:
        return child
    from asskomm.core.jobs.domain.worker import Worker

    Worker(name).run()
    os._exit(0)


def be_quick() -> None:
    """Let a job be given back soon after its worker died, and order nothing by the clock."""
    from asskomm.core.jobs import SCHEDULES
    from asskomm.core.jobs.domain import orders, worker

    orders.LEASE, worker.BEAT_SECONDS, worker.IDLE_SECONDS = dt.timedelta(seconds=0.15), 0.03, 0.01
    SCHEDULES._entries.clear()


def kill_often(kills: int, longest: float, after_each: Callable[[], None] = lambda: None) -> None:
    """Let two workers work and kill one after the other, each after at most `longest` seconds; then let the rest be done."""
    workers = [live(f"first-{n}") for n in range(2)]
    for number in range(kills):
        time.sleep(random.uniform(0.01, longest))
        victim = workers.pop(0)
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        after_each()
        workers.append(live(f"worker-{number}"))
    _let_end(workers)


def kill_once_it_moves(kills: int, written: Callable[[], object], after_each: Callable[[], None]) -> None:
    """Let two workers work, and kill the one that does the job each time it has written something new; then let the rest be done.

    Args:
        kills: how many; those after the job is done hit whoever waits for another.
        written: what is written by now.
        after_each: called when one is dead.
    """
    from asskomm.core.jobs.models import Job

    workers = {name: live(name) for name in ("first", "second")}
    for number in range(kills):
        before, end = written(), time.monotonic() + 30
        while Job.objects.exclude(state="done").exists() and written() == before:
            if time.monotonic() > end:
                raise RuntimeError("nothing is written any more")
            time.sleep(0.002)
        time.sleep(random.uniform(0, 0.02))
        at_work = Job.objects.filter(state="running", worker__in=workers).values_list("worker", flat=True).first()
        _end(workers.pop(at_work or next(iter(workers))), signal.SIGKILL)
        after_each()
        workers[f"worker-{number}"] = live(f"worker-{number}")
    _let_end(workers.values())


def kill_at_work(kills: int, order: Callable[[], object]) -> int:
    """Let two workers work, and kill one each time while it does a job; then let the rest be done. Gives how many kills hit a job that was going on."""
    from asskomm.core.jobs.models import Job

    workers, hits = {name: live(name) for name in ("first", "second")}, 0
    for number in range(4 * kills):
        while Job.objects.exclude(state="done").count() < OPEN:
            order()
        victim = _busy(workers)
        time.sleep(random.uniform(0, 0.03))
        _end(workers.pop(victim), signal.SIGKILL)
        hits += Job.objects.filter(state="running", worker=victim).exists()  # it can never be ended by this worker any more
        if hits == kills:
            break
        workers[f"worker-{number}"] = live(f"worker-{number}")
    workers["last"] = live("last")
    _let_end(workers.values())
    return hits


def _busy(workers: Iterable[str]) -> str:
    """Wait until one of the workers does a job."""
    from asskomm.core.jobs.models import Job

    names, end = list(workers), time.monotonic() + 30
    while time.monotonic() < end:
        if found := Job.objects.filter(state="running", worker__in=names).order_by("?").values_list("worker", flat=True).first():
            return str(found)
        time.sleep(0.002)
    raise RuntimeError("no worker takes up a job")


def _let_end(workers: Iterable[int]) -> None:
    """Let all jobs be done, then end the workers."""
    from django.db import connection

    from asskomm.core.jobs.models import Job

    end = time.monotonic() + 60
    while Job.objects.exclude(state="done").exists() and time.monotonic() < end:
        connection.close()
        time.sleep(0.05)
    for survivor in workers:
        _end(survivor, signal.SIGTERM if time.monotonic() < end else signal.SIGKILL)


def _end(worker: int, how: signal.Signals) -> None:
    os.kill(worker, how)
    os.waitpid(worker, 0)


def main() -> None:
    """Kill until it has been often enough."""
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()
    from asskomm.core.jobs import TASKS, Task
    from asskomm.core.jobs.domain import orders
    from asskomm.core.visibility import SYSTEM

    random.seed(int(sys.argv[2]))
    be_quick()
    TASKS.register("count", Task("count", "Zählen", count, attempts=1000))
    sys.stdout.write(str(kill_at_work(KILLS, lambda: orders.order("count", by=SYSTEM))))


if __name__ == "__main__":
    main()
