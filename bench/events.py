# SPDX-License-Identifier: EUPL-1.2
"""A conference beside pretalx, pretix and Indico, each in the same run on the same machine: its programme, its registration, and fifty kills of ours.

    python -m bench.events [FOLDER]      FOLDER keeps what was installed for the next time

Programme: 72 sessions, sixteen clients without an account and without a script; ours as it comes, with one process, pretalx with two, both on SQLite.
Registration: 230 places, 690 attempts by 16 and by 64 clients, two processes each (ours as two nodes) on one PostgreSQL; an attempt is the whole way
that a person goes from the page of the event to the page that says that it worked, or that there is nothing left. pretix has no waiting list that
fills by itself, Indico none at all, pretalx no registration. Indico is left out where there is no Redis to start.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench import _peers as peers
from bench.pages import environment
from bench.programme import PLAN, rate, read_once
from bench.registering import INVITE, Server, Shared, survive
from tools.with_postgres import free_port, postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES, ATTEMPTS, WARM_UP = peers.PLACES, 690, 64


@contextmanager
def ours(folder: Path, plan: str, database: str = "") -> "Iterator[tuple[list[int], list[str]]]":
    """Serve our site as `asskomm up` does, on a shared database as two nodes; give the ports, and what the plan prints."""
    around = environment(folder) | {"ASSKOMM_COSTLY_PER_MINUTE": "1000000"} | ({"ASSKOMM_DATABASE_URL": database} if database else {})
    subprocess.run([sys.executable, "-m", "asskomm", "up", "--prepare-only", "--no-example"], env=around, check=True, stdout=subprocess.DEVNULL)
    planned = subprocess.run([sys.executable, "-c", plan], env=around, check=True, stdout=subprocess.PIPE, text=True)
    ports = [free_port() for _node in range(peers.PROCESSES if database else 1)]
    command = [sys.executable, "-m", "asskomm", "up", "--no-worker", "--port"]
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
    with peers.pretalx(cache, folder / "pretalx") as port:
        pages = {
            "the whole programme": "/fachtag/schedule/nojs",
            "frame for its script": "/fachtag/schedule/",
            "schedule.json": "/fachtag/schedule/export/schedule.json",
        }
        for name, path in pages.items():
            read_once(port, path)
            theirs = rate(port, path, {})
            print(f"  {peers.PRETALX + ': ' + name:44} {theirs:8.1f} requests/s, ours {mine / theirs:.1f} times as many", flush=True)


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
_Served = Callable[[Path, Path, str], AbstractContextManager[tuple[int, list[str]]]]
_Way = Callable[[int, str, str], str]


def stored(database: str, question: str, event: str) -> int:
    """Count what is stored of an event."""
    import psycopg

    with psycopg.connect(database) as connection:
        (count,) = connection.execute(question, [event]).fetchone() or (0,)
    return int(count)


def register(cache: Path, folder: Path) -> None:
    """Compare the registrations."""
    speeds: dict[int, float] = {}
    with postgres() as database:
        with ours(folder / "ours on PostgreSQL", INVITE, database) as (ports, gatherings):
            attempts(partial(register_here, ports, gatherings.pop()), 16, WARM_UP)
            for clients, reference in zip((16, 64), gatherings, strict=True):
                speeds[clients], _told = attempts(partial(register_here, ports, reference), clients)
                held, waiting, wrong = (stored(database, _HERE + condition, reference) for condition in _CONDITIONS)
                print(f"  ours, {clients:2} clients: {speeds[clients]:6.1f} attempts/s, {held} places, {waiting} in the line, {wrong} out of order", flush=True)
        there: list[tuple[str, _Served, _Way, str]] = [(peers.PRETIX, peers.pretix, register_there, _IN_PRETIX)]
        if shutil.which("redis-server"):
            there.append((peers.INDICO, peers.indico, register_in_indico, _IN_INDICO))
        for name, served, way, question in there:
            peer = name.partition("==")[0]
            with served(cache, folder / peer, database) as (port, events):
                attempts(partial(way, port, events.pop()), 16, WARM_UP)
                for clients, event in zip((16, 64), events, strict=True):
                    speed, told = attempts(partial(way, port, event), clients)
                    held = stored(f"{database.rpartition('/')[0]}/{peer}", question, event.partition(":")[0])
                    said = f"{speed:6.1f} attempts/s, {held} places, {told.count('place')} told so"
                    print(f"  {name}, {clients:2} clients: {said}; ours {speeds[clients] / speed:.1f} times as many", flush=True)


def die(folder: Path) -> None:
    """Kill ours again and again while people register, and count who was told and is not there."""
    server = Server(folder)
    try:
        survive(server, server.gatherings[0])
    finally:
        server.kill()


def main() -> None:
    """Measure."""
    cache = Path(sys.argv[1]) if len(sys.argv) > 1 else Path.home() / ".cache" / "asskomm-peers"
    with tempfile.TemporaryDirectory() as temporary:
        print(f"{os.cpu_count()} cores")
        read(cache, Path(temporary))
        register(cache, Path(temporary))
        die(Path(temporary) / "killed")


if __name__ == "__main__":
    main()
