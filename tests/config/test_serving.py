# SPDX-License-Identifier: EUPL-1.2
"""The server starts, tells where it stands in the way of another, and leaves nothing behind whenever a signal comes."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from asskomm.config.serving import ServingError, listen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Starter = Callable[..., subprocess.Popen[str]]

# The kernel ends the server when the tests themselves are killed.
DRIVER = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
import ctypes
ctypes.CDLL(None).prctl(1, signal.SIGKILL)
from asskomm.config.serving import serve
ready = lambda: print("ready", flush=True)
from asskomm.config import serving
serving.PAUSE_SECONDS = 0
serving.GRACE_SECONDS = int(os.environ.get("GRACE", serving.GRACE_SECONDS))
sys.exit(serve("tiny_application:application", host=sys.argv[1], port=int(sys.argv[2]), workers_threads=2, on_ready=ready, companion=sys.argv[3:]))
"""
# Says its number in a file, then waits.
COMPANION = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(1000)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + COMPANION
PATIENCE = 20.0


def until(holds: Callable[[], bool]) -> bool:
    """Poll until it holds, within bounds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def free_port() -> int:
    """Return a port that nobody holds on either loopback."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


def has_ipv6() -> bool:
    """Tell whether this machine has an IPv6 loopback."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


def get(port: int, path: str, host: str = "127.0.0.1") -> str:
    """Fetch one page."""
    with closing(HTTPConnection(host, port, timeout=PATIENCE)) as connection:
        connection.request("GET", path)
        return connection.getresponse().read().decode()


def listens(port: int) -> bool:
    """Tell whether anybody accepts a connection there."""
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def lives(group: int) -> bool:
    """Tell whether any process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def assert_gone(server: subprocess.Popen[str], port: int) -> str:
    """Check that master and worker are gone and the port refuses; return what was written to the error stream."""
    _, errors = server.communicate(timeout=PATIENCE)
    assert until(lambda: not lives(server.pid))
    assert not listens(port)
    return errors


def _hear() -> None:
    """Let a process hear an interrupt from its first moment on, also where the tests themselves run in the background and do not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def port() -> int:
    """Give each test a port of its own."""
    return free_port()


@pytest.fixture
def start(port: int) -> Iterator[Starter]:
    """Give a function that starts a server as leader of a process group of its own."""
    started: list[subprocess.Popen[str]] = []

    def start(*companion: str, early: bool = False, **settings: str) -> subprocess.Popen[str]:
        # The measuring of coverage swallows an interrupt while it loads, so it is left out where a signal comes early.
        inherited = {name: value for name, value in os.environ.items() if not early or not name.startswith("COVERAGE_")}
        env = {**inherited, "PYTHONPATH": str(Path(__file__).parent), **settings}
        command = [sys.executable, "-c", DRIVER, "localhost", str(port), *companion]
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        process = subprocess.Popen(command, env=env, start_new_session=True, preexec_fn=_hear, **pipes)  # noqa: PLW1509 -- no other thread forks here
        started.append(process)
        return process

    yield start
    for process in started:
        if lives(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


@pytest.fixture
def server(start: Starter) -> subprocess.Popen[str]:
    """Give a server that has said that it is ready."""
    process = start()
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_answers_as_soon_as_it_is_ready(server: subprocess.Popen[str], port: int) -> None:
    assert server.poll() is None
    assert get(port, "/rathaus") == "/rathaus"


def test_no_database_connection_crosses_the_fork(start: Starter, port: int, tmp_path: Path) -> None:
    process = start(OPEN_DATABASE=str(tmp_path / "example.sqlite3"))
    assert until(lambda: listens(port))
    assert get(port, "/") == "closed"
    process.terminate()
    assert_gone(process, port)


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6 loopback")
def test_localhost_means_both_loopbacks(server: subprocess.Popen[str], port: int) -> None:
    assert server.poll() is None
    assert get(port, "/sechs", host="::1") == "/sechs"


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_every_process(server: subprocess.Popen[str], port: int, sign: signal.Signals) -> None:
    get(port, "/")
    server.send_signal(sign)
    assert assert_gone(server, port) == ""
    assert server.returncode == 0


def test_a_signal_ends_it_while_a_browser_holds_a_connection(server: subprocess.Popen[str], port: int) -> None:
    with closing(socket.create_connection(("127.0.0.1", port))):
        server.send_signal(signal.SIGTERM)
        assert assert_gone(server, port) == ""
    assert server.returncode == 0


def test_control_c_reaches_the_whole_group(server: subprocess.Popen[str], port: int) -> None:
    os.killpg(server.pid, signal.SIGINT)
    assert_gone(server, port)
    assert server.returncode == 0


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("delay", [0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9])
def test_a_signal_during_the_start_ends_it(start: Starter, port: int, delay: float, sign: signal.Signals) -> None:
    process = start(early=True, SLOW_START="0.2")
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(delay)
    process.send_signal(sign)
    assert_gone(process, port)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_while_the_application_loads_ends_it(start: Starter, port: int, sign: signal.Signals) -> None:
    process = start(early=True, SLOW_START=str(PATIENCE))
    assert until(lambda: listens(port))
    process.send_signal(sign)
    assert_gone(process, port)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_at_the_fork_reaches_the_worker(start: Starter, port: int, sign: signal.Signals) -> None:
    process = start(SLOW_FORK="0.5")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    assert until(lambda: children.read_text() != "")
    process.send_signal(sign)
    assert assert_gone(process, port) == ""
    assert process.returncode == 0


def companions(log: Path, count: int) -> list[int]:
    """Give the numbers of the companions so far, when there are so many."""
    assert until(lambda: log.exists() and log.read_text().count("\n") >= count)
    return [int(line) for line in log.read_text().split()]


def runs(process: int) -> bool:
    """Tell whether a process lives and is no mere remainder."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_companion_ends_with_the_server(start: Starter, port: int, tmp_path: Path, sign: signal.Signals) -> None:
    process = start(sys.executable, "-c", COMPANION, str(tmp_path / "log"))
    (companion,) = companions(tmp_path / "log", 1)
    assert runs(companion)
    assert get(port, "/") == "/"
    process.send_signal(sign)
    assert_gone(process, port)
    assert (process.returncode, runs(companion)) == (0, False)


