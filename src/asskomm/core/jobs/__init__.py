# SPDX-License-Identifier: EUPL-1.2
"""Long work and work at fixed times: our own row is the truth, a worker carries it out and gives it back when it dies."""

from asskomm.core.jobs.occurrences import EachMinute, EachMonth, EachNight, Rule
from asskomm.core.jobs.registry import SCHEDULES, TASKS, JobRefusalError, Runner, Scheduled, Task

__all__ = ["SCHEDULES", "TASKS", "EachMinute", "EachMonth", "EachNight", "JobRefusalError", "Rule", "Runner", "Scheduled", "Task"]
