# SPDX-License-Identifier: EUPL-1.2
"""A process of its own that appoints and takes back the people of a file while its workers are killed with -9; database and seed on the command line."""

import dataclasses
import json
import random
import sys

import django
from django.conf import settings

from tests.core.jobs.killing import be_quick, kill_once_it_moves

KILLS, ROWS = 30, 300


def main() -> None:
    """Read, take over and undo under kills, and print what there was after each of them."""
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()
    from django.db import connection, connections

    from asskomm.core.imports.domain import door
    from asskomm.core.imports.models import Batch, MadeObject
    from asskomm.core.jobs import TASKS
    from asskomm.core.jobs.domain.worker import Worker
    from asskomm.core.visibility import SYSTEM
    from asskomm.people.models import Account, Function, Person

    random.seed(int(sys.argv[2]))
    be_quick()
    for key in ("imports.commit", "imports.undo"):
        TASKS._entries[key] = (0, dataclasses.replace(TASKS[key], attempts=1000))
    rows = [f"Kim;Muster {n};kim{n}@example.org;Koordinatorin;Görlitz" for n in range(ROWS)]
    batch = door.receive("personen.csv", iter(["\n".join(["Vorname;Nachname;E-Mail;Funktion;Organisation", *rows]).encode()]), by=SYSTEM)
    counted: dict[str, list[list[int]]] = {}

    tables = [model._meta.db_table for model in (MadeObject, Function, Person, Account)]

    def written() -> list[int]:
        connections.close_all()
        with connection.cursor() as cursor:  # in one question, because another worker goes on meanwhile
            cursor.execute("SELECT " + ", ".join(f"(SELECT COUNT(*) FROM {table})" for table in tables))  # noqa: S608 -- our own names
            return list(cursor.fetchone())

    def count() -> None:
        counted[verb.__name__].append(written())

    Worker("reader").work()
    for verb in (door.take_over, door.undo):
        counted[verb.__name__] = []
        verb(Batch.objects.get(pk=batch.pk), by=SYSTEM)
        kill_once_it_moves(KILLS // 2, written, count)
        count()
    sys.stdout.write(json.dumps(counted))


if __name__ == "__main__":
    main()
