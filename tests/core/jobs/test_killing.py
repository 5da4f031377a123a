# SPDX-License-Identifier: EUPL-1.2
"""Workers are killed with -9 in the middle fifty times: every job ends once, and every part of it is done once."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from asskomm.core.jobs.enums import JobState
from asskomm.core.jobs.models import Job
from tests.core.jobs.killing import KILLS, STEPS


@pytest.mark.usefixtures("loaded")
def test_fifty_kills() -> None:
    name = str(connection.settings_dict["NAME"])
    connection.close()
    command = [sys.executable, "-m", "tests.core.jobs.killing", name, "7"]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")} | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == str(KILLS)  # each of them hit a job that was going on
    jobs = list(Job.objects.all())
    assert {job.state for job in jobs} == {JobState.DONE}
    assert [[line.text for line in job.lines.all()] for job in jobs] == [[str(number) for number in range(STEPS)]] * len(jobs)
    assert sum(job.fence - 1 for job in jobs) >= KILLS  # and each of those was taken up again
