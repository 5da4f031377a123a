# SPDX-License-Identifier: EUPL-1.2
"""A job is ordered, taken up once, done, tried again, cancelled, given back; each ends once."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from asskomm.core.clock import clock
from asskomm.core.jobs import SCHEDULES, TASKS, EachMonth, EachNight, Runner, Scheduled, Task
from asskomm.core.jobs.domain import orders
from asskomm.core.jobs.domain.run import LostError, Run
from asskomm.core.jobs.domain.worker import Worker, order_due
from asskomm.core.jobs.enums import JobState
from asskomm.core.jobs.models import Job, ScheduleState
from asskomm.core.visibility import ANYONE, SYSTEM
from tests.core.jobs.conftest import Told
from tests.making import member

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def state_of(job: Job) -> tuple[str, str]:
    job.refresh_from_db()
    return job.state, job.fault


def test_a_job_is_done_in_the_name_of_whoever_ordered_it(worker: Worker, told: Told) -> None:
    account, principal = member("coordinator", "14626110")
    job = orders.order("greet", {"name": "Kim"}, by=principal, title="Gruß")
    assert (str(job), job.percent, job.ended) == ("Greet: Gruß", 0, False)
    assert (worker.work(), worker.work()) == (True, False)
    assert state_of(job) == (JobState.DONE, "")
    assert (job.result, job.percent, told) == ({"greeted": "Kim"}, 100, [("greet", account.pk)])


def test_whoever_has_no_account_orders_nothing() -> None:
    with pytest.raises(PermissionDenied):
        orders.order("greet", by=ANYONE)
    with pytest.raises(KeyError):
        orders.order("gibt es nicht", by=SYSTEM)


def test_what_cannot_be_done_is_said_and_not_tried_again(worker: Worker) -> None:
    job = orders.order("refuse", by=SYSTEM)
    assert (worker.work(), worker.work(), state_of(job)) == (True, False, (JobState.FAILED, "Die Datei ist weg."))


def test_a_fault_is_tried_again_with_longer_pauses_and_then_has_failed(worker: Worker, told: Told) -> None:
    job, pauses = orders.order("fail", by=SYSTEM), []
    for _attempt in range(3):
        assert worker.work()
        state_of(job)
        pauses.append(round((job.not_before - clock.now()).total_seconds(), -1))
        Job.objects.update(not_before=clock.now())
    assert (pauses[:2], len(told), worker.work()) == ([10, 40], 3, False)
    assert state_of(job) == (JobState.FAILED, "Unerwarteter Fehler (LookupError).")


def test_a_part_that_is_done_is_not_done_again(worker: Worker, told: Told) -> None:
    job = orders.order("count", {"to": 5, "fails_at": 2}, by=SYSTEM)
    worker.work()
    assert (state_of(job)[0], job.attempts, job.position) == (JobState.WAITING, 1, {"next": 3})
    Job.objects.update(not_before=clock.now())
    worker.work()
    assert (state_of(job)[0], [number for _name, number in told]) == (JobState.DONE, [0, 1, 2, 3, 4])


def test_a_job_whose_worker_died_is_taken_up_by_another_and_the_first_may_not_write(told: Told) -> None:
    job = orders.order("count", {"to": 2}, by=SYSTEM)
    dead = orders.claim("one")
    assert dead is not None
    assert orders.claim("two") is None
    with clock.moved_to(clock.now() + orders.LEASE * 2):
        heir = orders.claim("two")
        assert heir is not None
        assert (orders.renew(dead), orders.finish(dead, {}), orders.renew(heir)) == (False, False, True)
        with pytest.raises(LostError), Run(dead).step(next=1):
            told.append(("never", None))
        with pytest.raises(LostError):
            Run(dead).progress(1, 2)
        assert orders.finish(heir, {"by": "two"})
    assert (state_of(job)[0], job.result, told) == (JobState.DONE, {"by": "two"}, [])


def test_a_job_that_kills_its_workers_ends_too(worker: Worker) -> None:
    job = orders.order("count", {"to": 1}, by=SYSTEM)
    later = clock.now()
    for _death in range(3):
        with clock.moved_to(later):
            assert orders.claim("dies") is not None
        later += orders.LEASE * 2
    with clock.moved_to(later):
        worker.work()
    assert state_of(job) == (JobState.FAILED, "Der Auftrag ist 3-mal mittendrin abgebrochen.")


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_at_its_next_step(worker: Worker, told: Told) -> None:
    waiting, running = orders.order("greet", {"name": ""}, by=SYSTEM), orders.order("count", {"to": 5}, by=SYSTEM)
    assert orders.cancel(waiting).state == JobState.CANCELLED
    claimed = orders.claim("test")
    assert claimed == running
    assert claimed is not None
    assert orders.cancel(running).state == JobState.RUNNING
    worker.do(claimed)
    assert (state_of(running)[0], told) == (JobState.CANCELLED, [])
    assert orders.try_again(running).state == JobState.WAITING
    worker.work()
    assert (state_of(running)[0], len(told)) == (JobState.DONE, 5)
    assert orders.cancel(running).state == JobState.DONE


def test_a_worker_that_ends_gives_its_job_back(told: Told) -> None:
    job = orders.order("count", {"to": 5}, by=SYSTEM)
    worker = Worker("ends", stopping=lambda: len(told) == 2, beating=False)
    worker.work()
    assert (state_of(job)[0], job.position, job.attempts) == (JobState.WAITING, {"next": 2}, 0)


def test_a_task_that_is_gone_fails_in_words(worker: Worker) -> None:
    job = orders.order("greet", {"name": ""}, by=SYSTEM)
    Job.objects.update(task="was.es.einmal.gab")
    worker.work()
    assert (state_of(job), str(job)) == ((JobState.FAILED, "Unerwarteter Fehler (KeyError)."), "was.es.einmal.gab")


@pytest.fixture
def nightly(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(SCHEDULES, "_entries", {})
    SCHEDULES.register("night", Scheduled("greet", EachNight()))
    return "night"


def test_a_schedule_is_ordered_once_each_time_and_made_up_for_after_downtime(nightly: str) -> None:
    days = [NOW, NOW + dt.timedelta(hours=1), NOW + dt.timedelta(days=1), NOW + dt.timedelta(days=1, hours=1), NOW + dt.timedelta(days=9)]
    ordered = []
    for now in days:
        with clock.moved_to(now):
            ordered.append(len(order_due()))
    assert ordered == [0, 0, 1, 0, 1]  # the first look only notes where it stands; nine days away are made up for by one run
    assert ScheduleState.objects.get(key=nightly).last == dt.datetime(2026, 12, 1, 2, 30, tzinfo=dt.UTC)


def test_two_nodes_order_the_same_time_once(nightly: str) -> None:
    with clock.moved_to(NOW):
        order_due()
    with clock.moved_to(NOW + dt.timedelta(days=1)):
        due = EachNight().latest(clock.now())
        assert orders.order_once("greet", f"{nightly}@{due.isoformat()}") is not None  # the other node was a moment earlier
        assert order_due() == []
    assert Job.objects.count() == 1


def test_a_clock_that_goes_back_orders_nothing_twice(nightly: str) -> None:
    for hours in (0, 24, 12, 24):
        with clock.moved_to(NOW + dt.timedelta(hours=hours)):
            order_due()
    assert (Job.objects.count(), ScheduleState.objects.get(key=nightly).last) == (1, dt.datetime(2026, 11, 23, 2, 30, tzinfo=dt.UTC))


def test_the_first_wednesday_runs_a_month_long_wait_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SCHEDULES, "_entries", {})
    SCHEDULES.register("dialogue", Scheduled("greet", EachMonth(weekday=2, which=1)))
    found = []
    for day in range(70):
        with clock.moved_to(NOW + dt.timedelta(days=day)):
            found += [clock.today()] if order_due() else []
    assert found == [dt.date(2026, 12, 2), dt.date(2027, 1, 6)]


def test_old_jobs_are_forgotten(worker: Worker) -> None:
    with clock.moved_to(NOW - dt.timedelta(days=91)):
        old, waiting = orders.order("greet", {"name": ""}, by=SYSTEM), orders.order("greet", {"name": ""}, by=SYSTEM, not_before=NOW)
        worker.work()
    with clock.moved_to(NOW - dt.timedelta(hours=1)):
        orders.order("retention.delete", by=SYSTEM)
        worker.work()
    assert not Job.objects.filter(pk=old.pk).exists()
    assert Job.objects.filter(pk=waiting.pk).exists()


def test_what_a_task_says_stands_in_its_log(worker: Worker) -> None:
    def speak(run: Runner) -> Mapping[str, Any]:
        run.say("Erste Zeile")
        return {}

    TASKS.register("speak", Task("speak", "Reden", speak))
    try:
        job = orders.order("speak", by=SYSTEM)
        worker.work()
    finally:
        TASKS.remove("speak")
    assert [str(line) for line in job.lines.all()] == ["Erste Zeile"]
