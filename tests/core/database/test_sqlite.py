# SPDX-License-Identifier: EUPL-1.2
"""Who waits for the one writer of the embedded database gets her turn, or is told after the timeout."""

import threading
import time

import pytest
from django.db import OperationalError, connection, transaction

from asskomm.core.clock import clock
from asskomm.core.retention.models import Deletion

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.skipif(connection.vendor != "sqlite", reason="of the embedded database only")]


def hold(inside: threading.Event, release: threading.Event) -> threading.Thread:
    """Hold the write lock in a thread until released."""

    def run() -> None:
        with transaction.atomic():
            Deletion.objects.create(rule="first", at=clock.now(), count=1)
            inside.set()
            release.wait(30)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert inside.wait(30)
    return thread


def test_a_writer_waits_for_the_one_before() -> None:
    inside, release = threading.Event(), threading.Event()
    holder = hold(inside, release)
    threading.Timer(0.1, release.set).start()
    with transaction.atomic():
        Deletion.objects.create(rule="second", at=clock.now(), count=1)
    holder.join(30)
    assert list(Deletion.objects.order_by("pk").values_list("rule", flat=True)) == ["first", "second"]


def test_a_writer_gives_up_after_the_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    inside, release = threading.Event(), threading.Event()
    holder = hold(inside, release)
    began = time.monotonic()
    with pytest.raises(OperationalError, match="database is locked"), transaction.atomic():
        pytest.fail("the lock is another's")
    assert 0.05 <= time.monotonic() - began < 30
    release.set()
    holder.join(30)
    assert Deletion.objects.count() == 1


def test_many_writers_lose_nothing_and_outside_of_transactions_sqlite_itself_waits() -> None:
    def write(number: int) -> None:
        for _turn in range(10):
            with transaction.atomic():
                Deletion.objects.create(rule=f"thread-{number}", at=clock.now(), count=Deletion.objects.count())
            Deletion.objects.filter(rule="nothing").update(count=0)
        connection.close()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert list(Deletion.objects.order_by("pk").values_list("count", flat=True)) == list(range(60))


def test_another_fault_is_no_reason_to_wait() -> None:
    with transaction.atomic(), pytest.raises(OperationalError, match="within a transaction"):
        connection._start_transaction_under_autocommit()  # type: ignore[attr-defined]
