# SPDX-License-Identifier: EUPL-1.2
"""Registration for 230 places with 690 attempts by 16 and by 64 clients, and fifty kills of the server in the middle of it.

Clients are threads of this process, each with a line of its own; a request is the form with four fields, answered by the page that asks for the
confirmation. Printed are attempts a second, how many places were given away, whether the line is in the order of the numbers, and after the
kills whether everybody who saw the answer is there, and nobody twice. The site runs on SQLite with the default of one process.
"""

import http.client
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlencode

from bench.pages import environment

PLACES, ATTEMPTS, KILLS = 230, 690, 50
TOKEN = "a" * 32
DONE = b"Noch ein Schritt"
INVITE = f"""
import datetime as dt, django; django.setup()
from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM
from asskomm.events.domain.gatherings import Facts, Room, draft_gathering, publish_gathering
from asskomm.people.domain.accounts import find_organisation
begins = clock.now() + dt.timedelta(days=90)
for _ in range(3):
    facts = Facts("conference", "Fachtag", "Dresden", begins, begins + dt.timedelta(hours=7))
    owner = find_organisation("Landespräventionsrat Sachsen")
    print(publish_gathering(draft_gathering(facts, Room({PLACES}), owner=owner, by=SYSTEM), by=SYSTEM).reference)
"""


class Server:
    """A site that can be killed and started again on the same port."""

    def __init__(self, folder: Path) -> None:
        """Prepare three gatherings and start."""
        self.folder, self.environment = folder, environment(folder) | {"ASSKOMM_COSTLY_PER_MINUTE": "1000000"}
        subprocess.run([sys.executable, "-m", "asskomm", "up", "--prepare-only", "--no-example"], env=self.environment, check=True, stdout=subprocess.DEVNULL)
        made = subprocess.run([sys.executable, "-c", INVITE], env=self.environment, check=True, stdout=subprocess.PIPE, text=True)
        self.gatherings = made.stdout.split()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.start()

    def start(self) -> None:
        """Start and wait for the first page."""
        command = [sys.executable, "-m", "asskomm", "up", "--no-worker", "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        while True:
            with suppress(OSError, http.client.HTTPException), closing(http.client.HTTPConnection("localhost", self.port, timeout=10)) as line:
                line.request("GET", "/readyz")
                if line.getresponse().status == 200:
                    return
            time.sleep(0.05)

    def kill(self) -> None:
        """End every process of it without warning."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def rows(self, gathering: str) -> list[tuple[int, str, str]]:
        """Give number, state and address of every registration."""
        ask = "SELECT number, r.state, email FROM events_registration r JOIN events_gathering g ON g.id = gathering_id WHERE g.reference = ? ORDER BY number"
        with closing(sqlite3.connect(self.folder / "asskomm.sqlite3")) as database:
            return database.execute(ask, (gathering,)).fetchall()

    def taken(self, gathering: str) -> int:
        """Give what the counter says."""
        ask = "SELECT taken FROM events_places p JOIN events_gathering g ON g.id = gathering_id WHERE g.reference = ? AND contingent = ''"
        with closing(sqlite3.connect(self.folder / "asskomm.sqlite3")) as database:
            return int(database.execute(ask, (gathering,)).fetchone()[0])


class Client(threading.Thread):
    """Registers one address after the other, each until the page says that it worked."""

    def __init__(self, server: Server, gathering: str, addresses: Iterator[str], ended: threading.Event) -> None:
        """Be ready."""
        super().__init__(daemon=True)
        self.server, self.gathering, self.addresses, self.ended = server, gathering, addresses, ended
        self.told: list[str] = []

    def run(self) -> None:
        """Go on until there is nobody left."""
        line = self._line()
        for address in self.addresses:
            while not self.ended.is_set():
                try:
                    if self._register(line, address):
                        self.told.append(address)
                        break
                except (OSError, http.client.HTTPException):
                    line.close()
                    line = self._line()
                    time.sleep(0.02)  # the server is being started again
            if self.ended.is_set():
                break
        line.close()

    def _line(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("localhost", self.server.port, timeout=60)

    def _register(self, line: http.client.HTTPConnection, address: str) -> bool:
        form = {"name": "Kim Muster", "email": address, "participant_type": "municipality", "organisation": "", "csrfmiddlewaretoken": TOKEN}
        headers = {"Cookie": f"csrftoken={TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
        line.request("POST", f"/veranstaltungen/{self.gathering}/anmelden/", urlencode(form), headers)
        answer = line.getresponse()
        return answer.status == 200 and DONE in answer.read()


class Shared:
    """Addresses that several clients take from."""

    def __init__(self, addresses: Iterable[str]) -> None:
        """Hold them."""
        self._addresses, self._lock = iter(addresses), threading.Lock()

    def __iter__(self) -> Iterator[str]:
        """Give the next to whoever asks."""
        while True:
            with self._lock:
                address = next(self._addresses, None)
            if address is None:
                return
            yield address


def attempt(server: Server, gathering: str, clients: int) -> None:
    """Let so many clients make all attempts, and look at what is stored."""
    shared, ended = Shared(f"gast{number}@stadt.example" for number in range(ATTEMPTS)), threading.Event()
    threads = [Client(server, gathering, iter(shared), ended) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    rows = server.rows(gathering)
    held, waiting = [number for number, state, _email in rows if state == "held"], [number for number, state, _email in rows if state == "waiting"]
    in_order = held == list(range(1, PLACES + 1)) and waiting == list(range(PLACES + 1, ATTEMPTS + 1))
    print(f"  {clients:3} clients: {ATTEMPTS / seconds:6.1f} attempts/s, {len(held)} of {PLACES} places, {len(waiting)} wait, in order: {in_order}")


def survive(server: Server, gathering: str) -> None:
    """Kill the server fifty times while four clients register, and look at what is stored."""
    ended = threading.Event()
    shared = Shared(f"kill{number}@stadt.example" for number in range(10**9))
    threads = [Client(server, gathering, iter(shared), ended) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(KILLS):
        time.sleep(random.uniform(0.05, 0.6))
        server.kill()
        server.start()
    ended.set()
    for thread in threads:
        thread.join()
    told = [address for thread in threads for address in thread.told]
    rows = server.rows(gathering)
    stored = [email for _number, _state, email in rows]
    held = sum(state == "held" for _number, state, _email in rows)
    print(f"  {KILLS} kills: {len(told)} told, {len(set(told) - set(stored))} of them lost, {len(stored) - len(set(stored))} stored twice")
    whole = [row[0] for row in rows] == list(range(1, len(rows) + 1))
    print(f"  places: {held} held, the counter says {server.taken(gathering)}, at most {PLACES}; numbers without a gap: {whole}")


def main() -> None:
    """Measure."""
    with tempfile.TemporaryDirectory() as temporary:
        server = Server(Path(temporary) / "data")
        try:
            attempt(server, server.gatherings[0], 16)
            attempt(server, server.gatherings[1], 64)
            survive(server, server.gatherings[2])
        finally:
            server.kill()


if __name__ == "__main__":
    main()
