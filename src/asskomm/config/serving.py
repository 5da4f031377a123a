# SPDX-License-Identifier: EUPL-1.2
"""The web server: one gunicorn master, one worker with threads, and no process left behind after a signal.

One worker is enough for the embedded database, which has one writer anyway; whoever needs more runs more nodes.
The application is loaded once, in the master: an error in it ends the start instead of a restart loop, and until then
a signal meets one single process.
"""

from __future__ import annotations

import errno
import gc
import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.util import import_app

from asskomm.core.database.sqlite.holding import hold_open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

GRACE_SECONDS = 10  # the port is closed at once; this is only for what is still being answered, on a busy machine too
WORKER_GRACE_SECONDS = 3  # less than the master's, which kills and reports what is still there after its own
STALLED_SECONDS = 60
PAUSE_SECONDS = 5  # before a companion that died is started again
ENDING_SIGNALS = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGQUIT})
# Browsers ask for localhost on ::1 first, so both have to answer.
LOOPBACKS = [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
NO_SUCH_ADDRESS = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})


class ServingError(Exception):
    """The server cannot start; the text says why and what helps, in the reader's language."""


def serve(
    application_path: str,
    *,
    host: str,
    port: int,
    workers_threads: int = 8,
    on_ready: Callable[[], None] = lambda: None,
    companion: Sequence[str] = (),
) -> int:
    """Serve a WSGI application until a signal ends it.

    Parameters
    ----------
    application_path
        Module and name, such as ``asskomm.config.wsgi:application``.
    host
        Address or name to listen on; ``localhost`` means IPv4 and, where there is one, IPv6 loopback.
    port
        The same for every address.
    workers_threads
        Requests answered at the same time.
    on_ready
        Called once, when requests are accepted.
    companion
        Command of a process that runs beside, such as the worker for jobs; it is started again when it dies, and ends with the server.

    Returns
    -------
    int
        The exit code for the command line.

    Raises
    ------
    ServingError
        The address is taken, forbidden or unknown.

    """
    listeners = listen(host, port)
    binds = [f"fd://{listener.detach()}" for listener in listeners]
    code: object = 0
    try:
        _Master(_Application(application_path, binds=binds, threads=workers_threads, on_ready=on_ready), companion).run()
    except SystemExit as end:  # gunicorn knows no other end
        code = end.code
    return code if isinstance(code, int) else 0


def listen(host: str, port: int) -> list[socket.socket]:
    """Open the sockets at once, so that a taken port is reported before the slow part of the start.

    Raises
    ------
    ServingError
        The address is taken, forbidden or unknown.

    """
    listeners: list[socket.socket] = []
    for family, address in _addresses(host):
        try:
            listeners.append(_listener(family, address, port))
        except OSError as error:
            if listeners and error.errno in NO_SUCH_ADDRESS:
                continue  # a machine without IPv6 is complete with IPv4
            for listener in listeners:
                listener.close()
            raise ServingError(_explain(error, host, port)) from error
        except OverflowError as error:
            raise ServingError(f"Port {port} gibt es nicht. Wählen Sie einen zwischen 1 und 65535: --port 8000") from error
    return listeners


def _addresses(host: str) -> Iterable[tuple[socket.AddressFamily, str]]:
    if host == "localhost":
        return LOOPBACKS
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise ServingError(f"Die Adresse „{host}“ ist auf diesem Rechner nicht bekannt. Meist passt: --host localhost") from error
    family, _, _, _, address = found[0]
    return [(family, str(address[0]))]


def _listener(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    """Listen already here: of two sockets that are only bound, neither owns the port."""
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((address, port))
        listener.listen(128)
    except BaseException:
        listener.close()
        raise
    return listener


def _explain(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8000
        return f"Port {port} ist belegt. Wählen Sie einen anderen: --port {other}"
    if error.errno == errno.EACCES:
        return f"Port {port} darf dieses Benutzerkonto nicht öffnen. Wählen Sie einen ab 1024: --port 8000"
    return f"Die Adresse {host}:{port} lässt sich nicht öffnen: {error.strerror}"


class _Application(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's settings as arguments, without a configuration file or the command line."""

    def __init__(self, path: str, *, binds: list[str], threads: int, on_ready: Callable[[], None]) -> None:
        self.path = path
        self.options: dict[str, Any] = {
            "bind": binds,
            "control_socket_disable": True,
            "graceful_timeout": GRACE_SECONDS,
            "loglevel": "warning",
            "post_worker_init": _begin_worker,
            "pre_fork": lambda _master, _worker: _close_databases(),
            "preload_app": True,
            "threads": threads,
            "timeout": STALLED_SECONDS,
            "when_ready": lambda _master: on_ready(),
            "worker_class": "gthread",
            "workers": 1,
        }
        super().__init__()

    def load_config(self) -> None:
        """Take the options and nothing else."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """Import the WSGI application."""
        return import_app(self.path)


class _Master(Arbiter):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's master with the gaps around a fork closed, and with a companion."""

    def __init__(self, app: BaseApplication, companion: Sequence[str]) -> None:
        self._command, self._companion = companion, _Companion()
        super().__init__(app)

    def manage_workers(self) -> None:
        """Keep the companion as the workers are kept; called once a second."""
        super().manage_workers()
        if self._command:
            self._companion.keep(self._command)

    def stop(self, graceful: bool = True) -> None:  # noqa: FBT001, FBT002 -- gunicorn's own signature
        """End the companion while the workers end."""
        self._companion.terminate()
        super().stop(graceful)
        self._companion.wait(GRACE_SECONDS)

    # A closed terminal ends the server; gunicorn would reload and live on unseen.
    handle_hup = Arbiter.handle_term
    # Gunicorn's quick end shuts the worker's threads down from within a signal handler, which can wait for a lock that the same thread holds.
    handle_int = Arbiter.handle_term

    def spawn_worker(self) -> int:
        """Hold signals back until the worker has handlers of its own, or it would put them into its copy of the master's queue and never look."""
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING_SIGNALS)
        try:
            return int(super().spawn_worker())
        except SystemExit as end:
            _leave_worker(end.code)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING_SIGNALS)


class _Companion:
    """A process beside the server, known by its number alone: gunicorn's master reaps every child itself."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0

    def keep(self, command: Sequence[str]) -> None:
        """Start it, or start it again, but not in a quick row when it dies at once."""
        if not self.lives() and time.monotonic() - self._started > PAUSE_SECONDS:
            self._started = time.monotonic()
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def lives(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def terminate(self) -> None:
        if self._process is not None:
            self._process.terminate()

    def wait(self, seconds: float) -> None:
        """Wait until it is gone, and kill it when it does not go."""
        if self._process is None:
            return
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _begin_worker(worker: Any) -> None:
    """Let the signals in that were held back: the worker's own handlers stand now."""
    worker.cfg.set("graceful_timeout", WORKER_GRACE_SECONDS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to the master too, which ends the worker in good order
    if settings.configured:
        hold_open()
    gc.freeze()  # what the program is made of stays for good; looking through it again and again doubled the time of long answers
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING_SIGNALS)


def _leave_worker(code: object) -> NoReturn:
    """End here: the worker must not run on into the code that called `serve`, nor wait for threads past the grace period."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1)


def _close_databases() -> None:
    """A connection opened before the fork must not be used after it; SQLite files break from that."""
    if settings.configured:
        connections.close_all()
