# SPDX-License-Identifier: EUPL-1.2
"""The smallest application that can be served; slow to load with SLOW_START and slow to fork with SLOW_FORK, as a real one may be.

With OPEN_DATABASE it opens a connection to that file while it loads, and its answer tells whether the worker inherited it.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

inherited: list[object] = []
time.sleep(float(os.environ.get("SLOW_START", "0")))
os.register_at_fork(after_in_child=lambda: time.sleep(float(os.environ.get("SLOW_FORK", "0"))))
if os.environ.get("OPEN_DATABASE"):
    settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["OPEN_DATABASE"]}})
    connection.ensure_connection()
    # Connections belong to a thread, so the look has to be taken in the one that forked.
    os.register_at_fork(after_in_child=lambda: inherited.append(connection.connection))


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer every request with the path asked for, or with the state of the connection."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    if settings.configured:
        return [b"closed" if inherited == [None] else b"open"]
    return [environ["PATH_INFO"].encode()]
