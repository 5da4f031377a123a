# SPDX-License-Identifier: EUPL-1.2
"""A conference beside pretalx, pretix and Indico, each in the same run on the same machine: its programme, its registration, and fifty kills of ours.

    python -m bench.events [FOLDER]      FOLDER keeps what was installed for the next time

Programme: 72 sessions, sixteen clients without an account and without a script; ours as it comes, with one process on SQLite, pretalx with two on
SQLite, Indico with two on PostgreSQL. pretix has no programme.
Registration: 230 places, 690 attempts by 16 and by 64 clients, two processes each (ours as two nodes) on one PostgreSQL, and ours alone on SQLite; an
attempt is the whole way that a person goes from the page of the event to the page that says that it worked, or that there is nothing left. pretix has
no waiting list that fills by itself, Indico none at all, pretalx no registration.
Mails: the same registration while two workers send the letters to a mail server (aiosmtpd), each once.
Kills: four people at a time register and confirm, on both databases; whoever was told is there.
Sessions and caches of the others lie in a Redis; without one they are left out. Tasks run within the request where no other process is needed for them.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from bench import _peers as peers
from bench._fetched import fetch
from bench.pages import environment
from bench.programme import PLAN, rate, read_once
from tests.events.killing import Server, outlive
from tools.with_postgres import free_port, postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES, ATTEMPTS, WARM_UP, KILLS, PATIENCE = peers.PLACES, 690, 64, 50, 240
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


class Shared:
    """Addresses that several clients take from."""

    def __init__(self, addresses: Iterable[str]) -> None:
        """Hold them."""
        self._addresses, self._lock = iter(addresses), threading.Lock()

    def __iter__(self) -> "Iterator[str]":
        """Give the next to whoever asks."""
        while True:
            with self._lock:
                address = next(self._addresses, None)
            if address is None:
                return
            yield address


@contextmanager
def ours(folder: Path, plan: str, database: str = "", mailing: Mapping[str, str] | None = None) -> "Iterator[tuple[list[int], list[str]]]":
    """Serve our site as `asskomm up` does, on a shared database as two nodes, with workers where mails go out; give the ports, and what the plan prints."""
    around = environment(folder) | {"ASSKOMM_COSTLY_PER_MINUTE": "1000000"} | ({"ASSKOMM_DATABASE_URL": database} if database else {}) | dict(mailing or {})
    subprocess.run([sys.executable, "-m", "asskomm", "up", "--prepare-only", "--no-example"], env=around, check=True, stdout=subprocess.DEVNULL)
    planned = subprocess.run([sys.executable, "-c", plan], env=around, check=True, stdout=subprocess.PIPE, text=True)
    ports = [free_port() for _node in range(peers.PROCESSES if database else 1)]
    command = [sys.executable, "-m", "asskomm", "up", *([] if mailing else ["--no-worker"]), "--port"]
    servers = [subprocess.Popen([*command, str(port)], env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for port in ports]
    try:
        for port in ports:
            read_once(port, "/veranstaltungen/")
        yield ports, planned.stdout.split()
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(20)


def read(cache: Path, folder: Path) -> None:
    """Compare the programmes."""
    with ours(folder / "ours", PLAN) as (ports, (reference,)):
        mine = rate(ports[0], f"/veranstaltungen/{reference}/programm/", {})
        print(f"  {'ours: the whole programme':44} {mine:8.1f} requests/s", flush=True)

    def beside(port: int, peer: str, pages: dict[str, str]) -> None:
        for name, path in pages.items():
            read_once(port, path)
            theirs = rate(port, path, {})
            print(f"  {f'{peer}: {name}':44} {theirs:8.1f} requests/s, ours {mine / theirs:.1f} times as many", flush=True)

    if not shutil.which("redis-server"):
        return
    with peers.redis() as keeps, postgres() as database:
        with peers.pretalx(cache, folder / "pretalx", keeps) as port:
            schedule = "/fachtag/schedule/"
            pages = {"the whole programme": f"{schedule}nojs", "frame for its script": schedule, "schedule.json": f"{schedule}export/schedule.json"}
            beside(port, peers.PRETALX, pages)
        with peers.indico(cache, folder / "indico", database, keeps) as (port, events):
            number = events[-1].partition(":")[0]
            beside(port, peers.INDICO, {"timetable": f"/event/{number}/timetable/", "list of contributions": f"/event/{number}/contributions/"})


def register_here(ports: Sequence[int], reference: str, address: str) -> str:
    """Go the whole way here, on one node or the other: the page, the form, sent."""
    visit = peers.Visitor(ports[hash(address) % len(ports)])
    page = f"/veranstaltungen/{reference}/"
    visit(page)
    visit(f"{page}anmelden/")
    _path, text = visit(f"{page}anmelden/", {"name": "Kim Muster", "email": address, "participant_type": "municipality", "organisation": ""})
    return "place or line" if "Noch ein Schritt" in text else "nothing"


def register_there(port: int, event: str, address: str) -> str:
    """Go the whole way in pretix: the shop, the basket, the address, the confirmation."""
    visit, (slug, item) = peers.Visitor(port), event.split(":")
    visit(f"/lpr/{slug}/")
    path, _text = visit(f"/lpr/{slug}/cart/add?next=/lpr/{slug}/checkout/start", {f"item_{item}": "1"})
    if "/questions/" not in path:
        return "nothing"
    path, _text = visit(path, {"email": address})
    path, _text = visit(path, {})
    return "place" if "/order/" in path else "nothing"


def register_in_indico(port: int, event: str, address: str) -> str:
    """Go the whole way in Indico: the event, the form, what its script sends."""
    visit, (number, form) = peers.Visitor(port), event.split(":")
    visit(f"/event/{number}/")
    visit(f"/event/{number}/registrations/{form}/")
    said = {"email": address.replace(".example", ".de"), "first_name": "Kim", "last_name": "Muster"}
    return "place" if visit.tell(f"/event/{number}/registrations/{form}/", said) == 200 else "nothing"


def attempts(register: Callable[[str], str], clients: int, many: int = ATTEMPTS) -> tuple[float, list[str]]:
    """Let so many clients make so many attempts; give attempts a second and what they were told."""
    shared, told = Shared(f"gast{number}@stadt.example" for number in range(many)), list[str]()

    def go(addresses: Iterable[str]) -> None:
        told.extend(register(address) for address in addresses)

    threads = [threading.Thread(target=go, args=(shared,)) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return many / (time.perf_counter() - began), told


_HERE = "SELECT count(*) FROM events_registration r JOIN events_gathering g ON g.id = gathering_id WHERE g.reference = %s AND "
_CONDITIONS = ("r.state = 'held'", "r.state = 'waiting'", f"(r.state = 'held') <> (r.number <= {PLACES})")
_IN_PRETIX = """
SELECT count(*) FROM pretixbase_orderposition p JOIN pretixbase_order o ON o.id = order_id JOIN pretixbase_event e ON e.id = o.event_id WHERE e.slug = %s
"""
_IN_INDICO = "SELECT count(*) FROM event_registration.registrations WHERE event_id = %s::integer AND state = 1"  # complete


def stored(database: str | Path, question: str, event: str) -> int:
    """Count what is stored of an event, in PostgreSQL or in the embedded database of a folder."""
    if isinstance(database, Path):
        with closing(sqlite3.connect(database / "asskomm.sqlite3")) as embedded:
            return int(embedded.execute(question.replace("%s", "?"), [event]).fetchone()[0])
    with psycopg.connect(database) as connection:
        (count,) = connection.execute(question, [event]).fetchone() or (0,)
    return int(count)


def register_ours(name: str, folder: Path, database: str) -> dict[int, float]:
    """Measure ours, and look at what is stored; gives attempts a second by clients."""
    speeds: dict[int, float] = {}
    with ours(folder, INVITE, database) as (ports, gatherings):
        attempts(partial(register_here, ports, gatherings.pop()), 16, WARM_UP)
        for clients, reference in zip((16, 64), gatherings, strict=True):
            speeds[clients], _told = attempts(partial(register_here, ports, reference), clients)
            held, waiting, wrong = (stored(database or folder, _HERE + condition, reference) for condition in _CONDITIONS)
            print(f"  ours on {name}, {clients:2} clients: {speeds[clients]:6.1f} attempts/s, {held} places, {waiting} wait, {wrong} out of order", flush=True)
    return speeds


def register(cache: Path, folder: Path) -> None:
    """Compare the registrations."""
    register_ours("SQLite", folder / "ours on SQLite", "")
    with postgres() as database:
        speeds = register_ours("PostgreSQL", folder / "ours on PostgreSQL", database)
        if not shutil.which("redis-server"):
            return
        there = ((peers.PRETIX, peers.pretix, register_there, _IN_PRETIX), (peers.INDICO, peers.indico, register_in_indico, _IN_INDICO))
        for name, served, way, question in there:
            peer = name.partition("==")[0]
            with peers.redis() as keeps, served(cache, folder / f"registration in {peer}", database, keeps) as (port, events):
                attempts(partial(way, port, events[2]), 16, WARM_UP)
                for clients, event in zip((16, 64), events, strict=False):
                    speed, told = attempts(partial(way, port, event), clients)
                    held = stored(f"{database.rpartition('/')[0]}/{peer}", question, event.partition(":")[0])
                    said = f"{speed:6.1f} attempts/s, {held} places, {told.count('place')} told so"
                    print(f"  {name}, {clients:2} clients: {said}; ours {speeds[clients] / speed:.1f} times as many", flush=True)


def deliver(folder: Path) -> None:
    """Register while the letters go out to a mail server, and count that each arrives once."""
    taken = folder / "taken"
    mailbox = [sys.executable, "-m", "bench._mailbox", str(taken)]
    around = os.environ | {"PYTHONPATH": f"{fetch(folder / 'packages', 'aiosmtpd')}:."}
    with subprocess.Popen(mailbox, env=around, stdout=subprocess.PIPE, text=True) as server, postgres() as database:
        port = server.stdout.readline().strip() if server.stdout else ""
        mailing = {"ASSKOMM_MAIL_HOST": "127.0.0.1", "ASSKOMM_MAIL_PORT": port, "ASSKOMM_MAIL_TLS": "none"}
        with ours(folder / "with mails", INVITE, database, mailing) as (ports, gatherings):
            began = time.perf_counter()
            speed, _told = attempts(partial(register_here, ports, gatherings[0]), 16)
            while time.perf_counter() - began < PATIENCE and len(taken.read_text().splitlines()) < ATTEMPTS:
                time.sleep(0.1)
            seconds, lines = time.perf_counter() - began, taken.read_text().splitlines()
        server.terminate()
    once = len({line.split()[0] for line in lines}) == len({line.split()[1] for line in lines}) == len(lines)
    print(f"  ours with mails going out: {speed:.1f} attempts/s; {len(lines)} mails taken, each once: {once}, the last {seconds:.0f} s after the first came")


def die(folder: Path) -> None:
    """Kill ours again and again while people register and confirm, and count who was told and is not there."""
    with postgres() as database:
        for name, address in (("SQLite", ""), ("PostgreSQL", database)):
            outlived = outlive(Server(folder / f"killed on {name}", address, PLACES), KILLS)
            told = f"{len(outlived.told.registered)} told that they are registered, {len(outlived.told.confirmed)} confirmed"
            counter, whole = f"{outlived.held} places held, the counter says {outlived.counter[0]}", outlived.numbers == list(range(1, len(outlived.rows) + 1))
            print(
                f"  {KILLS} kills on {name}: {told}; {len(outlived.lost)} lost, {len(outlived.doubled)} twice; {counter}; no number missing: {whole}",
                flush=True,
            )


def main() -> None:
    """Measure."""
    cache = Path(sys.argv[1]) if len(sys.argv) > 1 else Path.home() / ".cache" / "asskomm-peers"
    with tempfile.TemporaryDirectory() as temporary:
        print(f"{os.cpu_count()} cores")
        read(cache, Path(temporary))
        register(cache, Path(temporary))
        deliver(Path(temporary))
        die(Path(temporary))


if __name__ == "__main__":
    main()
