# SPDX-License-Identifier: EUPL-1.2
"""The program as a process of its own, as a user runs it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path


def free_port() -> int:
    """Give a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_asskomm(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line as its own process."""
    command = [sys.executable, "-m", "asskomm", "--data", str(data), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=measured_environment())


def measured_environment() -> dict[str, str]:
    """Give the environment of a user: without what belongs to the tests. A process with it is measured for coverage, and takes twice as long."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("ASSKOMM_", "DJANGO_"))}


def plain_environment() -> dict[str, str]:
    """Give the environment of a user, for a process that does what others are measured at."""
    return {name: value for name, value in measured_environment().items() if not name.startswith("COVERAGE_")}


def wait_for(url: str, seconds: float = 30) -> None:
    """Ask an address until it answers."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 -- our own server
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
