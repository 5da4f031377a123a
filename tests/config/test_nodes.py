# SPDX-License-Identifier: EUPL-1.2
"""Several nodes on one PostgreSQL: one dies again and again, nothing acknowledged is lost, nothing is doubled."""

import os
import shutil
import threading
from pathlib import Path

import pytest
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from pytest_django import Settings

from asskomm.core.api.throttles import _counted
from asskomm.core.installation.shared import CACHE_TABLE, forget_expired
from bench._nodes import WRITES_EACH_ROUND, kill_again_and_again
from tests.conftest import unavailable

ROUNDS = 25
"""In each a web process and a worker are killed: fifty times one of the four."""


def test_a_node_dies_again_and_again_and_nothing_is_lost_or_doubled(tmp_path: Path, own_postgres: str) -> None:
    if shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") is None:
        unavailable("nginx is not installed; script/test installs it where it may")
    killing = kill_again_and_again(tmp_path, own_postgres, ROUNDS)
    writes = killing.writes
    assert (writes.lost, writes.doubled) == ([], [])
    assert len(writes.acknowledged) >= WRITES_EACH_ROUND * ROUNDS
    assert [state for state, _fence in killing.jobs] == ["done"] * ROUNDS
    assert killing.jobs_in_halves > 0
    assert set(killing.ordered) - writes.kept.keys() == set()


@pytest.mark.django_db(transaction=True)
def test_requests_are_counted_over_all_connections(settings: Settings) -> None:
    settings.COUNTS_TOGETHER = connection.vendor == "postgresql"
    found: list[int] = []

    def ask() -> None:
        found.extend(_counted("api:address:192.0.2.9") for _ in range(10))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(1, 41))


@pytest.mark.django_db
def test_what_has_expired_of_signing_in_is_forgotten() -> None:
    if connection.vendor != "postgresql":
        assert forget_expired() == 0
        return
    cache = DatabaseCache(CACHE_TABLE, {})
    cache.set("old", 1, timeout=-1)
    cache.set("new", 1, timeout=60)
    assert forget_expired() == 1
    assert cache.get("new") == 1
