# SPDX-License-Identifier: EUPL-1.2
"""Three PostgreSQL with Patroni on this machine; Patroni's own raft finds the leader, so that nothing else is needed."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import urllib.request
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import psycopg

from bench._nodes import wait_until
from tools.with_postgres import find_programs, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NODES = 3
USER = "asskomm"
# The server refuses to run as root; this right lets its owner read the Python of root's home.
AS_SERVER = ("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--")


class Cluster:
    """The servers; each is a group of processes that can be killed as a whole."""

    def __init__(self, folder: Path, packages: Path, timing: dict[str, int]) -> None:
        """Write what each of them has to know."""
        self.folder, self.packages, self.timing = folder, packages, timing
        self.ports, self.asked = [free_port() for _ in range(NODES)], [free_port() for _ in range(NODES)]
        self.rafts = [f"127.0.0.1:{free_port()}" for _ in range(NODES)]
        self.word, self.running = secrets.token_hex(16), dict[int, subprocess.Popen[bytes]]()
        for number in range(NODES):
            (folder / f"{number}.json").write_text(json.dumps(self._settings(number)), encoding="utf-8")

    @property
    def address(self) -> str:
        """The address of all together, for whoever wants to write."""
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.ports)
        return f"postgresql://{USER}:{self.word}@{hosts}/postgres?target_session_attrs=read-write&connect_timeout=3"

    def _settings(self, number: int) -> dict[str, Any]:
        place = self.folder / str(number)
        who = {"username": USER, "password": self.word}
        shared = {"synchronous_mode": True, "postgresql": {"use_pg_rewind": True, "parameters": {"max_connections": 50, "fsync": "off"}}, **self.timing}
        return {
            "scope": "asskomm",
            "name": f"node{number}",
            "restapi": {"listen": f"127.0.0.1:{self.asked[number]}", "connect_address": f"127.0.0.1:{self.asked[number]}"},
            "raft": {
                "data_dir": str(place / "raft"),
                "self_addr": self.rafts[number],
                "partner_addrs": [other for other in self.rafts if other != self.rafts[number]],
            },
            "bootstrap": {"dcs": shared, "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}, "data-checksums"]},
            "postgresql": {
                "listen": f"127.0.0.1:{self.ports[number]}",
                "connect_address": f"127.0.0.1:{self.ports[number]}",
                "data_dir": str(place / "data"),
                "bin_dir": str(find_programs()),
                "pgpass": str(place / "pgpass"),
                "authentication": {"superuser": who, "replication": who, "rewind": who},
                "parameters": {"unix_socket_directories": ""},
                "pg_hba": ["host all all 127.0.0.1/32 scram-sha-256", "host replication all 127.0.0.1/32 scram-sha-256"],
                "remove_data_directory_on_rewind_failure": True,
            },
        }

    def start(self, number: int) -> None:
        """Start one."""
        place = self.folder / str(number)
        if not place.exists():
            place.mkdir()
            if os.geteuid() == 0:
                shutil.chown(place, "postgres", "postgres")
        prefix = AS_SERVER if os.geteuid() == 0 else ()
        command = [*prefix, sys.executable, "-m", "patroni", str(self.folder / f"{number}.json")]
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(self.packages), "LANG": "C.UTF-8"}
        with (self.folder / f"{number}.log").open("ab") as log:
            self.running[number] = subprocess.Popen(command, env=environment, cwd=place, stdout=log, stderr=log, start_new_session=True)

    def members(self) -> list[dict[str, Any]]:
        """Give what Patroni says of each, as told by the first that answers."""
        for number in self.running:
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.asked[number]}/cluster", timeout=2) as answer:
                return list(json.load(answer)["members"])
        return []

    def whole(self) -> bool:
        """Whether there is a leader, a synchronous standby, and everybody else follows."""
        members = self.members()
        roles = sorted(member["role"] for member in members)
        ready = all(member["state"] in {"running", "streaming"} and member.get("lag", 0) == 0 for member in members)
        return ready and len(members) == NODES and "leader" in roles and "sync_standby" in roles

    def leader(self) -> int:
        """Give the number of the leader."""
        (name,) = [member["name"] for member in self.members() if member["role"] == "leader"]
        return int(name.removeprefix("node"))

    def kill(self, number: int) -> None:
        """Kill one as if its machine had lost its power: Patroni and every process of its server."""
        process = self.running.pop(number)
        _kill([process.pid, *_below(process.pid), *self._server(number)])
        process.wait()

    def _server(self, number: int) -> Sequence[int]:
        """Give the server's processes, which Patroni has cut loose from itself."""
        with suppress(FileNotFoundError):
            master = int((self.folder / str(number) / "data/postmaster.pid").read_text().split("\n")[0])
            return [master, *_below(master)]
        return []

    def kill_all(self) -> None:
        """Kill what still runs."""
        for number in list(self.running):
            self.kill(number)


def _below(parent: int) -> list[int]:
    """Give the numbers of all processes below one."""
    with suppress(FileNotFoundError):
        with open(f"/proc/{parent}/task/{parent}/children", encoding="ascii") as file:  # noqa: PTH123 -- no file of ours
            children = [int(word) for word in file.read().split()]
        return [*children, *(grandchild for child in children for grandchild in _below(child))]
    return []


def _kill(processes: Sequence[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


@contextmanager
def cluster(folder: Path, packages: Path, timing: dict[str, int]) -> Iterator[Cluster]:
    """Start all, wait until they follow each other, and kill them in the end."""
    made = Cluster(folder, packages, timing)
    try:
        for number in range(NODES):
            made.start(number)
        wait_until(made.whole)
        wait_until(lambda: _writes(made.address))
        yield made
    finally:
        made.kill_all()


def _writes(address: str) -> bool:
    with suppress(psycopg.OperationalError), psycopg.connect(address):
        return True
    return False
