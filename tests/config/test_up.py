# SPDX-License-Identifier: EUPL-1.2
"""`asskomm up` as a user starts it: the first page, the end, and what keeps it from starting."""

import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.processes import free_port, plain_environment, run_asskomm, wait_for

Starter = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def port() -> int:
    """A port of its own for each test."""
    return free_port()


@pytest.fixture
def start(port: int) -> Iterator[Starter]:
    """Start `asskomm up` on the port, and end it afterwards."""
    started: list[subprocess.Popen[str]] = []

    def start(data: Path, *arguments: str, **settings: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "asskomm", "--data", str(data), "up", "--port", str(port), *arguments]
        env = plain_environment() | settings
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def _answers(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until_it_listens(port: int) -> None:
    """Wait until somebody answers at all; behind a proxy a plain request is led elsewhere."""
    end = time.monotonic() + 30
    while not _answers(port) and time.monotonic() < end:
        time.sleep(0.05)


def _page(port: int, path: str) -> tuple[int, str, str]:
    """Give status, text and request id of a page."""
    try:
        with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=20) as response:
            return response.status, response.read().decode(), response.headers["X-Request-ID"]
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode(), refusal.headers["X-Request-ID"]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_the_first_page_comes_and_a_signal_ends_everything(start: Starter, port: int, example_copy: Path, sign: signal.Signals) -> None:
    process = start(example_copy)
    wait_for(f"http://localhost:{port}/readyz")
    status, text, _id = _page(port, "/")
    assert (status, re.findall(r"<h1>(.*?)</h1>", text)) == (200, ["Sicher leben in Sachsens Städten und Gemeinden"])
    styles = re.findall(r'href="(/static/[^"]+\.css)"', text)
    assert len(styles) == 3
    assert [_page(port, style)[0] for style in styles] == [200, 200, 200]
    process.send_signal(sign)
    output, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "")
    assert not _answers(port)
    assert output == (
        f"\n  ASSKomm läuft: http://localhost:{port}\n"
        f"  Beispielallianz, frei erfunden. Anmelden mit einem Klick: http://localhost:{port}/einloggen/\n"
        "  Beenden mit Strg+C\n\n"
    )


def _until(found: Callable[[], Any]) -> Any:
    """Ask until there is something, within bounds."""
    end = time.monotonic() + 20
    while not (answer := found()) and time.monotonic() < end:
        time.sleep(0.02)
    return answer


def _worker_of(process: subprocess.Popen[str]) -> list[int]:
    """Give the numbers of the processes for jobs that a server has started."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(child) for child in children if b"worker" in Path(f"/proc/{child}/cmdline").read_bytes()]


def test_the_process_for_jobs_ends_even_when_the_server_is_killed(start: Starter, port: int, example_copy: Path) -> None:
    process = start(example_copy)
    wait_for(f"http://localhost:{port}/readyz")
    (worker,) = _until(lambda: _worker_of(process))
    process.kill()
    process.wait()
    assert _until(lambda: not Path(f"/proc/{worker}").exists())


def test_a_log_line_of_json_has_the_id_of_its_answer(start: Starter, port: int, example_copy: Path) -> None:
    process = start(example_copy, ASSKOMM_LOG_FORMAT="json")
    wait_for(f"http://localhost:{port}/readyz")
    status, text, request = _page(port, "/gibt-es-nicht/?wer=erika@example.org")
    process.terminate()
    _output, errors = process.communicate(timeout=20)
    (entry,) = [json.loads(line) for line in errors.splitlines()]
    assert (status, f"<code>{request}</code>" in text) == (404, True)
    assert {name: entry[name] for name in ("level", "logger", "request", "message")} == {
        "level": "WARNING",
        "logger": "django.request",
        "request": request,
        "message": "Not Found: /gibt-es-nicht/",
    }


def test_a_taken_port_is_one_sentence(port: int, example_folder: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", port))):
        done = run_asskomm("up", "--port", str(port), data=example_folder)
    assert (done.returncode, done.stderr) == (2, f"asskomm: Port {port} ist belegt. Wählen Sie einen anderen: --port {port + 1}\n")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "amt.example"])  # noqa: S104
def test_an_example_is_not_offered_to_the_network(port: int, example_folder: Path, host: str) -> None:
    done = run_asskomm("up", "--port", str(port), "--host", host, data=example_folder)
    sentence = (
        f"Dieser Datenordner enthält Beispieldaten und wird nur auf localhost bereitgestellt, nicht auf {host}. Für echte Daten: --data ORDNER --no-example"
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"asskomm: {sentence}\n")
    assert not _answers(port)


def test_the_first_address_is_that_under_which_the_site_is_reached(start: Starter, port: int, tmp_path: Path) -> None:
    process = start(tmp_path / "data", "--no-example", ASSKOMM_URL="https://asskomm.stadt.example", ASSKOMM_HTTPS="ja", ASSKOMM_HOSTS="asskomm.stadt.example")
    wait_until_it_listens(port)
    assert process.stdout is not None
    lines = [process.stdout.readline().strip() for _line in range(4)]
    assert lines[1] == "ASSKomm läuft: https://asskomm.stadt.example"
    assert lines[3].startswith("https://asskomm.stadt.example/")


def test_a_service_that_starts_again_leaves_real_data_of_an_older_version_as_they_are(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert run_asskomm("up", "--prepare-only", "--no-example", data=data).returncode == 0
    with closing(sqlite3.connect(data / "asskomm.sqlite3")) as database, database:
        database.execute("DELETE FROM django_migrations WHERE app = 'events' AND name = (SELECT max(name) FROM django_migrations WHERE app = 'events')")
        before = list(database.iterdump())
    done = run_asskomm("up", "--prepare-only", "--no-example", data=data)
    sentence = "Die Datenbank hat noch nicht den Stand dieses Programms. Führen Sie zuerst „asskomm upgrade“ aus; es sichert vorher."
    assert (done.returncode, done.stderr) == (2, f"asskomm: {sentence}\n")
    with closing(sqlite3.connect(data / "asskomm.sqlite3")) as database:
        assert list(database.iterdump()) == before


def test_real_data_are(start: Starter, port: int, tmp_path: Path) -> None:
    process = start(tmp_path / "data", "--no-example", "--host", "0.0.0.0")  # noqa: S104
    wait_for(f"http://localhost:{port}/readyz")
    assert _page(port, "/")[0] == 200
    assert process.stdout is not None
    _empty, running, nobody, address, end, _empty = (process.stdout.readline().strip() for _line in range(6))
    assert (running, end) == (f"ASSKomm läuft: http://localhost:{port}", "Beenden mit Strg+C")
    assert nobody == "Noch hat niemand einen Zugang. Einmalige Adresse für die erste Administratorin oder den ersten Administrator, 24 Stunden gültig:"
    status, page, _request = _page(port, address.removeprefix(f"http://localhost:{port}"))
    assert (status, "<h1>ASSKomm einrichten</h1>" in page) == (200, True)
    process.terminate()
    assert process.communicate(timeout=20)[0] == ""
