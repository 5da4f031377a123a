# SPDX-License-Identifier: EUPL-1.2
"""A server that is killed again and again while people register and confirm, and what they were told of it."""

import http.client
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from tests.processes import free_port, plain_environment, wait_for

CLIENTS, BEFORE_A_KILL = 4, 12
TOKEN = "a" * 32
PLAN = """
import datetime as dt, django; django.setup()
from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM
from asskomm.events.domain.gatherings import Facts, Room, draft_gathering, publish_gathering
from asskomm.people.domain.accounts import find_organisation
begins = clock.now() + dt.timedelta(days=90)
facts = Facts("conference", "Fachtag", "Dresden", begins, begins + dt.timedelta(hours=7))
print(publish_gathering(draft_gathering(facts, Room({places}), owner=find_organisation("Landespräventionsrat Sachsen"), by=SYSTEM), by=SYSTEM).reference)
"""


@dataclass
class Server:
    """A site on a data folder of its own, on either database."""

    data: Path
    database: str
    places: int
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        """Prepare it with one gathering, and start."""
        address = {"ASSKOMM_DATABASE_URL": self.database} if self.database else {}
        more = {"ASSKOMM_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "asskomm.config.settings", "ASSKOMM_COSTLY_PER_MINUTE": "1000000"}
        self.environment = plain_environment() | address | more
        subprocess.run([sys.executable, "-m", "asskomm", "up", "--prepare-only", "--no-example"], env=self.environment, check=True, capture_output=True)
        made = subprocess.run([sys.executable, "-c", PLAN.format(places=self.places)], env=self.environment, check=True, capture_output=True, text=True)
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


@dataclass(frozen=True)
class Outlived:
    """What is there afterwards.

    Args:
        told: what people were told.
        rows: number, address, state and whether the address is confirmed, of every registration in the order of the numbers.
        counter: places taken and the last number given, as the counter says.
    """

    told: Told
    rows: list[Any]
    counter: tuple[int, int]

    @property
    def lost(self) -> set[str]:
        """Who was told that she is registered or confirmed, and is not."""
        there = {email for _number, email, _state, _sure in self.rows}
        sure = {email for _number, email, _state, sure in self.rows if sure}
        return set(self.told.registered) - there | set(self.told.confirmed) - sure

    @property
    def doubled(self) -> list[str]:
        """Who is there more than once."""
        return [email for email, times in Counter(email for _number, email, *_more in self.rows).items() if times > 1]

    @property
    def held(self) -> int:
        """How many hold a place."""
        return sum(state in {"held", "offered", "confirmed"} for _number, _email, state, _sure in self.rows)

    @property
    def numbers(self) -> list[int]:
        """The numbers in the order of arrival."""
        return [number for number, *_more in self.rows]


def outlive(server: Server, rounds: int) -> Outlived:
    """Kill the server so many times, each time after some more were told that they are confirmed, while four people at a time register and confirm."""
    told, ended = Told(), threading.Event()
    lines = [threading.Thread(target=visit, args=(server, told, (f"gast{n}.{line}@stadt.example" for n in range(10**6)), ended)) for line in range(CLIENTS)]
    try:
        for line in lines:
            line.start()
        for _round in range(rounds):
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
    (counter,) = server.ask("SELECT taken, last_number FROM events_places")
    return Outlived(told, rows, counter)
