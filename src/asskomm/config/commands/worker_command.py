# SPDX-License-Identifier: EUPL-1.2
"""Carry out jobs and schedules until stopped."""

import gc
import os
import signal
from argparse import ArgumentParser, Namespace
from typing import Any

from asskomm.config.cli import require_prepared, start_django


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--with-parent", type=int, metavar="PID", help="endet mit dem Prozess dieser Nummer, der ihn gestartet hat")


def run(options: Namespace) -> int:
    """Work; a first signal lets the step at hand end, a second one ends at once."""
    start_django()
    require_prepared()
    from asskomm.config.warm_up import warm_up
    from asskomm.core.jobs.domain.worker import Worker, worker_name

    asked: list[int] = []

    def stop(number: int, _frame: Any) -> None:
        asked.append(number)
        signal.signal(number, signal.SIG_DFL)

    warm_up()
    gc.freeze()  # what the program is made of stays for good; looking through it in the middle of a part held the database for others
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    # The parent is named, not looked up: it may have died before this line.
    Worker(worker_name(), stopping=lambda: bool(asked) or options.with_parent not in {None, os.getppid()}).run()
    return 0
