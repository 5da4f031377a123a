# SPDX-License-Identifier: EUPL-1.2
"""How much memory a file of events takes, while it is read and made ready, does not grow with its rows."""

import datetime as dt
import gc
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.db import transaction

from asskomm.alliance.domain import waves
from asskomm.alliance.domain.events import stage_events
from asskomm.alliance.models import Event
from asskomm.core.imports.domain import door
from asskomm.core.visibility import SYSTEM
from asskomm.territory.models import Municipality
from tests.making import GOERLITZ, draft, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]  # coverage would be measured too
FIRST = dt.date(2021, 1, 1)
VARIES = 150_000  # bytes from one run to the next, by what Python has not yet thrown away
A_ROW = 90  # bytes of what the reader keeps to know a row again


@pytest.fixture(autouse=True)
def _forgetful_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the driver of PostgreSQL not keep its last queries: that has an end, but a short file does not reach it."""
    monkeypatch.setattr("psycopg._queries.MAX_CACHED_STATEMENT_LENGTH", 0)


def peak(work: Callable[[], object]) -> int:
    """Give how many bytes more than before a work took at most."""
    gc.collect()
    gc.freeze()  # with what is there already Python would look for garbage more rarely
    gc.collect()
    thresholds = gc.get_threshold()
    gc.set_threshold(200, 1, 1)
    tracemalloc.start()
    try:
        before, _most = tracemalloc.get_traced_memory()
        work()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
        gc.set_threshold(*thresholds)
        gc.unfreeze()


def places() -> list[str]:
    return list(Municipality.objects.filter(valid_from__lte=FIRST, valid_to__gt="2030-01-01").order_by("ags").values_list("ags", flat=True))


def table(rows: int) -> list[bytes]:
    """Give different rows, and half as many that are wrong and that are there twice."""
    known = places()
    lines = [f"{FIRST + dt.timedelta(row % 701):%d.%m.%Y};Beratung;{known[row % len(known)]}\n".encode() for row in range(rows)]
    return [b"Datum;Art;Kommune\n", *lines, *[b"31.02.2023;Beratung;Aue\n", lines[0]] * (rows // 2)]


def test_reading_keeps_a_few_rows_and_a_number_of_each() -> None:
    def read(rows: int) -> int:
        batch = door.receive("ereignisse.csv", iter(table(rows)), by=SYSTEM)
        taken = peak(work_off)
        batch.refresh_from_db()
        assert (batch.accepted, batch.rejected, batch.duplicates, len(batch.duplicate_rows)) == (rows, rows // 2, rows // 2, min(rows // 2, 1000))
        return taken

    read(100)  # loads what is loaded once
    few, many = read(1200), read(4800)
    assert many - few < VARIES + A_ROW * 3600


def test_making_ready_settling_and_taking_out_hold_the_events_of_a_few_places() -> None:
    one, municipalities = draft("consultation", "2021-01-01", GOERLITZ), {place.ags: place for place in Municipality.objects.all()}

    def do(parts: Iterator[waves.Part]) -> None:
        for part in parts:
            with transaction.atomic():
                part()

    def carry(keys: list[str]) -> list[int]:
        Event.objects.all().delete()
        days = [replace(one.span, first=FIRST + dt.timedelta(day)) for day in range(2)]
        stage_events([replace(one, span=day, municipalities=(municipalities[key],)) for key in keys for day in days], by=SYSTEM)
        events = Event.objects.all()
        ready = peak(lambda: do(waves.bring_in("file", events, by=SYSTEM)))
        assert waves.turn("file") == len(keys) * 2
        return [ready, peak(lambda: do(waves.settle())), peak(lambda: do(waves.take_out("file", events, by=SYSTEM)))]

    known = places()
    carry(known[:8])
    few, many = carry(known[:100]), carry(known)
    assert [max(0, later - before - VARIES) for before, later in zip(few, many, strict=True)] == [0, 0, 0], (few, many)
