# SPDX-License-Identifier: EUPL-1.2
"""The disk is full: nothing is saved, everybody goes on reading, nothing is damaged, and afterwards all goes on."""

import http.cookiejar
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory

from asskomm.core.database.full import is_full
from asskomm.core.jobs import TASKS, Runner, Task
from asskomm.core.jobs.domain import orders
from asskomm.core.jobs.domain.worker import Worker
from asskomm.core.ui.errors import server_error
from asskomm.core.visibility import SYSTEM
from tests.conftest import unavailable
from tests.processes import free_port, plain_environment, run_asskomm, wait_for

SENTENCE = "Der Speicher des Servers ist voll. Lesen geht weiter, gespeichert wurde nichts."
EVENT = "date,precision,kind,municipality,parties,reported_by,status,fields,amount,detail,source\n2020-01-01,day,consultation,Görlitz,,,,,,,\n"


@pytest.fixture
def small(example_folder: Path, tmp_path: Path) -> Iterator[Path]:
    """The example on a file system with little room."""
    place = tmp_path / "small"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(place)], capture_output=True, check=False).returncode:
        unavailable("this machine allows no mounting")
    try:
        shutil.copytree(example_folder, place / "data")
        shutil.copy(example_folder.with_name("data.secrets"), place / "data.secrets")
        yield place / "data"
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def _filled(folder: Path) -> Iterator[None]:
    """Leave no block free."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass
    yield
    ballast.unlink()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        """Follow nowhere."""


class Visitor:
    """Somebody with a browser without pictures; one that stays does not follow where she is led."""

    def __init__(self, port: int, *, stays: bool = False) -> None:
        """Arrive."""
        self.url = f"http://localhost:{port}"
        self.jar = http.cookiejar.CookieJar()
        handlers: list[urllib.request.BaseHandler] = [_Stay()] if stays else []
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), *handlers)

    def get(self, path: str) -> tuple[int, str]:
        return self._open(urllib.request.Request(self.url + path))  # noqa: S310 -- our own server

    def post(self, path: str, form: str, **fields: str) -> tuple[int, str]:
        """Fill in the form of a page."""
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(form)[1])
        assert found
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": found[1], **fields}).encode()
        return self._open(urllib.request.Request(self.url + path, body))  # noqa: S310

    def upload(self, token: str, content: bytes) -> tuple[int, str]:
        """Hand a file in over the API."""
        body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n' + content + b"\r\n--b--\r\n"
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "multipart/form-data; boundary=b"}
        return self._open(urllib.request.Request(f"{self.url}/api/imports", body, headers))  # noqa: S310

    def _open(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.opener.open(request, timeout=30) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read().decode()


def _token(data: Path) -> str:
    """Give a token of somebody of the state council."""
    program = (
        "import django; django.setup()\n"
        "from asskomm.people.models import Account; from asskomm.people.domain.tokens import issue_token\n"
        "from asskomm.people.domain.queries.principals import principal_of_key\n"
        "a = next(a for a in Account.objects.all() if principal_of_key(a.pk).has('state_council'))\n"
        "print(issue_token(a, name='Programm', scopes=['read', 'import'], by=principal_of_key(a.pk)).secret)"
    )
    env = plain_environment() | {"ASSKOMM_DATA": str(data), "DJANGO_SETTINGS_MODULE": "asskomm.config.settings"}
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=env).stdout.strip()


@pytest.mark.once
def test_reading_goes_on_and_nothing_is_damaged(small: Path) -> None:
    port, token = free_port(), _token(small)
    command = [sys.executable, "-m", "asskomm", "--data", str(small), "up", "--port", str(port), "--no-worker"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=plain_environment())
    visitor, member = Visitor(port), Visitor(port, stays=True)
    try:
        wait_for(f"{visitor.url}/readyz")
        assert member.post("/beispiel/einloggen/coordinator/", "/einloggen/")[0] == 302  # her device is noted with her first page, which she has not opened yet
        with _filled(small):
            status, page = member.get("/schreibtisch/")
            assert (status, "Mein Schreibtisch" in page, "Karla Beispiel" in page) == (200, True, True)
            assert [member.get(path)[0] for path in ("/konto/", "/konto/geraete/", "/termine/", "/kommunen/14522150/")] == [200] * 4
            status, page = visitor.post("/beispiel/einloggen/state-council/", "/einloggen/")
            assert (status, SENTENCE in page, "Der Speicher ist voll" in page) == (507, True, True)
            for content in (EVENT.encode(), b"x" * 200_000):
                status, problem = visitor.upload(token, content)
                assert (status, json.loads(problem)["detail"]) == (507, SENTENCE)
            assert [visitor.get(path)[0] for path in ("/", "/netzwerk/", "/ereignisse/", "/api/events")] == [200] * 4
            done = run_asskomm("backup", str(small.parent), data=small)
            assert (done.returncode, done.stderr) == (2, f"asskomm: Der Platz in {small.parent} reicht für die Sicherung nicht.\n")
        assert visitor.upload(token, EVENT.encode())[0] == 202
        assert visitor.post("/beispiel/einloggen/state-council/", "/einloggen/")[0] == 200
    finally:
        server.terminate()
        server.wait(20)
    assert len([path for path in (small / "incoming").iterdir() if ".upload" not in path.name]) == 1
    found = {finding["key"]: finding["level"] for finding in json.loads(run_asskomm("check", "--json", data=small).stdout)}
    assert {key: found[key] for key in ("integrity", "projection", "audit_chain", "files")} == dict.fromkeys(
        ("integrity", "projection", "audit_chain", "files"), "ok"
    )


@pytest.mark.django_db
def test_what_the_database_says_is_understood() -> None:
    statement = "DO $$ BEGIN RAISE EXCEPTION 'voll' USING ERRCODE = 'disk_full'; END $$"
    if connection.vendor == "sqlite":
        pytest.skip("tried above with a real disk")
    with pytest.raises(DatabaseError) as fault, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert is_full(fault.value)
    try:
        raise fault.value
    except DatabaseError:
        response = server_error(RequestFactory().get("/api/events"))
    assert (response.status_code, json.loads(response.content)["detail"]) == (507, SENTENCE)


@pytest.mark.django_db
def test_a_job_waits_for_room_and_loses_no_attempt() -> None:
    def fill(_run: Runner) -> None:
        raise OSError(28, os.strerror(28), "/data/files/x")

    TASKS.register("toy.full", Task("toy.full", "Spielzeug", fill))
    try:
        job = orders.order("toy.full", by=SYSTEM)
        Worker("here:1", beating=False).do(orders.claim("here:1", only=job) or job)
    finally:
        TASKS.remove("toy.full")
    job.refresh_from_db()
    assert (job.state, job.attempts, job.fault) == ("waiting", 0, "Der Speicher des Servers ist voll.")
    assert job.not_before - job.created_at >= orders.LATER
