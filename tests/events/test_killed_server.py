# SPDX-License-Identifier: EUPL-1.2
"""The server is killed while people register and confirm: whoever saw the answer is there, nobody twice, and no place is given away twice."""

import http.client
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from tests.conftest import free_port, plain_environment, wait_for

ROUNDS, CLIENTS, BEFORE_A_KILL, PLACES = 5, 4, 12, 40
TOKEN = "a" * 32
PLAN = f"""
import datetime as dt, django; django.setup()
from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM
from asskomm.events.domain.gatherings import Facts, Room, draft_gathering, publish_gathering
from asskomm.people.domain.accounts import find_organisation
begins = clock.now() + dt.timedelta(days=90)
facts = Facts("conference", "Fachtag", "Dresden", begins, begins + dt.timedelta(hours=7))
print(publish_gathering(draft_gathering(facts, Room({PLACES}), owner=find_organisation("Landespräventionsrat Sachsen"), by=SYSTEM), by=SYSTEM).reference)
"""


@dataclass
class Server:
    """A site on a data folder of its own, on either database."""

    data: Path
    database: str
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        """Prepare it with one gathering, and start."""
        address = {"ASSKOMM_DATABASE_URL": self.database} if self.database else {}
        more = {"ASSKOMM_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "asskomm.config.settings", "ASSKOMM_COSTLY_PER_MINUTE": "1000000"}
        self.environment = plain_environment() | address | more
        subprocess.run([sys.executable, "-m", "asskomm", "up", "--prepare-only", "--no-example"], env=self.environment, check=True, capture_output=True)
        made = subprocess.run([sys.executable, "-c", PLAN], env=self.environment, check=True, capture_output=True, text=True)
        self.gathering = made.stdout.strip()
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [sys.executable, "-m", "asskomm", "up", "--no-worker", "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        wait_for(f"http://localhost:{self.port}/readyz")

    def kill(self) -> None:
        """End every process of it without warning."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ask(self, question: str, *values: Any) -> list[Any]:
        """Ask the database itself."""
        if self.database:
            with psycopg.connect(self.database) as connection:
                return connection.execute(question.replace("?", "%s"), values).fetchall()
        with closing(sqlite3.connect(self.data / "asskomm.sqlite3", timeout=20)) as embedded:
            return embedded.execute(question, values).fetchall()


@dataclass
class Told:
    """What people were told, counted so that somebody can wait for it."""

    registered: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def note(self, told: list[str], address: str) -> None:
        """Note that somebody was told so."""
        with self.changed:
            told.append(address)
            self.changed.notify_all()

    def wait_for_more(self) -> None:
        """Wait until some more have been told that they are confirmed."""
        with self.changed:
            wanted = len(self.confirmed) + BEFORE_A_KILL
            assert self.changed.wait_for(lambda: len(self.confirmed) >= wanted, 60)


def visit(server: Server, told: Told, addresses: Iterator[str], ended: threading.Event) -> None:
    """Register one after the other, and confirm by the link of the mail; go on with the next where the server went away."""
    for address in addresses:
        if ended.is_set():
            return
        with suppress(OSError, http.client.HTTPException), closing(http.client.HTTPConnection("localhost", server.port, timeout=30)) as line:
            form = {"name": "Kim Muster", "email": address, "participant_type": "municipality", "organisation": ""}
            if b"Noch ein Schritt" not in _sent(line, f"/veranstaltungen/{server.gathering}/anmelden/", form)[1]:
                continue
            told.note(told.registered, address)
            question = "SELECT text FROM mail_mail m JOIN mail_address a ON a.id = m.address_id WHERE a.email = ?"
            link = re.search(r"/anmeldung/\S+", server.ask(question, address)[0][0])
            assert link is not None
            if _sent(line, link[0], {"action": "bestaetigen"})[0] == 302:
                told.note(told.confirmed, address)


def _sent(line: http.client.HTTPConnection, path: str, form: dict[str, str]) -> tuple[int, bytes]:
    headers = {"Cookie": f"csrftoken={TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", path, urlencode(form | {"csrfmiddlewaretoken": TOKEN}), headers)
    answer = line.getresponse()
    return answer.status, answer.read()


def _once_each(addresses: Sequence[str]) -> bool:
    return len(addresses) == len(set(addresses))


def test_whoever_saw_the_answer_is_there_and_nobody_twice(tmp_path: Path, own_database: str) -> None:
    server, told, ended = Server(tmp_path / "data", own_database), Told(), threading.Event()
    lines = [threading.Thread(target=visit, args=(server, told, (f"gast{n}.{line}@stadt.example" for n in range(10**6)), ended)) for line in range(CLIENTS)]
    try:
        for line in lines:
            line.start()
        for _round in range(ROUNDS):
            told.wait_for_more()
            server.kill()
            server.start()
        told.wait_for_more()
    finally:
        ended.set()
        for line in lines:
            line.join()
        server.kill()
    rows = server.ask("SELECT number, email, state, address_confirmed FROM events_registration ORDER BY number")
    stored, sure = [email for _number, email, _state, _sure in rows], [email for _number, email, _state, sure in rows if sure]
    assert (_once_each(stored), set(told.registered) - set(stored), set(told.confirmed) - set(sure)) == (True, set(), set())
    assert [number for number, *_more in rows] == list(range(1, len(rows) + 1))
    places = sum(state in {"held", "offered", "confirmed"} for _number, _email, state, _sure in rows)
    assert server.ask("SELECT taken, last_number FROM events_places") == [(places, len(rows))]
    assert places == PLACES
    assert len(told.confirmed) >= (ROUNDS + 1) * BEFORE_A_KILL
