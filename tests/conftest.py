# SPDX-License-Identifier: EUPL-1.2
"""What all tests share: the shipped tables are loaded once, then every test works in its own transaction."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from asskomm.core.visibility import Principal
from tests.making import member
from tests.processes import plain_environment

hypothesis_settings.register_profile("asskomm", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the program
hypothesis_settings.register_profile("thorough", parent=hypothesis_settings.get_profile("asskomm"), max_examples=1000)
hypothesis_settings.load_profile("asskomm")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


ASKING = {"django_db_setup", "own_database", "own_postgres"}
"""Fixtures by which a test asks the kind of database that the tests run on."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks no database, or always the embedded one in a process of its own: one run of it is enough."""
    for item in items:
        if not item.get_closest_marker("django_db") and not ASKING & set(getattr(item, "fixturenames", ())):
            item.add_marker("once")


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


def unavailable(what: str) -> NoReturn:
    """Leave a test out on a machine that lacks something; where `CI` is set, everything is meant to be tried, and lacking it is a fault."""
    if os.environ.get("CI"):
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


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


@pytest.fixture
def own_database() -> Iterator[str]:
    """The address of an empty database beside the one of the tests; empty where that is the embedded one."""
    if connection.vendor == "sqlite":
        yield ""
        return
    whole, name = os.environ["ASSKOMM_DATABASE_URL"], f"own_{os.getpid()}"
    with psycopg.connect(whole, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield f"{whole.rpartition('/')[0]}/{name}"
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def own_postgres(own_database: str) -> str:
    """As above, for what needs PostgreSQL."""
    if not own_database:
        pytest.skip("needs PostgreSQL")
    return own_database


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the example alliance, made once for all who test at the same time; copy it before writing to it."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "example"
    place.mkdir(exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "made").exists():
            command = [sys.executable, "-m", "asskomm", "--data", str(place / "data"), "up", "--prepare-only"]
            subprocess.run(command, capture_output=True, timeout=120, check=True, env=plain_environment())
            (place / "made").touch()
    return place / "data"


@pytest.fixture
def example_copy(example_folder: Path, tmp_path: Path) -> Path:
    """The example alliance to write to."""
    shutil.copytree(example_folder, tmp_path / "data")
    shutil.copy(example_folder.with_name("data.secrets"), tmp_path / "data.secrets")
    return tmp_path / "data"


@pytest.fixture
def loaded(transactional_db: None) -> None:
    """The shipped tables for a test that commits, which leaves empty tables behind."""
    from asskomm.config.prepare import load_shipped

    load_shipped()
