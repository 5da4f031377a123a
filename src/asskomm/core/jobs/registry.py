# SPDX-License-Identifier: EUPL-1.2
"""What can be done as a job, and what is done at fixed times: rooms register both."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise

from asskomm.core.jobs.occurrences import Rule
from asskomm.core.slots import Slot
from asskomm.core.visibility import Principal


class JobRefusalError(ValueError):
    """The job cannot be done, now or later; the message is a sentence for whoever ordered it."""


class Runner(Protocol):
    """What a task may ask and tell while it runs."""

    @property
    def arguments(self) -> Mapping[str, Any]:
        """What it was ordered with."""

    @property
    def principal(self) -> Principal:
        """In whose name it runs, with the rights of now."""

    @property
    def position(self) -> Mapping[str, Any]:
        """How far it had come when a worker died; empty at the first start."""

    def progress(self, done: int, total: int) -> None:
        """Tell how far it is; ends the job here if somebody has cancelled it."""

    def say(self, text: str) -> None:
        """Add a line to its log."""

    def step(self, **position: Any) -> AbstractContextManager[None]:
        """Do a part in one transaction together with the new position, so that a part is done once, whoever dies."""


@dataclass(frozen=True)
class Task:
    """Something that can be done as a job.

    Args:
        key: name in the database.
        name: what the page says.
        run: does it, and gives the result as JSON; may be started again after a fault, so it goes by `Runner.position`.
        attempts: how often it is tried without coming further.
    """

    key: str
    name: str | Promise
    run: Callable[[Runner], Mapping[str, Any] | None]
    attempts: int = 5


@dataclass(frozen=True)
class Scheduled:
    """A task at fixed times; after downtime the last time that was missed is made up for."""

    task: str
    rule: Rule


TASKS: Slot[Task] = Slot()
SCHEDULES: Slot[Scheduled] = Slot()
