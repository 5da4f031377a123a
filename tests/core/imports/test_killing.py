# SPDX-License-Identifier: EUPL-1.2
"""Whoever kills the worker with -9 while a file is taken over or undone finds all of it or nothing, and the next worker goes on."""

import json
import os
import subprocess
import sys
from collections import Counter

import pytest
from django.db import connection

from asskomm.alliance.domain import projection_anew
from asskomm.alliance.models import Event
from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.models import Batch
from asskomm.core.jobs.models import Job
from asskomm.core.search.models import IndexedDocument
from tests.core.imports.killing import KILLS, ROWS


@pytest.mark.usefixtures("loaded")
def test_fifty_kills_leave_all_of_a_file_or_nothing() -> None:
    name = str(connection.settings_dict["NAME"])
    connection.close()
    command = [sys.executable, "-m", "tests.core.imports.killing", name, "11"]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")} | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    counted = json.loads(done.stdout)
    assert {verb: len(counts) for verb, counts in counted.items()} == {"take_over": KILLS // 2 + 1, "undo": KILLS // 2 + 1}
    assert ({*counted["take_over"], *counted["undo"]}, counted["take_over"][-1], counted["undo"][-1]) == ({0, ROWS}, ROWS, 0)
    assert counted["take_over"].count(0) > 1  # some were killed before it counted
    assert [batch.state for batch in Batch.objects.all()] == [BatchState.UNDONE]
    assert max(job.fence for job in Job.objects.all()) > 1  # some were taken up again
    assert Counter(Event.objects.values_list("source", flat=True)) == {f"Quelle {number}": 1 for number in range(ROWS)}
    assert (projection_anew.differences(), IndexedDocument.objects.filter(source="events").count()) == ([], 0)
