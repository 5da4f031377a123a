# SPDX-License-Identifier: EUPL-1.2
"""What is measured in every installation: version, room on the disk, memory of this process, sessions."""

import os
import platform
import resource
import shutil
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from asskomm.core.clock import clock
from asskomm.core.operation.registry import ROW_COUNTS, Measure, Reading


def _info() -> Iterable[Reading]:
    yield Reading(1, {"version": version("asskomm"), "python": platform.python_version(), "database": connection.vendor})


def _free() -> Iterable[Reading]:
    yield Reading(shutil.disk_usage(settings.DATA_FOLDER).free)


def _sessions() -> Iterable[Reading]:
    yield Reading(Session.objects.filter(expire_date__gt=clock.now()).count())


def _rows() -> Iterable[Reading]:
    return [Reading(count(), {"table": name}) for name, count in ROW_COUNTS.items()]


def _memory() -> Iterable[Reading]:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    yield Reading(pages * resource.getpagesize())


def _processor() -> Iterable[Reading]:
    times = os.times()
    yield Reading(times.user + times.system)


OWN = {
    "info": Measure("Version of the program, of Python and kind of the database.", _info),
    "disk_free_bytes": Measure("Free bytes where the data folder lies.", _free),
    "sessions_open": Measure("Sessions that have not expired.", _sessions),
    "rows": Measure("Rows of a main table.", _rows),
    "process_resident_memory_bytes": Measure("Resident memory of the process that answered.", _memory),
    "process_cpu_seconds": Measure("Seconds of processor time of the process that answered.", _processor),
}
