# SPDX-License-Identifier: EUPL-1.2
"""Read 270,000 facts in while eight clients record events, and say how long a client waits: alone, and beside the import.

Runs on SQLite, and on PostgreSQL too where the server's programs are installed (then under tools/with_postgres.py by itself).
"""

import gc
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Event as Flag
    from multiprocessing.synchronize import Semaphore as Ready

    from asskomm.core.imports.models import Batch

CLIENTS, MEASURES, ALONE_SECONDS, LIMIT_MS = 8, 25, 10.0, 500


def make_measures() -> int:
    """Add measures up to the number wanted, and give how many municipalities there are."""
    import django

    django.setup()
    from asskomm.territory.models import Measure, Municipality

    new = [Measure(key=f"bench_{n}", name=f"Probe {n}", definition="", unit="count", headings=[f"probe {n}"], position=100 + n) for n in range(MEASURES)]
    Measure.objects.bulk_create(new, ignore_conflicts=True)
    return Municipality.objects.count()


def write_table(path: Path, rows: int) -> int:
    """Write a table with that many numbers, over the municipalities again and again."""
    from asskomm.territory.models import Municipality

    keys = list(Municipality.objects.values_list("ags", flat=True))
    lines = ["AGS;" + ";".join(f"Probe {n}" for n in range(MEASURES))]
    lines += [f"{keys[n % len(keys)]};" + ";".join(str((n + 1) * (m + 1)) for m in range(MEASURES)) for n in range(rows // MEASURES)]
    path.write_text("\n".join(lines), "utf-8")
    return MEASURES * (len(lines) - 1)


def client(number: int, ready: "Ready", stop: "Flag", told: "Queue[tuple[list[float], int]]") -> None:
    """Record one event after another as people do, with a breath between, and tell how long each took."""
    import django

    django.setup()
    from asskomm.alliance.domain.events import record_event
    from asskomm.core.visibility import SYSTEM
    from tests.making import draft

    place = "14626110" if number % 2 else "14522150"
    times: list[float] = []
    faults = day = 0
    record_event(draft("coaching_session", "2023-12-31", place), by=SYSTEM)  # loads what the first one needs
    ready.release()
    while not stop.is_set():
        day += 1
        began = time.perf_counter()
        try:
            record_event(draft("coaching_session", f"2024-{1 + day // 28 % 12:02}-{1 + day % 28:02}", place), by=SYSTEM)
        except Exception as fault:  # noqa: BLE001 -- counted
            faults += 1
            print(f"  client {number}: {fault}")
        times.append(1000 * (time.perf_counter() - began))
        time.sleep(0.05)
    told.put((times, faults))


def during(work: "Callable[[], None]") -> tuple[list[float], int]:
    """Let the clients record while something goes on; give all times and the number of faults."""
    context = get_context("spawn")
    ready, stop, told = context.Semaphore(0), context.Event(), context.Queue()
    clients = [context.Process(target=client, args=(n, ready, stop, told)) for n in range(CLIENTS)]
    for each in clients:
        each.start()
    for _each in clients:
        ready.acquire(timeout=60)
    work()
    stop.set()
    answers = [told.get(timeout=60) for _ in clients]
    for each in clients:
        each.join(30)
    return [t for times, _faults in answers for t in times], sum(faults for _times, faults in answers)


def hold(held: list[float]) -> None:
    """Note from now on how long each step of a job holds the database, without the wait for its turn."""
    from contextlib import contextmanager

    from django.db import transaction

    from asskomm.core.jobs.domain.run import Run

    plain = Run.step

    @contextmanager
    def timed(self: "Run", **position: Any) -> "Iterator[None]":
        with plain(self, **position):
            began = time.perf_counter()
            yield
            transaction.on_commit(lambda: held.append(1000 * (time.perf_counter() - began)))  # Python looks for garbage after it

    Run.step = timed  # type: ignore[method-assign]


def ask(stop: "Flag", told: "Queue[float]") -> None:
    """Ask for the embedded database all the time, as the next writer would, and tell how long that took at most."""
    import sqlite3

    database = sqlite3.connect(next(Path(os.environ["ASSKOMM_DATA"]).glob("*.sqlite3")), isolation_level=None, timeout=0)
    longest = 0.0
    while not stop.is_set():
        began, held = time.perf_counter(), True
        while held:
            try:
                database.execute("BEGIN IMMEDIATE")
                held = False
            except sqlite3.OperationalError:
                time.sleep(0.001)
        database.execute("ROLLBACK")
        longest = max(longest, 1000 * (time.perf_counter() - began))
        time.sleep(0.002)
    told.put(longest)


def live_while_asked(folder: Path, held: list[float]) -> None:
    """Do the same while somebody asks for the embedded database all the time: a part may go on after it has given it back."""
    context = get_context("spawn")
    stop, told = context.Event(), context.Queue()
    asking = context.Process(target=ask, args=(stop, told))
    if not os.environ.get("ASSKOMM_DATABASE_URL"):
        asking.start()
    live(folder, held)
    stop.set()
    if asking.pid:
        print(f"  longest wait of whoever asked for the database all the time: {told.get(timeout=60):.0f} ms")


def live(folder: Path, held: list[float]) -> None:
    """Say how long an event in every municipality holds the database when all go live at once; and one more where each has ten already."""
    from asskomm.config.warm_up import warm_up
    from asskomm.core.imports.domain import door, files
    from asskomm.core.visibility import SYSTEM
    from asskomm.territory.models import Municipality

    table = folder / "events.csv"
    keys = list(Municipality.objects.filter(successor__isnull=True).values_list("ags", flat=True))
    warm_up()
    gc.freeze()  # as the process for jobs does at its start
    for days, said in (([1], "none yet"), (range(2, 11), "one"), ([11], "ten"), (range(12, 27), "eleven")):
        rows = [f"{day:02}.03.2024;Kooperationsvereinbarung unterzeichnet;{key}" for day in days for key in keys]
        table.write_text("\n".join(["Datum;Art;Kommune", *rows]), "utf-8")
        batch = door.receive(f"events{days[0]}.csv", files.blocks_of(table), by=SYSTEM, importer="events")
        _carried_out(batch)
        batch.refresh_from_db()
        held.clear()
        _carried_out(door.take_over(batch, by=SYSTEM))
        print(f"  {len(rows)} events where each municipality has {said}: longest of {len(held)} parts {max(held):.0f} ms")
    held.clear()
    batch.refresh_from_db()
    _carried_out(door.undo(batch, by=SYSTEM))
    print(f"  the last {len(rows)} undone: longest of {len(held)} parts {max(held):.0f} ms")


def run(folder: Path) -> None:
    """Measure on one database."""
    held: list[float] = []
    hold(held)
    live_while_asked(folder, held)
    held.clear()
    from asskomm.core.imports.domain import door, files
    from asskomm.core.visibility import SYSTEM

    table = folder / "table.csv"
    rows = write_table(table, 270_000)
    alone, faults_alone = during(lambda: time.sleep(ALONE_SECONDS))

    def read_in() -> None:
        began = time.perf_counter()
        batch = door.receive("table.csv", files.blocks_of(table), by=SYSTEM, importer="census")
        _carried_out(batch)
        reading = time.perf_counter() - began
        batch.refresh_from_db()
        _carried_out(door.take_over(batch, by=SYSTEM))
        batch.refresh_from_db()
        over = sum(ms > 200 for ms in held)
        print(f"  {len(held)} parts: p99 {statistics.quantiles(held, n=100)[-1]:.0f} ms, longest {max(held):.0f} ms, {over} over 200 ms")
        facts, writing = batch.written * MEASURES, time.perf_counter() - began - reading
        print(f"  {facts} of {rows} facts: read in {reading:.1f} s, written in {writing:.1f} s, state {batch.state}")

    beside, faults = during(read_in)
    for name, times, wrong in (("alone", alone, faults_alone), ("beside the import", beside, faults)):
        p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
        over = "" if p95 <= LIMIT_MS else f"  over {LIMIT_MS} ms"
        print(
            f"  {name:18} {len(times):5} events: median {statistics.median(times):6.1f} ms, p95 {p95:6.1f} ms, most {max(times):6.1f} ms, {wrong} faults{over}"
        )


def _carried_out(batch: "Batch") -> None:
    from asskomm.core.jobs.domain.worker import carry_out

    if batch.job is not None:
        carry_out(batch.job)


def main() -> None:
    """Prepare a folder, measure; then the same on PostgreSQL."""
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["ASSKOMM_DATA"] = str(Path(temporary) / "data")
        os.environ["DJANGO_SETTINGS_MODULE"] = "asskomm.config.settings"
        subprocess.run([sys.executable, "-m", "asskomm", "up", "--prepare-only", "--no-example"], check=True, stdout=subprocess.DEVNULL)
        make_measures()
        print("PostgreSQL" if os.environ.get("ASSKOMM_DATABASE_URL") else "SQLite")
        run(Path(temporary))
    if not os.environ.get("ASSKOMM_DATABASE_URL") and (shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        subprocess.run([sys.executable, "tools/with_postgres.py", sys.executable, "-m", "bench.door"], check=True)


if __name__ == "__main__":
    main()
