# SPDX-License-Identifier: EUPL-1.2
"""Verb: note that somebody has read something sensitive, without writing while she waits.

A note waits in the process until a thread of its own writes what has come together, at the latest after `PAUSE_SECONDS` and at the end of the
process. A process that is killed loses the notes of that time; where that is too much, a page has to be a POST that records.

A note that had to wait for the database says both: when it was written, so that it stands in the log where it belongs and does not look as if it
were slipped in, and when somebody read.
"""

import atexit
import datetime as dt
import logging
import os
import threading
from collections import deque
from collections.abc import Iterable

from django.db import DatabaseError, connection, transaction

from asskomm.core.audit.enums import Action
from asskomm.core.audit.models import Entry
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal

PAUSE_SECONDS = 1.0
MOST_WAITING = 10_000  # a database that is away for long must not fill the memory
PROMPT = dt.timedelta(minutes=1)  # well below what the verification of the log allows
_BATCH = 500
_log = logging.getLogger("asskomm.audit")


class Notes:
    """Notes of one process, and the thread that writes them."""

    def __init__(self) -> None:
        self._waiting: deque[Entry] = deque()
        self._lock, self._written = threading.Lock(), threading.Lock()
        self._process = 0
        self._wake = threading.Event()

    def add(self, entry: Entry) -> None:
        """Let a note wait."""
        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                _log.error("a note that somebody read %s %s is lost: the database does not take any", entry.kind, entry.key)
                return
            self._waiting.append(entry)
        self.begin()
        self._wake.set()

    def begin(self) -> None:
        """Start the thread in this process; one from before a fork is not here."""
        with self._lock:
            if self._process == os.getpid():
                return
            self._process = os.getpid()
        threading.Thread(target=self._keep_writing, name="audit", daemon=True).start()
        atexit.register(self.write)

    def _keep_writing(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            threading.Event().wait(PAUSE_SECONDS)
            try:
                self.write()
            except DatabaseError:
                _log.exception("notes on what was read wait for the database")
                self._wake.set()
            finally:
                connection.close()

    def write(self) -> int:
        """Write what waits; after a fault it still waits."""
        with self._written:
            count = len(self._waiting)
            rows = [self._waiting[position] for position in range(count)]
            _stamp(rows, clock.now())
            with transaction.atomic():
                Entry.objects.bulk_create(rows, batch_size=_BATCH)
            for _row in rows:
                self._waiting.popleft()
        return count


def _stamp(rows: Iterable[Entry], now: dt.datetime) -> None:
    """Let notes that waited for long say when they are written; that happens anew with each attempt while the database is away."""
    for row in rows:
        if now - row.at > PROMPT:
            row.read_at, row.at = row.happened_at, now


_notes = Notes()


def note_read(kind: str, key: str, *, by: Principal) -> None:
    """Note that somebody has read an object."""
    _notes.add(Entry(at=clock.now(), action=Action.READ, kind=kind, key=key, account=by.account))


def write_notes() -> int:
    """Write what waits in this process now; gives how many notes there were."""
    return _notes.write()
