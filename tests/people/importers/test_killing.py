# SPDX-License-Identifier: EUPL-1.2
"""People count one by one: whoever kills the worker with -9 finds each of them whole or not at all, and the next worker goes on to the end."""

import json
import os
import subprocess
import sys
from collections import Counter

import pytest
from django.db import connection

from asskomm.core.audit.models import Entry
from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.models import Batch
from asskomm.core.jobs.models import Job
from tests.people.importers.killing import KILLS, ROWS


@pytest.mark.usefixtures("loaded")
def test_thirty_kills_leave_each_person_whole_and_once() -> None:
    name = str(connection.settings_dict["NAME"])
    connection.close()
    command = [sys.executable, "-m", "tests.people.importers.killing", name, "7"]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")} | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    counted = json.loads(done.stdout)
    assert {verb: (len(counts), counts[-1]) for verb, counts in counted.items()} == {
        "take_over": (KILLS // 2 + 1, [ROWS] * 4),
        "undo": (KILLS // 2 + 1, [0] * 4),
    }
    assert [found for counts in counted.values() for found in counts if len(set(found)) > 1] == []  # nobody half, and nobody whom undoing would forget
    assert all(0 < counts[0][0] < ROWS for counts in counted.values())  # the first was killed in the middle
    assert [batch.state for batch in Batch.objects.all()] == [BatchState.UNDONE]
    assert min(job.fence for job in Job.objects.filter(task__in=("imports.commit", "imports.undo"))) > 1  # both were taken up again
    assert set(Counter(Entry.objects.filter(kind="persons", action="created").values_list("key", flat=True)).values()) == {1}
