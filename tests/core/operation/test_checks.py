# SPDX-License-Identifier: EUPL-1.2
"""Each check finds what is wrong, and says what to do."""

import datetime as dt
import socket
import sqlite3
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings as django_settings
from django.db import connection
from pytest_django import Settings

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.audit.models import Entry
from asskomm.core.audit.operation import future, seals
from asskomm.core.backup.models import TakenBackup
from asskomm.core.backup.operation import age
from asskomm.core.clock import BERLIN, clock
from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.models import Batch
from asskomm.core.jobs.domain import beats, orders
from asskomm.core.jobs.enums import JobState
from asskomm.core.jobs.models import Job, WorkerBeat
from asskomm.core.jobs.operation import failed, worker
from asskomm.core.mail import operation as mail
from asskomm.core.mail.domain.writing import send
from asskomm.core.operation import CHECKS, DATED_RULES, Check, DatedRule, Finding, Level
from asskomm.core.operation.checks import certificate, database, files, machine, protection, validity
from asskomm.core.operation.examination import examine
from asskomm.core.visibility import SYSTEM
from asskomm.publishing.legal import STATEMENT_OF
from tests.core.mail.mail_server import mail_server

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def test_the_database_of_these_tests_is_sound() -> None:
    if connection.vendor == "sqlite":
        assert database.integrity() == Finding.ok("Die Datenbank ist unversehrt.")
    else:
        summed, failures, invalid = database._asked()
        assert (failures, invalid) == (0, [])
        assert database.integrity() == database._noticed(summed, 0, [])
        assert database.integrity().level == Level.OK


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no such indexes")
def test_an_index_that_was_not_finished_is_a_fault() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX half_made ON territory_district (name)")
        cursor.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'half_made'::regclass")
    assert database.integrity() == Finding.fault("Indexe der Datenbank sind ungültig: half_made.", "Bauen Sie jeden neu: REINDEX INDEX CONCURRENTLY Name;")


@pytest.mark.parametrize(
    ("noticed", "level", "words"),
    [
        ((True, 0, []), Level.OK, "prüft jeden Block beim Lesen"),
        ((False, 0, []), Level.OK, "Prüfsummen sind aus"),
        ((True, 3, ["half_made"]), Level.FAULT, "deren Prüfsumme nicht stimmt: 3."),
        ((False, 0, ["a", "b"]), Level.FAULT, "ungültig: a, b."),
    ],
)
def test_what_postgresql_noticed_itself(noticed: tuple[bool, int, list[str]], level: Level, words: str) -> None:
    finding = database._noticed(*noticed)
    assert (finding.level, words in finding.text) == (level, True)
    assert database.migrations() == Finding.ok("Die Datenbank hat den Stand dieses Programms.")
    assert machine.clocks().level == Level.OK


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite")
def test_an_index_out_of_order_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "database.sqlite3"
    with closing(sqlite3.connect(path)) as sound, sound:
        sound.execute("CREATE TABLE notes (word TEXT)")
        sound.execute("INSERT INTO notes VALUES ('a'), ('B')")
        sound.execute("CREATE INDEX by_word ON notes (word)")
        sound.execute("PRAGMA writable_schema = ON")
        sound.execute("UPDATE sqlite_schema SET sql = 'CREATE INDEX by_word ON notes (word COLLATE NOCASE)' WHERE name = 'by_word'")
    with closing(sqlite3.connect(path)) as damaged:
        monkeypatch.setattr(database, "connection", SimpleNamespace(vendor="sqlite", cursor=lambda: closing(damaged.cursor())))
        assert database.integrity().level == Level.FAULT


@pytest.mark.parametrize(("fixed", "level"), [((99, 0, 0), Level.WARNING), ((3, 0, 0), Level.OK)])
def test_an_old_database_engine_is_noted_where_it_is_used(monkeypatch: pytest.MonkeyPatch, fixed: tuple[int, int, int], level: Level) -> None:
    monkeypatch.setattr(database, "FIXED_SQLITE", fixed)
    assert database.engine().level == (level if connection.vendor == "sqlite" else Level.OK)


def test_a_postgresql_that_is_too_old_is_a_fault() -> None:
    assert database._postgresql(14_00_09) == Finding.fault("PostgreSQL 14.9 ist zu alt.", "Nötig ist Version 15 oder neuer.")


@pytest.mark.parametrize(("megabytes", "level"), [(499, Level.FAULT), (1999, Level.WARNING), (2000, Level.OK)])
def test_room_on_the_disk(monkeypatch: pytest.MonkeyPatch, megabytes: int, level: Level) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": megabytes * 1024**2})())
    assert (machine.disk().level, machine.disk().text) == (level, f"Freier Platz im Datenordner: {megabytes} MB.")


