# SPDX-License-Identifier: EUPL-1.2
"""A process of its own that takes a file over while its workers are killed with -9; database and seed stand on the command line."""

import dataclasses
import json
import random
import sys

import django
from django.conf import settings

from tests.core.jobs.killing import be_quick, kill_often

KILLS, ROWS = 50, 400


def main() -> None:
    """Read, take over under kills, and print how many events counted after each kill."""
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()
    from django.db import connections

    from asskomm.alliance.models import Event
    from asskomm.core.imports.domain import door
    from asskomm.core.imports.models import Batch
    from asskomm.core.jobs import TASKS
    from asskomm.core.jobs.domain.worker import Worker
    from asskomm.core.visibility import SYSTEM

    random.seed(int(sys.argv[2]))
    be_quick()
    for key in ("imports.commit", "imports.undo"):
        TASKS._entries[key] = (0, dataclasses.replace(TASKS[key], attempts=1000))
    rows = [f"{1 + n % 28:02}.{1 + n // 28 % 12:02}.{2010 + n // 336};Beratung;14626110;;Quelle {n}" for n in range(ROWS)]
    batch = door.receive("ereignisse.csv", iter([b"date;kind;municipality;detail;source\n", "\n".join(rows).encode()]), by=SYSTEM)
    counted: dict[str, list[int]] = {}

    def count() -> None:
        connections.close_all()
        counted[verb.__name__].append(Event.objects.current().count())

    Worker("reader").work()
    for verb in (door.take_over, door.undo):
        counted[verb.__name__] = []
        verb(Batch.objects.get(pk=batch.pk), by=SYSTEM)
        kill_often(KILLS // 2, 0.15, count)
        count()
    sys.stdout.write(json.dumps(counted))


if __name__ == "__main__":
    main()
