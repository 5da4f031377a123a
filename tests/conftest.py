# SPDX-License-Identifier: EUPL-1.2
"""What all tests share: the shipped tables are loaded once, then every test works in its own transaction."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker

from asskomm.core.visibility import Principal
from tests.making import member

hypothesis_settings.register_profile("asskomm", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the program
hypothesis_settings.load_profile("asskomm")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Load the shipped tables into the test database."""
    with django_db_blocker.unblock():
        from asskomm.config.prepare import load_shipped
        from asskomm.core.search.domain.index import rebuild

        load_shipped()
        rebuild()


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def notes_on_reading(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let notes on what was read wait until a test writes them: a thread would write between two tests. Give what starts the thread."""
    from asskomm.core.audit.domain import reading

    notes = reading.Notes()
    begin = notes.begin
    monkeypatch.setattr(reading, "_notes", notes)
    monkeypatch.setattr(notes, "begin", lambda: None)
    return begin


@pytest.fixture
def shared_data() -> Path:
    """The folder of development data; tests that need it skip where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the development data are not here")
    return SHARED_DATA


@pytest.fixture
def sign_in(client: Client) -> Callable[..., Principal]:
    """Sign the client in as somebody with a function, and give her principal."""

    def as_role(role: str, organisation: str = "Landespräventionsrat Sachsen") -> Principal:
        account, principal = member(role, organisation)
        client.force_login(account)
        return principal

    return as_role


@dataclass(frozen=True)
class Site:
    """A running server with the example alliance."""

    url: str
    data: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_asskomm(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line as its own process."""
    command = [sys.executable, "-m", "asskomm", "--data", str(data), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=plain_environment())


def plain_environment() -> dict[str, str]:
    """Give the environment of a user: without what belongs to the tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("ASSKOMM_", "DJANGO_"))}


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the example alliance; copy it before writing to it."""
    folder = tmp_path_factory.mktemp("example") / "data"
    done = run_asskomm("up", "--prepare-only", data=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def example_copy(example_folder: Path, tmp_path: Path) -> Path:
    """The example alliance to write to."""
    shutil.copytree(example_folder, tmp_path / "data")
    shutil.copy(example_folder.with_name("data.secrets"), tmp_path / "data.secrets")
    return tmp_path / "data"


@pytest.fixture(scope="session")
def site(example_folder: Path) -> Iterator[Site]:
    """A server process over the example alliance, as a user starts it."""
    port = free_port()
    command = [sys.executable, "-m", "asskomm", "--data", str(example_folder), "up", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=plain_environment())
    url = f"http://localhost:{port}"
    try:
        wait_for(url + "/readyz")
        yield Site(url, example_folder)
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(url: str, seconds: float = 30) -> None:
    """Ask an address until it answers."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 -- our own server
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


@pytest.fixture
def loaded(transactional_db: None) -> None:
    """The shipped tables for a test that commits, which leaves empty tables behind."""
    from asskomm.config.prepare import load_shipped

    load_shipped()
