# SPDX-License-Identifier: EUPL-1.2
"""Several nodes on one PostgreSQL behind nginx, of which one after the other is killed under load; the tests use it too."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from bench._clients import Outcome, writing
from tools.with_postgres import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
WRITES_EACH_ROUND, PATIENCE = 6, 120
JOBS = "SELECT state, fence FROM jobs_job WHERE task = 'imports.commit'"
AT_WORK = "SELECT worker FROM jobs_job WHERE task = 'imports.commit' AND state = 'running' AND worker LIKE %s"
# What its dead worker left behind is free after thirty seconds; so long nobody waits here.
TIME_PASSES = "UPDATE jobs_job SET lease_until = now() WHERE state = 'running' AND worker LIKE %s"


@dataclass
class Killing:
    """What came of it."""

    writes: Outcome
    ordered: list[str]
    jobs: list[tuple[str, int]]
    rounds: int

    @property
    def jobs_in_halves(self) -> int:
        """How many jobs were taken up again after their worker had been killed."""
        return sum(fence > 1 for _state, fence in self.jobs)


class Nodes:
    """Web processes and workers; each is a group of processes that can be killed as a whole."""

    def __init__(self, folder: Path, address: str, *, nodes: int = 2, files: int = 0) -> None:
        """Prepare the database, sign somebody in, and order files to be taken over."""
        self.address, self.ports = address, tuple(free_port() for _ in range(nodes))
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("ASSKOMM_", "DJANGO_", "COV"))}
        self.environment = plain | {"ASSKOMM_DATABASE_URL": address, "ASSKOMM_DATA": str(folder / "data"), "ASSKOMM_PROXIES": "1"}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        subprocess.run(self._command("up", "--no-example", "--prepare-only"), check=True, env=self.environment, stdout=subprocess.DEVNULL)
        steps = [sys.executable, "-m", "bench._first_steps", str(folder), str(files)]
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": "asskomm.config.settings"}
        told = json.loads(subprocess.run(steps, check=True, env=environment, stdout=subprocess.PIPE, cwd=ROOT).stdout)
        self.session: str = told["session"]
        self.markers: list[str] = told["markers"]

    @staticmethod
    def _command(*arguments: str) -> list[str]:
        return [sys.executable, "-m", "asskomm", *arguments]

    def start(self, name: str, *arguments: str) -> None:
        """Start one under a name."""
        quiet = subprocess.DEVNULL
        self.running[name] = subprocess.Popen(self._command(*arguments), env=self.environment, stdout=quiet, stderr=quiet, start_new_session=True)

    def start_web(self, number: int) -> None:
        """Start a web process, and wait until it answers."""
        self.start(f"web{number}", "up", "--no-example", "--no-worker", "--port", str(self.ports[number]))
        wait_for(self.ports[number])

    def kill(self, name: str) -> int:
        """Kill one with all that belongs to it; give its number."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return process.pid

    def kill_worker(self, number: int) -> None:
        """Kill a worker in the middle of a job, if there is one left for it, and let the time pass until its job is free."""
        name = f"worker{number}"
        with psycopg.connect(self.address, autocommit=True) as database:

            def at_work() -> bool:
                done = all(state == "done" for state, _fence in database.execute(JOBS).fetchall())
                return done or database.execute(AT_WORK, [f"%:{self.running[name].pid}"]).fetchone() is not None

            wait_until(at_work)
            database.execute(TIME_PASSES, [f"%:{self.kill(name)}"])

    def kill_all(self) -> None:
        """Kill what still runs."""
        for name in list(self.running):
            self.kill(name)


def wait_until(met: Callable[[], bool]) -> None:
    """Ask again and again.

    Raises
    ------
        TimeoutError: it takes too long.
    """
    end = time.monotonic() + PATIENCE
    while not met():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)


def wait_for(port: int) -> None:
    """Ask a site until its database can be asked."""

    def ready() -> bool:
        line = http.client.HTTPConnection("localhost", port, timeout=5)
        with closing(line), suppress(OSError, http.client.HTTPException):
            line.request("GET", "/readyz")
            return line.getresponse().status == http.client.OK
        return False

    wait_until(ready)


@contextmanager
def proxy(folder: Path, ports: tuple[int, ...]) -> Iterator[int]:
    """Run nginx with the example that a release carries, without TLS; give its port."""
    program, port = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"), free_port()
    if program is None:
        raise FileNotFoundError("nginx")
    (folder / "nginx.conf").write_text(_nginx(folder, ports, port), encoding="utf-8")
    process = subprocess.Popen([program, "-p", str(folder), "-e", str(folder / "log"), "-c", str(folder / "nginx.conf")])
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _nginx(folder: Path, ports: tuple[int, ...], port: int) -> str:
    text = (ROOT / "release/nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"server \{\n  listen 80;.*?\n\}\n", "", text, count=1, flags=re.DOTALL)
    text = re.sub(r"  server 127.0.0.1:8000.*\n", "".join(f"  server 127.0.0.1:{p} max_fails=1 fail_timeout=1s;\n" for p in ports), text)
    text = re.sub(r"  listen 443 ssl;\n  listen \[::\]:443 ssl;", f"  listen 127.0.0.1:{port};", text)
    text = re.sub(r"  ssl_.*\n", "", text).replace("asskomm.stadt.example", "localhost")
    folders = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return f"pid {folder}/pid;\nerror_log {folder}/log;\ndaemon off;\nmaster_process off;\nevents {{}}\nhttp {{\naccess_log off;\n{folders}{text}}}\n"


def kill_again_and_again(folder: Path, address: str, rounds: int) -> Killing:
    """Kill a web process and a worker in turn while clients write and files are taken over, start them again, and give what came of it."""
    nodes = Nodes(folder, address, files=rounds)
    try:
        for number in range(2):
            nodes.start_web(number)
        with proxy(folder, nodes.ports) as port, writing(port, nodes.session) as outcome:
            for number in range(2):
                nodes.start(f"worker{number}", "worker")
            for number in range(rounds):
                _one_round(nodes, outcome, number % 2)
        jobs = _ended(address)
    finally:
        nodes.kill_all()
    outcome.count(address)
    return Killing(outcome, nodes.markers, jobs, rounds)


def _one_round(nodes: Nodes, outcome: Outcome, number: int) -> None:
    wanted = len(outcome.acknowledged) + WRITES_EACH_ROUND
    wait_until(lambda: len(outcome.acknowledged) >= wanted)
    nodes.kill(f"web{number}")
    nodes.kill_worker(number)
    nodes.start(f"worker{number}", "worker")
    nodes.start_web(number)


def _ended(address: str) -> list[tuple[str, int]]:
    """Wait until no job is open any more, and give how each ended and how often it was taken up."""
    with psycopg.connect(address, autocommit=True) as database:

        def jobs() -> list[tuple[str, int]]:
            return [(str(state), int(fence)) for state, fence in database.execute(JOBS).fetchall()]

        wait_until(lambda: {state for state, _fence in jobs()} <= {"done", "failed", "cancelled"})
        return jobs()
