# SPDX-License-Identifier: EUPL-1.2
"""Run a command beside a PostgreSQL of its own, which is thrown away afterwards.

Usage: python tools/with_postgres.py COMMAND [ARGUMENT ...]; the command finds the address in ASSKOMM_DATABASE_URL.
The server never stores anything for good (no fsync), listens on one free port of the loopback and has a password of its own.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

USER = "asskomm"
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=50"


def find_programs() -> Path:
    """Return the folder of initdb and pg_ctl, the newest where there are several; Debian keeps it off the PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = versions[-1] if versions else shutil.which("initdb")
    if not found:
        raise SystemExit("PostgreSQL is missing: no initdb found")
    return Path(found).resolve().parent


def as_server(*command: str | Path) -> None:
    """Run one of the server's programs; they refuse to run as root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *map(str, command)], check=True, cwd="/", stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def free_port() -> int:
    """Return a port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def postgres() -> Iterator[str]:
    """Start a fresh cluster, give its address, and remove it whatever happens."""
    programs = find_programs()
    folder = Path(tempfile.mkdtemp(prefix="asskomm-postgres-"))
    data, password, port = folder / "data", secrets.token_hex(16), free_port()
    try:
        (folder / "password").write_text(password, "ascii")
        if os.geteuid() == 0:
            for path in (folder, folder / "password"):
                shutil.chown(path, "postgres", "postgres")
        as_server(programs / "initdb", "-D", data, "-U", USER, "-A", "scram-sha-256", "--pwfile", folder / "password", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = f"{FAST} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -p {port}"
        as_server(programs / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start")
        yield f"postgresql://{USER}:{password}@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            as_server(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


def stop(number: int, _frame: FrameType | None) -> NoReturn:
    """Leave by way of every `finally`."""
    raise SystemExit(128 + number)


def main(command: list[str]) -> int:
    """Run the command and return its exit code."""
    for sign in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(sign, stop)
    with postgres() as address:
        child = subprocess.Popen(command, env={**os.environ, "ASSKOMM_DATABASE_URL": address})
        try:
            return child.wait()
        finally:
            child.terminate()
            child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
