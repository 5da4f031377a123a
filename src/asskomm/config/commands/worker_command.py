# SPDX-License-Identifier: EUPL-1.2
"""Carry out jobs and schedules until stopped."""

import os
import signal
from argparse import ArgumentParser, Namespace
from typing import Any

from asskomm.config.cli import require_prepared, start_django


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--with-parent", action="store_true", help="endet mit dem Prozess, der ihn gestartet hat")


def run(options: Namespace) -> int:
    """Work; a first signal lets the step at hand end, a second one ends at once."""
    start_django()
    require_prepared()
    from asskomm.core.jobs.domain.worker import Worker, worker_name

    parent, asked = os.getppid(), []

    def stop(number: int, _frame: Any) -> None:
        asked.append(number)
        signal.signal(number, signal.SIG_DFL)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    Worker(worker_name(), stopping=lambda: bool(asked) or (options.with_parent and os.getppid() != parent)).run()
    return 0
