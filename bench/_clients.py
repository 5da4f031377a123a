# SPDX-License-Identifier: EUPL-1.2
"""Clients that enter events by the form of a running site, and what they were told."""

from __future__ import annotations

import http.client
import secrets
import threading
import time
import urllib.parse
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENTS = 4


@dataclass
class Outcome:
    """What the clients were told, and what is there in the end."""

    acknowledged: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    answered_at: list[float] = field(default_factory=list)
    kept: dict[str, int] = field(default_factory=dict)

    @property
    def lost(self) -> list[str]:
        """What was acknowledged and is not there."""
        return sorted(self.acknowledged - self.kept.keys())

    @property
    def doubled(self) -> list[str]:
        """What is there more than once."""
        return sorted(marker for marker, count in self.kept.items() if count > 1)

    @property
    def longest_gap(self) -> float:
        """The longest time in seconds in which nothing was acknowledged to anybody."""
        return max((later - earlier for earlier, later in pairwise(sorted(self.answered_at))), default=0.0)

    def count(self, address: str) -> None:
        """Look what is in the database, each marker by itself."""
        with psycopg.connect(address) as database:
            rows = database.execute("SELECT note, COUNT(*) FROM alliance_event WHERE note LIKE 'm%' GROUP BY note").fetchall()
        self.kept = {str(note): int(count) for note, count in rows}


class Client(threading.Thread):
    """Enters one event after another; what it was told about each stands in the outcome."""

    def __init__(self, port: int, session: str, outcome: Outcome, ended: threading.Event) -> None:
        """Be ready."""
        super().__init__(daemon=True)
        self.port, self.session, self.outcome, self.ended = port, session, outcome, ended

    def run(self) -> None:
        """Write until it is over."""
        while not self.ended.is_set():
            marker = f"m{secrets.token_hex(8)}"
            try:
                acknowledged = self._enter(marker) == http.client.FOUND
            except (OSError, http.client.HTTPException):
                acknowledged = False
            if acknowledged:
                self.outcome.answered_at.append(time.monotonic())
                self.outcome.acknowledged.add(marker)
            else:
                self.outcome.unknown.add(marker)
                self.ended.wait(0.05)

    def _enter(self, marker: str) -> int:
        token = "a" * 32
        form = {"csrfmiddlewaretoken": token, "kind": "consultation", "date": "01.02.2020", "places": "14626110"}
        form |= {"visibility": "alliance", "detail": marker, "again": "on"}
        headers = {"Cookie": f"sitzung={self.session}; csrftoken={token}", "Content-Type": "application/x-www-form-urlencoded", "Host": "localhost"}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request("POST", "/ereignisse/neu/", urllib.parse.urlencode(form), headers)
            return line.getresponse().status
        finally:
            line.close()


@contextmanager
def writing(port: int, session: str) -> Iterator[Outcome]:
    """Let the clients write meanwhile."""
    outcome, ended = Outcome(), threading.Event()
    clients = [Client(port, session, outcome, ended) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    try:
        yield outcome
    finally:
        ended.set()
        for client in clients:
            client.join()
