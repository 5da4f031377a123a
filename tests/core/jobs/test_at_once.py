# SPDX-License-Identifier: EUPL-1.2
"""Several nodes at the same moment: what is due is ordered once, a job is taken up once, and a lease moves on while its job is done."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import pytest
from django.db import connection

from asskomm.core.clock import clock
from asskomm.core.jobs import SCHEDULES, TASKS, EachNight, Runner, Scheduled, Task
from asskomm.core.jobs.domain import orders, worker
from asskomm.core.jobs.domain.worker import Worker, order_due
from asskomm.core.jobs.models import Job
from asskomm.core.visibility import SYSTEM

pytestmark = pytest.mark.usefixtures("loaded")
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
NODES = 4
Result = TypeVar("Result")


def at_once(do: Callable[[int], Result]) -> list[Result]:
    """Do something on several nodes that begin together, each with a connection of its own."""
    start, found = threading.Barrier(NODES), list[Result]()

    def node(number: int) -> None:
        try:
            start.wait()
            found.append(do(number))
        finally:
            connection.close()

    threads = [threading.Thread(target=node, args=(number,)) for number in range(NODES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_what_is_due_is_ordered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SCHEDULES, "_entries", {})
    for number in range(5):
        SCHEDULES.register(f"night-{number}", Scheduled("greet", EachNight()))
    with clock.moved_to(NOW):
        at_once(lambda _node: order_due())
    with clock.moved_to(NOW + dt.timedelta(days=1)):
        ordered = [job.once for jobs in at_once(lambda _node: order_due()) for job in jobs]
    assert sorted(map(str, ordered)) == [f"night-{number}@2026-11-23T03:30:00+01:00" for number in range(5)]
    assert Job.objects.count() == 5


def test_each_job_is_taken_up_once() -> None:
    for _number in range(25):
        orders.order("greet", {"name": ""}, by=SYSTEM)
    taken = [reference for references in at_once(lambda node: list(_taken(f"node-{node}"))) for reference in references]
    assert sorted(taken) == sorted(Job.objects.values_list("reference", flat=True))
    assert set(Job.objects.values_list("fence", flat=True)) == {1}


def _taken(name: str) -> Iterator[str]:
    while job := orders.claim(name):
        yield job.reference


def test_a_lease_moves_on_while_its_job_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "LEASE", dt.timedelta(seconds=1))
    monkeypatch.setattr(worker, "BEAT_SECONDS", 0.02)
    others = []

    def outlast(_run: Runner) -> Mapping[str, Any]:
        first = Job.objects.get().lease_until
        while first is not None and clock.now() <= first:
            threading.Event().wait(0.02)
        others.append(orders.claim("other"))
        return {}

    TASKS.register("outlast", Task("outlast", "Länger als die erste Frist", outlast))
    try:
        orders.order("outlast", by=SYSTEM)
        job = orders.claim("first")
        assert job is not None
        Worker("first").do(job)
    finally:
        TASKS.remove("outlast")
    job.refresh_from_db()
    assert (others, job.state, job.fence) == ([None], "done", 1)