def test_a_missing_zone_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.zone().level == Level.OK
    monkeypatch.setattr(machine, "ZoneInfo", lambda _name: dt.UTC)
    assert machine.zone().level == Level.FAULT


def test_clocks_that_run_apart_are_noticed_where_there_are_two() -> None:
    for seconds, level in ((4, Level.OK), (30, Level.WARNING), (90, Level.FAULT)):
        with clock.moved_to(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)):
            assert machine.clocks().level == (level if connection.vendor == "postgresql" else Level.OK)


def test_a_file_that_a_row_names_and_that_is_gone_is_named() -> None:
    batch = Batch.objects.create(importer="events", file_name="x.csv", state=BatchState.READY, created_at=clock.now(), sha256="", size=1)
    assert files.named().text == f"Dateien fehlen: incoming/{batch.reference}.accepted."
    path = Path(django_settings.DATA_FOLDER) / "incoming" / f"{batch.reference}.accepted"
    path.write_text("")
    assert files.named() == Finding.ok("Alle Dateien, die die Datenbank nennt, sind da.")
    path.unlink()


def test_a_worker_is_missed_once_it_is_silent() -> None:
    assert worker().level == Level.WARNING
    with clock.moved_to(NOON):
        beats.Heart("here:1").beat()
        assert worker() == Finding.ok("Der Prozess für Aufträge läuft, zuletzt gesehen um 13:00:00 Uhr.")
    with clock.moved_to(NOON + beats.DEAD_AFTER):
        assert worker().text == "Der Prozess für Aufträge antwortet seit 24.11.2026 13:00 Uhr nicht mehr."
    with clock.moved_to(NOON + dt.timedelta(days=2)):
        second = beats.Heart("here:2")
        second.beat()
        assert [beat.name for beat in WorkerBeat.objects.all()] == ["here:2"]
        second.stop()
        assert beats.newest_beat() is None


def test_failed_jobs_are_counted_for_a_week() -> None:
    with clock.moved_to(NOON):
        job = orders.order("audit.seal", by=SYSTEM)
        Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, finished_at=clock.now())
        assert failed().text == "Aufträge, die in den letzten sieben Tagen gescheitert sind: 1."
    with clock.moved_to(NOON + dt.timedelta(days=7)):
        assert failed().level == Level.OK


def test_an_entry_that_lies_ahead_says_that_the_clock_is_wrong() -> None:
    assert future().level == Level.OK
    with clock.moved_to(dt.datetime(2031, 5, 3, 10, 0, tzinfo=BERLIN)):
        record_keys("events", ["1"], Action.CREATED, by=SYSTEM)
        assert future().level == Level.OK
    finding = future()
    assert (finding.level, "vom 03.05.2031 10:00, das liegt in der Zukunft" in finding.text) == (Level.WARNING, True)


def test_seals_have_to_keep_up_where_a_worker_lives() -> None:
    Entry.objects.create(at=clock.now() - dt.timedelta(minutes=6), action="created", kind="events", key="x")
    assert seals().level == Level.OK
    beats.Heart("here:1").beat()
    assert seals().level == Level.FAULT


def test_the_age_of_a_backup() -> None:
    assert age() == Finding.warning("Es gibt noch keine Sicherung.", "Richten Sie „asskomm backup“ für jede Nacht ein.")
    TakenBackup.objects.create(taken_at=NOON, size=1, enciphered=True)
    with clock.moved_to(NOON + dt.timedelta(days=1)):
        assert age() == Finding.ok("Die letzte Sicherung ist vom 24.11.2026 13:00 Uhr.")
    with clock.moved_to(NOON + dt.timedelta(days=2)):
        assert age().level == Level.WARNING


