# SPDX-License-Identifier: EUPL-1.2
"""The smallest application that can be served; slow to load with SLOW_START and slow to fork with SLOW_FORK, as a real one may be."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

time.sleep(float(os.environ.get("SLOW_START", "0")))
os.register_at_fork(after_in_child=lambda: time.sleep(float(os.environ.get("SLOW_FORK", "0"))))


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer every request with the path asked for."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode()]