def test_a_companion_that_dies_is_started_again(start: Starter, port: int, tmp_path: Path) -> None:
    process = start(sys.executable, "-c", COMPANION, str(tmp_path / "log"))
    (first,) = companions(tmp_path / "log", 1)
    os.kill(first, signal.SIGKILL)
    second = companions(tmp_path / "log", 2)[1]
    assert (runs(first), runs(second), process.poll()) == (False, True, None)
    process.terminate()
    assert_gone(process, port)
    assert not runs(second)


def test_a_companion_that_does_not_listen_is_killed(start: Starter, port: int, tmp_path: Path) -> None:
    process = start(sys.executable, "-c", DEAF, str(tmp_path / "log"), GRACE="1")
    (companion,) = companions(tmp_path / "log", 1)
    process.terminate()
    assert_gone(process, port)
    assert not runs(companion)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_taken_port_is_named_with_the_next_one(port: int, host: str) -> None:
    with closing(socket.create_server(("127.0.0.1", port))), pytest.raises(ServingError) as refusal:
        listen(host, port)
    assert str(refusal.value) == f"Port {port} ist belegt. Wählen Sie einen anderen: --port {port + 1}"


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6 loopback")
def test_a_port_taken_on_ipv6_alone_leaves_nothing_open(port: int) -> None:
    with closing(socket.create_server(("::1", port), family=socket.AF_INET6)), pytest.raises(ServingError):
        listen("localhost", port)
    assert not listens(port)


def test_after_the_last_port_the_usual_one_is_named() -> None:
    with closing(socket.create_server(("127.0.0.1", 65535))), pytest.raises(ServingError) as refusal:
        listen("127.0.0.1", 65535)
    assert str(refusal.value) == "Port 65535 ist belegt. Wählen Sie einen anderen: --port 8000"


def test_a_second_server_is_refused(server: subprocess.Popen[str], start: Starter, port: int) -> None:
    second = start()
    _, errors = second.communicate(timeout=PATIENCE)
    assert errors.splitlines()[-1].endswith(f"Port {port} ist belegt. Wählen Sie einen anderen: --port {port + 1}")
    assert server.poll() is None
    assert get(port, "/weiter") == "/weiter"


def test_a_port_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ServingError) as refusal:
        listen("localhost", 70000)
    assert str(refusal.value) == "Port 70000 gibt es nicht. Wählen Sie einen zwischen 1 und 65535: --port 8000"


def test_an_unknown_name_is_refused(port: int) -> None:
    with pytest.raises(ServingError) as refusal:
        listen("kein-rathaus.invalid", port)
    assert str(refusal.value) == "Die Adresse „kein-rathaus.invalid“ ist auf diesem Rechner nicht bekannt. Meist passt: --host localhost"


def test_a_port_of_the_system_is_refused_to_an_ordinary_account(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    def forbid(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("asskomm.config.serving._listener", forbid)
    with pytest.raises(ServingError) as refusal:
        listen("localhost", port)
    assert str(refusal.value) == f"Port {port} darf dieses Benutzerkonto nicht öffnen. Wählen Sie einen ab 1024: --port 8000"


def test_without_ipv6_localhost_is_the_other_loopback(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    monkeypatch.setattr("asskomm.config.serving.LOOPBACKS", [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "2001:db8::1")])
    (listener,) = listen("localhost", port)
    with closing(listener):
        assert listener.getsockname() == ("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused(port: int) -> None:
    with pytest.raises(ServingError) as refusal:
        listen("192.0.2.1", port)
    assert str(refusal.value) == f"Die Adresse 192.0.2.1:{port} lässt sich nicht öffnen: Cannot assign requested address"


SMUGGLED = b"0\r\n\r\nGET /geschmuggelt HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (("Content-Length: 6", "Transfer-Encoding: chunked"), 400),
        (("Content-Length: 6", "Content-Length: 7"), 400),
        (("Content-Length : 6",), 400),
        (("Content-Length: +6",), 400),
        (("Transfer-Encoding: chunked, identity",), 400),
        (("Transfer-Encoding: xchunked",), 501),
        (("Transfer-Encoding:\x0bchunked",), 400),
    ],
    ids=["both", "two lengths", "space", "sign", "not last", "unknown", "control"],
)
def test_a_message_with_two_ends_is_refused(server: subprocess.Popen[str], port: int, lines: tuple[str, ...], status: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as wire:
        wire.sendall("\r\n".join(["POST / HTTP/1.1", "Host: localhost", *lines, "", ""]).encode() + SMUGGLED)
        answer = b"".join(iter(lambda: wire.recv(65536), b""))
    assert int(answer.split()[1]) == status
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"/geschmuggelt" not in answer