def test_a_mail_that_waits_is_noticed_and_a_server_that_is_away(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    with mail_server() as running, clock.moved_to(NOON):
        settings.EMAIL_PORT = running.port
        send("probe", to="kim@stadt.example")
        assert [mail.server(), mail.waiting()] == [Finding.ok("Der Mailserver 127.0.0.1 antwortet."), Finding.ok("Keine E-Mail wartet länger, als sie soll.")]
    with clock.moved_to(NOON + mail.LATE):
        assert mail.waiting().text == "Die älteste E-Mail wartet seit 24.11.2026 13:00 Uhr."
    settings.EMAIL_PORT = 1
    assert mail.server().level == Level.FAULT
    settings.EMAIL_HOST = ""
    assert mail.server().level == Level.WARNING


@pytest.mark.parametrize(
    ("host", "mode", "mail", "tls", "level"),
    [
        ("", "", "", False, Level.OK),
        ("/run/postgresql", "", "localhost", False, Level.OK),
        ("localhost,127.0.0.1", "", "mail.stadt.example", True, Level.OK),
        ("db.stadt.example", "verify-full", "", False, Level.OK),
        ("db.stadt.example", "require", "", False, Level.WARNING),
        ("localhost,db.stadt.example", "", "", False, Level.WARNING),
        ("", "", "mail.stadt.example", False, Level.WARNING),
    ],
)
def test_connections_to_other_machines(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, host: str, mode: str, mail: str, *, tls: bool, level: Level
) -> None:
    monkeypatch.setattr(protection, "connection", SimpleNamespace(settings_dict={"HOST": host, "OPTIONS": {"sslmode": mode}}))
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = mail, tls, False
    assert protection.connections().level == level


def test_weak_settings(settings: Settings, tmp_path: Path) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "[::1]"]
    assert protection.https().level == Level.OK
    settings.ALLOWED_HOSTS = ["asskomm.stadt.example"]
    assert protection.https().level == Level.FAULT
    settings.HTTPS = True
    assert protection.https().level == Level.WARNING
    settings.PROXIES = 1
    assert protection.https().level == Level.OK
    settings.ALLOWED_HOSTS = ["*"]
    assert protection.https().text == "Die Seite antwortet unter jedem Namen."
    settings.BACKUPS_ENCIPHERED = True
    assert protection.passphrase().level == Level.OK


def test_an_example_under_a_public_name_is_a_fault(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection, "is_example", lambda: True)
    settings.ALLOWED_HOSTS = ["localhost"]
    assert [protection.example().level, protection.passphrase().level] == [Level.OK, Level.OK]
    settings.ALLOWED_HOSTS = ["asskomm.stadt.example"]
    assert protection.example().level == Level.FAULT


def test_a_rule_that_has_ended_warns_the_day_after() -> None:
    DATED_RULES.register("toy", lambda: [DatedRule("Förderrichtlinie", dt.date(2026, 11, 24)), DatedRule("Satzung", dt.date(2030, 1, 1))])
    try:
        with clock.moved_to(NOON):
            assert validity.dated_rules() == Finding.ok("Keine Regel ist abgelaufen.")
        with clock.moved_to(NOON + dt.timedelta(days=1)):
            assert validity.dated_rules().text == "Abgelaufen: Förderrichtlinie (bis 24.11.2026)."
    finally:
        DATED_RULES.remove("toy")


def test_the_accessibility_statement_is_too_old_after_a_year() -> None:
    with clock.moved_to(dt.datetime.combine(STATEMENT_OF.replace(year=STATEMENT_OF.year + 1), dt.time(12), BERLIN)):
        assert validity.dated_rules() == Finding.ok("Keine Regel ist abgelaufen.")
    with clock.moved_to(dt.datetime.combine(STATEMENT_OF.replace(year=STATEMENT_OF.year + 1) + dt.timedelta(days=1), dt.time(12), BERLIN)):
        assert validity.dated_rules().text == "Abgelaufen: Erklärung zur Barrierefreiheit (bis 25.11.2027)."


def test_a_check_that_fails_hides_no_other() -> None:
    def fail() -> Finding:
        raise LookupError

    CHECKS.register("toy", Check("toy", "Spielzeug", fail), order=-1)
    try:
        found = {one.key: one.finding for one in examine()}
    finally:
        CHECKS.remove("toy")
    assert found["toy"] == Finding.fault("Das ließ sich nicht prüfen (LookupError).", "Der Fehler steht im Protokoll der Anwendung.")
    assert list(found) == ["toy", *CHECKS.keys()]


@contextmanager
def served_certificate(folder: Path, ends: dt.datetime) -> Iterator[tuple[int, Path]]:
    """Serve a certificate of one's own on a port, until the block ends; gives the port and the certificate."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), ends - dt.timedelta(days=90), ends)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    made = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True).sign(key, hashes.SHA256())
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(private)
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        thread = threading.Thread(target=_shake_hands, args=(listener, context))
        thread.start()
        yield listener.getsockname()[1], folder / "certificate.pem"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def _shake_hands(listener: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            line, _address = listener.accept()
        except OSError:
            return
        try:
            context.wrap_socket(line, server_side=True).close()
        except OSError:
            line.close()


def test_the_certificate_is_looked_at_as_a_browser_does(settings: Settings, tmp_path: Path) -> None:
    end = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=30)
    with served_certificate(tmp_path, end) as (port, authority):
        settings.SITE_URL = f"https://localhost:{port}"
        assert certificate.expiry().level == Level.FAULT
        settings.CA_FILE = str(authority)
        assert certificate.expiry().level == Level.OK
        with clock.moved_to(end - dt.timedelta(days=20)):
            assert certificate.expiry().level == Level.WARNING
    assert certificate.expiry().level == Level.WARNING
    settings.SITE_URL = "http://localhost:8000"
    assert certificate.expiry().level == Level.OK
