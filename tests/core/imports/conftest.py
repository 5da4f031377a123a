# SPDX-License-Identifier: EUPL-1.2
"""The door without a worker process: jobs are worked off within the test."""

from collections.abc import Callable

import pytest

from asskomm.core.imports.domain import door
from asskomm.core.imports.models import Batch
from asskomm.core.visibility import SYSTEM, Principal
from tests.making import work_off

Receive = Callable[..., Batch]


@pytest.fixture
def work() -> Callable[[], None]:
    """Work off what waits."""
    return work_off


@pytest.fixture
def received(work: Callable[[], None]) -> Receive:
    """Receive a table and read it."""

    def receive(*lines: str, by: Principal = SYSTEM, importer: str = "", name: str = "ereignisse.csv") -> Batch:
        batch = door.receive(name, iter(["\n".join(lines).encode()]), by=by, importer=importer)
        work()
        batch.refresh_from_db()
        return batch

    return receive
