# SPDX-License-Identifier: EUPL-1.2
"""Other programs of the field, installed by name into environments of their own, set up as their documentation says, and served by two processes each."""

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tools.with_postgres import free_port

PRETALX, PRETIX, INDICO = "pretalx==2025.2.2", "pretix==2026.8.0", "indico==3.2.9"
"""Indico 3.3 wants a newer Python than this project."""
PROCESSES = 2
SESSIONS, PLACES = 72, 230

PRETALX_CONFIGURATION = """
[filesystem]
data = {folder}/data
static = {folder}/static
[site]
debug = False
url = http://localhost:{port}
[database]
backend = sqlite3
name = {folder}/database.sqlite3
[mail]
from = peer@stadt.example
[redis]
location = redis://127.0.0.1:{redis}/2
session = True
"""
PRETALX_PLAN = f"""
import datetime as dt
from django.utils.timezone import now
from django_scopes import scope
from pretalx.event.models import Event, Organiser
from pretalx.person.models import SpeakerProfile, User
from pretalx.schedule.models import Room, TalkSlot
from pretalx.submission.models import Submission, SubmissionStates, Track
begins = (now() + dt.timedelta(days=90)).replace(hour=8, minute=0, second=0, microsecond=0)
organiser = Organiser.objects.create(name="LPR", slug="lpr")
days = dict(date_from=begins.date(), date_to=(begins + dt.timedelta(days=2)).date(), timezone="Europe/Berlin", locale="de", locale_array="de")
event = Event.objects.create(name="Fachtag", slug="fachtag", organiser=organiser, email="peer@stadt.example", is_public=True, **days)
with scope(event=event):
    event.build_initial_data()
    rooms = [Room.objects.create(event=event, name=f"Raum {{n}}", capacity=60) for n in range(6)]
    tracks = [Track.objects.create(event=event, name=f"Reihe {{n}}", color="#00aa00") for n in range(6)]
    for number in range({SESSIONS}):
        user = User.objects.create_user(email=f"kim{{number}}@stadt.example", password="x", name=f"Kim Muster {{number}}")
        SpeakerProfile.objects.create(user=user, event=event, biography="")
        said = dict(title=f"Beitrag {{number}}", abstract="Worum es geht. " * 20, content_locale="de", state=SubmissionStates.CONFIRMED)
        talk = Submission.objects.create(event=event, submission_type=event.cfp.default_type, track=tracks[number % 6], **said)
        talk.speakers.add(user)
        start = begins + dt.timedelta(hours=number // 6)
        TalkSlot.objects.filter(submission=talk).delete()
        slot = dict(room=rooms[number % 6], start=start, end=start + dt.timedelta(minutes=45), is_visible=True)
        TalkSlot.objects.create(submission=talk, schedule=event.wip_schedule, **slot)
    event.wip_schedule.freeze("1", notify_speakers=False)
"""
PRETIX_CONFIGURATION = """
[pretix]
url=http://localhost:{port}
datadir={folder}/data
registration=off
[database]
backend=postgresql
name=pretix
user={user}
password={password}
host={host}
port={database_port}
[redis]
location=redis://127.0.0.1:{redis}/3
sessions=true
[django]
secret=for-measuring-only
"""
PRETIX_PLAN = f"""
import datetime as dt
from django.utils.timezone import now
from django_scopes import scopes_disabled
from pretix.base.models import Organizer
with scopes_disabled():
    organizer = Organizer.objects.create(name="LPR", slug="lpr")
    for slug in ("first", "second", "third"):
        begins = now() + dt.timedelta(days=90)
        event = organizer.events.create(name="Fachtag", slug=slug, date_from=begins, live=True, is_public=True, currency="EUR", plugins="")
        item = event.items.create(name="Teilnahme", default_price=0, admission=True)
        event.quotas.create(name="Plätze", size={PLACES}).items.add(item)
        for name in ("attendee_names_asked", "order_email_asked_twice", "ticket_download"):
            event.settings.set(name, False)
        print(f"{{slug}}:{{item.pk}}")
"""
INDICO_CONFIGURATION = """
SQLALCHEMY_DATABASE_URI = "{database}"
SECRET_KEY = b"for-measuring-only-for-measuring"
BASE_URL = "http://localhost:{port}"
REDIS_CACHE_URL = "redis://127.0.0.1:{redis}/1"
CELERY_BROKER = "redis://127.0.0.1:{redis}/0"
CACHE_DIR, TEMP_DIR, LOG_DIR = "{folder}/cache", "{folder}/tmp", "{folder}/log"
STORAGE_BACKENDS = {{"default": "fs:{folder}/archive"}}
ATTACHMENT_STORAGE = "default"
DEFAULT_TIMEZONE = "Europe/Berlin"
NO_REPLY_EMAIL = SUPPORT_EMAIL = PUBLIC_SUPPORT_EMAIL = "peer@stadt.example"
"""
INDICO_PLAN = f"""
import datetime as dt
from flask import session
from indico.core.db import db
from indico.modules.categories import Category
from indico.modules.events.contributions import contribution_settings
from indico.modules.events.contributions.models.persons import ContributionPersonLink
from indico.modules.events.contributions.operations import create_contribution
from indico.modules.events.models.events import EventType
from indico.modules.events.models.persons import EventPerson
from indico.modules.events.operations import create_event
from indico.modules.events.registration.models.forms import RegistrationForm
from indico.modules.events.registration.util import create_personal_data_fields
from indico.modules.events.timetable.operations import schedule_contribution
from indico.modules.users.operations import create_user
from indico.util.date_time import now_utc
from indico.web.flask.app import make_app
with make_app().test_request_context("/"):
    about = dict(first_name="Kim", last_name="Muster", affiliation="", address="", phone="")
    user = create_user("peer@stadt.example", about, from_moderation=False)
    db.session.flush()
    for _each in range(3):
        begins = (now_utc() + dt.timedelta(days=90)).replace(microsecond=0)
        what = dict(title="Fachtag", start_dt=begins, end_dt=begins + dt.timedelta(days=1), timezone="Europe/Berlin", creator=user)
        event = create_event(Category.get_root(), EventType.conference, what, add_creator_as_manager=False, features=["registration"])
        opens = dict(start_dt=now_utc() - dt.timedelta(hours=1), currency="EUR", registration_limit={PLACES}, require_captcha=False)
        form = RegistrationForm(event=event, title="Anmeldung", **opens)
        create_personal_data_fields(form)
        db.session.add(form)
        db.session.flush()
        print(f"{{event.id}}:{{form.id}}")
    begins = begins.replace(hour=8, minute=0, second=0)
    what |= dict(start_dt=begins, end_dt=begins + dt.timedelta(days=1))
    event = create_event(Category.get_root(), EventType.conference, what, add_creator_as_manager=False)
    contribution_settings.set(event, "published", True)
    db.session.commit()
    for number in range({SESSIONS}):
        said = dict(title=f"Beitrag {{number}}", description="Worum es geht. " * 20, duration=dt.timedelta(minutes=45))
        talk = create_contribution(event, said)
        person = EventPerson(event=event, first_name="Kim", last_name=f"Muster {{number}}", email=f"kim{{number}}@stadt.de", affiliation="")
        talk.person_links.append(ContributionPersonLink(person=person, is_speaker=True))
        schedule_contribution(talk, begins + dt.timedelta(hours=number // 6))
    db.session.commit()
    print(f"{{event.id}}:")
"""
INDICO_SERVED = """
import email_validator
from indico.web.flask.app import make_app
asked = email_validator.validate_email
email_validator.validate_email = lambda address, **how: asked(address, **how | {"check_deliverability": False})  # nobody answers for names here
application = make_app()
"""


