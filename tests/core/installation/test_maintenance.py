# SPDX-License-Identifier: EUPL-1.2
"""While the database is brought to a new version, and under a program of another one, reading goes on and nothing is written."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.installation.domain import settle_installation
from asskomm.core.installation.maintenance import VOID_AFTER, hindrance, maintenance, note_schema
from asskomm.core.installation.models import Installation
from asskomm.core.jobs.domain import orders
from asskomm.core.jobs.domain.worker import Turn, Worker
from asskomm.core.jobs.models import Job, WorkerBeat
from asskomm.core.visibility import SYSTEM, Principal

pytestmark = pytest.mark.django_db
SENTENCE = "Die Anwendung wird gerade auf eine neue Version umgestellt. Lesen geht weiter, gespeichert wurde nichts."
OTHER = "Die Datenbank gehört zu einer anderen Version des Programms. Lesen geht weiter, gespeichert wurde nichts."


@pytest.fixture(autouse=True)
def _settled() -> None:
    settle_installation(example=False)
    note_schema()


def test_writes_are_refused_and_reads_go_on(client: Client, sign_in: Callable[..., Principal]) -> None:
    sign_in("state_council")
    with maintenance():
        page, api = client.post("/ereignisse/neu/"), client.post("/api/imports")
        assert (page.status_code, SENTENCE in page.content.decode(), page["Retry-After"]) == (503, True, "120")
        assert (api.status_code, api.json()["detail"]) == (503, SENTENCE)
        assert client.get("/ereignisse/").status_code == 200
    assert client.post("/ereignisse/neu/").status_code == 200


def test_a_process_that_was_killed_locks_nobody_out_for_ever() -> None:
    Installation.objects.update(maintenance_since=clock.now())
    assert hindrance() == SENTENCE
    with clock.moved_to(clock.now() + VOID_AFTER + dt.timedelta(seconds=1)):
        assert hindrance() == ""


def test_a_program_of_another_version_does_not_write(client: Client) -> None:
    Installation.objects.update(schema="x")
    assert hindrance() == OTHER
    assert client.post("/einloggen/").status_code == 503


def test_a_worker_rests_meanwhile_and_ends_under_another_version() -> None:
    orders.order("audit.seal", by=SYSTEM)
    worker = Worker("here:1", beating=False)
    with maintenance():
        assert worker.turn() is Turn.IDLE
    assert (Job.objects.get().state, WorkerBeat.objects.count()) == ("waiting", 0)
    assert worker.turn() is Turn.BUSY
    Installation.objects.update(schema="x")
    assert worker.turn() is Turn.LAST
