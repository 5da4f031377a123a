# SPDX-License-Identifier: EUPL-1.2
"""The released programme of a conference with 72 sessions, read by the public: requests a second under 16 clients.

The clients are threads of a process of their own on the same machine, each with one connection, without an account and without a script.
Printed are the page as a whole, the page for somebody who has it already (ETag), and schedule.json.
"""

import http.client
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

from bench.pages import environment

CLIENTS, SECONDS, SESSIONS = 16, 8, 72
PLAN = f"""
import datetime as dt, django; django.setup()
from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM
from asskomm.events.domain import programme as plan
from asskomm.events.domain.gatherings import Facts, Room, draft_gathering, publish_gathering
from asskomm.events.domain.programme_versions import release_programme
from asskomm.people.domain.accounts import find_organisation
begins = clock.now() + dt.timedelta(days=90)
facts = Facts("conference", "Fachtag", "Dresden", begins, begins + dt.timedelta(days=2))
found = publish_gathering(draft_gathering(facts, Room(230), owner=find_organisation("Landespräventionsrat Sachsen"), by=SYSTEM), by=SYSTEM)
rooms = [plan.add_room(found, f"Raum {{n}}", 60, by=SYSTEM) for n in range(6)]
tracks = [plan.add_track(found, f"Reihe {{n}}", by=SYSTEM) for n in range(6)]
for number in range({SESSIONS}):
    speaker = plan.add_speaker(found, plan.SpeakerFacts(f"Kim Muster {{number}}"), by=SYSTEM)
    start = begins + (number // 6) * dt.timedelta(hours=1)
    what = plan.SessionFacts("talk", f"Beitrag {{number}}", "Worum es geht. " * 20, track=tracks[number % 6], speakers=[speaker])
    plan.add_session(found, what, plan.Slot(start, start + dt.timedelta(minutes=45), rooms[number % 6]), by=SYSTEM)
release_programme(found, by=SYSTEM)
print(found.reference)
"""


class Client(threading.Thread):
    """Reads one address again and again."""

    def __init__(self, port: int, path: str, headers: dict[str, str], until: float) -> None:
        """Be ready."""
        super().__init__(daemon=True)
        self.port, self.path, self.headers, self.until, self.done = port, path, headers, until, 0

    def run(self) -> None:
        """Count what is answered."""
        with closing(http.client.HTTPConnection("localhost", self.port, timeout=60)) as line:
            while time.perf_counter() < self.until:
                line.request("GET", self.path, headers=self.headers)
                answer = line.getresponse()
                answer.read()
                if answer.status not in {200, 304}:
                    raise SystemExit(f"{self.path} answered {answer.status}")
                self.done += 1


def rate(port: int, path: str, headers: dict[str, str]) -> float:
    """Give requests a second of all clients together."""
    until = time.perf_counter() + SECONDS
    clients = [Client(port, path, headers, until) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return sum(client.done for client in clients) / SECONDS


def read_once(port: int, path: str) -> str:
    """Wait for the server, warm it up, and give the ETag of the page."""
    while True:
        try:
            with closing(http.client.HTTPConnection("localhost", port, timeout=60)) as line:
                line.request("GET", path)
                answer = line.getresponse()
                answer.read()
                return answer.headers["ETag"] or ""
        except OSError:
            time.sleep(0.05)


def main() -> None:
    """Plan, serve, read, print."""
    with tempfile.TemporaryDirectory() as temporary:
        around = environment(Path(temporary)) | {"ASSKOMM_COSTLY_PER_MINUTE": "1000000"}
        subprocess.run([sys.executable, "-m", "asskomm", "up", "--prepare-only", "--no-example"], env=around, check=True, stdout=subprocess.DEVNULL)
        planned = subprocess.run([sys.executable, "-c", PLAN], env=around, check=True, stdout=subprocess.PIPE, text=True)
        path = f"/veranstaltungen/{planned.stdout.strip()}/programm/"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        command = [sys.executable, "-m", "asskomm", "up", "--no-worker", "--port", str(port)]
        server = subprocess.Popen(command, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            etag = read_once(port, path)
            for name, address, headers in (("page", path, {}), ("page, known", path, {"If-None-Match": etag}), ("schedule.json", f"{path}schedule.json", {})):
                print(f"{name:14} {rate(port, address, headers):8.0f} requests/s", flush=True)
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()