def installed(requirement: str, cache: Path, *more: str) -> Path:
    """Install a program by name, with some of its extras, once; give the folder of its commands."""
    folder = cache / requirement
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        name, _is, version = requirement.partition("==")
        subprocess.run([folder / "bin" / "pip", "install", "-q", f"{name}[{','.join(more)}]=={version}", "gunicorn"], check=True, stderr=subprocess.DEVNULL)
        (folder / "ready").touch()
    return folder / "bin"


def called(command: Sequence[str | Path], around: Mapping[str, str]) -> str:
    """Run one of its commands and give what it prints."""
    return subprocess.run(command, env=around, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


@contextmanager
def served(program: Path, application: str, port: int, around: Mapping[str, str]) -> Iterator[None]:
    """Serve it while something goes on."""
    command: list[str | Path] = [program / "gunicorn", application, "-w", str(PROCESSES), "-b", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, env=dict(around), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            with suppress(OSError), closing(http.client.HTTPConnection("localhost", port, timeout=60)) as line:
                line.request("GET", "/")
                line.getresponse().read()
                break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def redis() -> Iterator[int]:
    """Keep sessions and caches of others while something goes on; give the port."""
    port = free_port()
    keeps = subprocess.Popen(["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""], stdout=subprocess.DEVNULL)
    try:
        yield port
    finally:
        keeps.terminate()
        keeps.wait(20)


@contextmanager
def pretalx(cache: Path, folder: Path, redis: int) -> Iterator[int]:
    """Serve a programme of 72 sessions; give the port."""
    program, port = installed(PRETALX, cache, "redis"), free_port()
    (folder / "static").mkdir(parents=True)
    (folder / "pretalx.cfg").write_text(PRETALX_CONFIGURATION.format(folder=folder, port=port, redis=redis), "utf-8")
    around = os.environ | {"PRETALX_CONFIG_FILE": str(folder / "pretalx.cfg")}
    python: list[str | Path] = [program / "python", "-m", "pretalx"]
    called([*python, "migrate"], around)
    called([*python, "collectstatic", "--noinput"], around)
    called([*python, "shell", "--unsafe-disable-scopes", "-c", PRETALX_PLAN], around)
    with served(program, "pretalx.wsgi", port, around):
        yield port


@contextmanager
def pretix(cache: Path, folder: Path, database: str, redis: int) -> Iterator[tuple[int, list[str]]]:
    """Serve three events with 230 places each on a database of its own beside ours; give the port, and the events with their tickets."""
    import psycopg

    program, port, at = installed(PRETIX, cache), free_port(), urlsplit(database)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE DATABASE pretix")
    (folder / "data").mkdir(parents=True)
    words = {"user": at.username, "password": at.password, "host": at.hostname, "database_port": at.port}
    (folder / "pretix.cfg").write_text(PRETIX_CONFIGURATION.format(folder=folder, port=port, redis=redis, **words), "utf-8")
    around = os.environ | {"PRETIX_CONFIG_FILE": str(folder / "pretix.cfg")}
    python: list[str | Path] = [program / "python", "-m", "pretix"]
    called([*python, "migrate"], around)
    events = called([*python, "shell", "-v", "0", "-c", PRETIX_PLAN], around).split()
    with served(program, "pretix.wsgi", port, around):
        yield port, events


@contextmanager
def indico(cache: Path, folder: Path, database: str, redis: int) -> Iterator[tuple[int, list[str]]]:
    """Serve three events with 230 places each and one with 72 sessions; give the port, and the events with their forms."""
    import psycopg

    program, port = installed(INDICO, cache), free_port()
    own = database.rpartition("/")[0] + "/indico"
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE DATABASE indico")
    with psycopg.connect(own, autocommit=True) as connection:
        for extension in ("unaccent", "pg_trgm"):
            connection.execute(f"CREATE EXTENSION {extension}")
    for name in ("cache", "tmp", "log", "archive"):
        (folder / name).mkdir(parents=True)
    (folder / "served.py").write_text(INDICO_SERVED, "ascii")
    (folder / "indico.conf").write_text(INDICO_CONFIGURATION.format(folder=folder, port=port, redis=redis, database=own), "utf-8")
    sample = next(program.parent.glob("lib/*/site-packages/indico/logging.yaml.sample"))
    (folder / "logging.yaml").write_text(sample.read_text("utf-8"), "utf-8")
    around = os.environ | {"INDICO_CONFIG": str(folder / "indico.conf"), "PYTHONPATH": str(folder)}
    called([program / "indico", "db", "prepare"], around)
    events = called([program / "python", "-c", INDICO_PLAN], around).split()
    with served(program, "served:application", port, around):
        yield port, events


class Visitor:
    """A browser without a screen: it keeps cookies and goes where it is sent."""

    def __init__(self, port: int) -> None:
        """Come for the first time."""
        self.line = http.client.HTTPConnection("localhost", port, timeout=120)
        self.port, self.cookies, self.token = port, dict[str, str](), ""

    def __call__(self, path: str, form: Mapping[str, str] | None = None) -> tuple[str, str]:
        """Read a page or send a form, follow where it leads, and give the last address and page."""
        answer, text = self._ask(path, form)
        while 300 <= answer.status < 400:
            at = urlsplit(answer.headers["Location"])
            path = f"{at.path}?{at.query}" if at.query else at.path
            answer, text = self._ask(path, None)
        found = re.search(r'(?:name="csrfmiddlewaretoken" value|csrf-token" content)="([^"]+)"', text)
        self.token = found[1] if found else self.token
        return path, text

    def tell(self, path: str, said: Mapping[str, str]) -> int:
        """Send JSON as a page's script does; give the status."""
        headers = {"Content-Type": "application/json", "X-CSRF-Token": self.token, "X-Requested-With": "XMLHttpRequest"}
        self.line.request("POST", path, json.dumps(said), headers | {"Cookie": self._cookies})
        answer = self.line.getresponse()
        answer.read()
        return answer.status

    @property
    def _cookies(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _ask(self, path: str, form: Mapping[str, str] | None) -> tuple[http.client.HTTPResponse, str]:
        headers = {"Cookie": self._cookies, "Referer": f"http://localhost:{self.port}/"}
        if form is None:
            self.line.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            self.line.request("POST", path, urlencode({"csrfmiddlewaretoken": self.token, **form}), headers)
        answer = self.line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer, answer.read().decode(errors="replace")
