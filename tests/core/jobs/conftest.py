# SPDX-License-Identifier: EUPL-1.2
"""Tasks that exist in these tests alone."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from asskomm.core.jobs import TASKS, JobRefusalError, Runner, Task
from asskomm.core.jobs.domain.worker import Worker

Told = list[tuple[str, Any]]


@pytest.fixture
def told() -> Told:
    """What the tasks of a test have told."""
    return []


@pytest.fixture(autouse=True)
def _toys(told: Told) -> Iterator[None]:
    def greet(run: Runner) -> Mapping[str, Any]:
        told.append(("greet", run.principal.account))
        return {"greeted": run.arguments["name"]}

    def refuse(_run: Runner) -> None:
        raise JobRefusalError("Die Datei ist weg.")

    def fail(_run: Runner) -> None:
        told.append(("fail", None))
        raise LookupError("geheim")

    def count(run: Runner) -> Mapping[str, Any]:
        for number in range(run.position.get("next", 0), run.arguments["to"]):
            with run.step(next=number + 1):
                told.append(("count", number))
            if number == run.arguments.get("fails_at") and told.count(("count", number)) == 1:
                raise LookupError
            run.progress(number + 1, run.arguments["to"])
        return {}

    toys: dict[str, Callable[[Runner], Mapping[str, Any] | None]] = {"greet": greet, "refuse": refuse, "fail": fail, "count": count}
    for key, run in toys.items():
        TASKS.register(key, Task(key, key.title(), run, attempts=3))
    yield
    for key in toys:
        TASKS.remove(key)


@pytest.fixture
def worker() -> Worker:
    """A worker within the test's own transaction."""
    return Worker("test", beating=False)
