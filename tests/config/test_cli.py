# SPDX-License-Identifier: EUPL-1.2
"""The command line as its users start it: answers, and one sentence with exit code 2 where something is wrong."""

import datetime as dt
import json
import os
import pty
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from asskomm.core.clock import BERLIN
from tests.making import FRANKENBERG
from tests.processes import measured_environment

PASSWORD = "Regenschirm am Markt"
KIM = ("user", "add", "kim@example.org", "--given-name", "Kim", "--family-name", "Muster", "--role", "coordinator", "--organisation", FRANKENBERG)


def _run(data: Path, *arguments: str, stdin: str = "", **settings: str) -> tuple[int, str, str]:
    """Give exit code, output and errors of one call."""
    command = [sys.executable, "-m", "asskomm", "--data", str(data), *arguments]
    env = measured_environment() | settings
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=120, check=False, env=env)
    return done.returncode, done.stdout, done.stderr


def _refusal(data: Path, *arguments: str, stdin: str = "", **settings: str) -> str:
    """Give the one sentence that a call ends with."""
    code, output, errors = _run(data, *arguments, stdin=stdin, **settings)
    assert (code, output) == (2, ""), errors
    assert errors.startswith("asskomm: ")
    assert errors.count("\n") == 1
    return errors.removeprefix("asskomm: ").rstrip("\n")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for real data."""
    folder = tmp_path_factory.mktemp("real") / "data"
    assert _run(folder, "up", "--no-example", "--prepare-only") == (0, "Alles ist vorbereitet.\n", "")
    return folder


@pytest.fixture
def real(prepared: Path, tmp_path: Path) -> Path:
    """The same to write to."""
    shutil.copytree(prepared, tmp_path / "data")
    shutil.copy(prepared.with_name("data.secrets"), tmp_path / "data.secrets")
    return tmp_path / "data"


def _change(data: Path, statement: str) -> None:
    with closing(sqlite3.connect(data / "asskomm.sqlite3")) as database, database:
        database.execute(statement)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Der Aufruf stimmt nicht: es fehlt BEFEHL. Hilfe: asskomm --help"),
        (
            ("tanzen",),
            (
                "Der Aufruf stimmt nicht: BEFEHL „tanzen“ gibt es nicht "
                "(möglich: up, figures, import, worker, jobs, backup, restore, upgrade, check, audit, mail, bounce, secret, user). Hilfe: asskomm --help"
            ),
        ),
        (("up", "--port", "viele"), "Der Aufruf stimmt nicht: --port „viele“ ist keine ganze Zahl. Hilfe: asskomm up --help"),
        (("up", "--port", "0"), "Der Port muss zwischen 1 und 65535 liegen."),
        (("up", "--port", "65536"), "Der Port muss zwischen 1 und 65535 liegen."),
        (("import", "events"), "Nennen Sie, was eingelesen wird, und die Datei: asskomm import events DATEI"),
        (("figures", "--laut"), "Der Aufruf stimmt nicht: --laut ist nicht bekannt. Hilfe: asskomm --help"),
        (("figures", "--on"), "Der Aufruf stimmt nicht: hinter --on fehlt eine Angabe. Hilfe: asskomm figures --help"),
        (("user",), "Der Aufruf stimmt nicht: es fehlt AKTION. Hilfe: asskomm user --help"),
    ],
)
def test_a_wrong_call_is_explained_in_german(tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    assert _refusal(tmp_path / "data", *arguments) == sentence


@pytest.mark.parametrize("arguments", [("figures",), ("import", "events", "x.csv"), ("user", "list")])
def test_a_folder_that_was_never_prepared_is_refused(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert _refusal(tmp_path / "data", *arguments) == "Dieser Datenordner ist noch nicht eingerichtet. Führen Sie zuerst „asskomm up --prepare-only“ aus."


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("figures", "--on", "31.02.2023"), "--on: Den Tag „31.02.2023“ gibt es nicht."),
        (("figures", "--on", "2023"), "--on: „2023“ ist kein Tag. Schreiben Sie zum Beispiel 14.09.2023."),
        (("figures", "--on", "0001-01-01"), "--on: Der Tag muss zwischen 1990 und in zehn Jahren liegen."),
        (("figures", "--known-on", "9999-12-31"), "--known-on: Der Tag muss zwischen 1990 und in zehn Jahren liegen."),
        (("import", "events", "/gibt/es/nicht.csv"), "Die Datei /gibt/es/nicht.csv gibt es nicht."),
        ((*KIM, "--from", "31.02.2023"), "Den Tag „31.02.2023“ gibt es nicht."),
        ((*KIM, "--from", "2023"), "„2023“ ist kein Tag."),
        ((*KIM[:-1], "Hamburg"), "Die Organisation „Hamburg“ ist nicht bekannt. Bei Kommunen hilft der achtstellige Schlüssel."),
        (("user", "end", "wer@example.org"), "Einen Zugang für „wer@example.org“ gibt es nicht."),
        (("user", "password", "wer@example.org"), "Einen Zugang für „wer@example.org“ gibt es nicht."),
    ],
)
def test_wrong_values_are_refused(prepared: Path, arguments: tuple[str, ...], sentence: str) -> None:
    assert _refusal(prepared, *arguments, stdin=PASSWORD) == sentence


def test_a_file_over_the_limit_is_refused_unread(prepared: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(b"x" * (1024**2 + 1))
    sentence = "Die Datei ist größer als 1 MB (Einstellung ASSKOMM_UPLOAD_LIMIT_MB)."
    assert _refusal(prepared, "import", "events", str(path), ASSKOMM_UPLOAD_LIMIT_MB="1") == sentence


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ASSKOMM_UPLOAD_LIMIT_MB", "viel", "Die Einstellung ASSKOMM_UPLOAD_LIMIT_MB muss eine ganze Zahl sein, nicht „viel“."),
        ("ASSKOMM_HTTPS", "vielleicht", "Die Einstellung ASSKOMM_HTTPS muss „ja“ oder „nein“ sein, nicht „vielleicht“."),
        ("ASSKOMM_LOG_FORMAT", "xml", "Die Einstellung ASSKOMM_LOG_FORMAT muss „text“ oder „json“ sein, nicht „xml“."),
    ],
)
def test_a_wrong_setting_is_named(prepared: Path, name: str, value: str, sentence: str) -> None:
    assert _refusal(prepared, "figures", **{name: value}) == sentence


@pytest.mark.parametrize("arguments", [("up", "--prepare-only"), ("figures",), ("user", "list")])
def test_a_damaged_database_is_named(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "asskomm.sqlite3").write_bytes(b"keine Datenbank" * 1000)
    sentence = _refusal(tmp_path / "data", *arguments)
    hint = "Ist sie erreichbar, und wurde „asskomm up --prepare-only“ ausgeführt?"
    assert sentence == f"Die Datenbank antwortet nicht wie erwartet (file is not a database). {hint}"


def test_a_database_out_of_reach_is_named(tmp_path: Path) -> None:
    sentence = _refusal(tmp_path / "data", "figures", ASSKOMM_DATABASE_URL="postgresql://wer:geheim@127.0.0.1:1/nichts")
    assert sentence.startswith("Die Datenbank antwortet nicht wie erwartet (connection failed: ")
    assert "geheim" not in sentence


@pytest.mark.parametrize("command", ["up", "figures", "check"])
def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, command: str) -> None:
    (tmp_path / "datei").write_text("")
    assert _refusal(tmp_path / "datei" / "data", command) == f"{tmp_path}/datei/data: Not a directory."


def test_damaged_secrets_are_named(real: Path) -> None:
    real.with_name("data.secrets").write_text("{}")
    assert _refusal(real, "figures") == f"Die Datei mit den Geheimnissen {real}.secrets ist nicht lesbar: secret_key fehlt."


def test_preparing_again_changes_nothing(real: Path) -> None:
    secrets = real.with_name("data.secrets").read_text()
    assert _run(real, "up", "--prepare-only") == (0, "Alles ist vorbereitet.\n", "")
    with closing(sqlite3.connect(real / "asskomm.sqlite3")) as database:
        assert database.execute("SELECT example FROM installation_installation").fetchall() == [(0,)]
    assert real.with_name("data.secrets").read_text() == secrets


def test_the_help_lists_every_command(tmp_path: Path) -> None:
    code, output, errors = _run(tmp_path / "data", "--help")
    assert (code, errors) == (0, "")
    assert [line.split()[0] for line in output.splitlines() if line.startswith("    ") and line[4] != " "] == [
        *("up", "figures", "import", "worker", "jobs", "backup", "restore", "upgrade", "check", "audit", "mail", "bounce", "secret", "user")
    ]
    assert not (tmp_path / "data").exists()


def test_the_folder_may_stand_before_or_after_the_command(prepared: Path) -> None:
    command = [sys.executable, "-m", "asskomm", "figures", "--on", "2023-09-14", "--data", str(prepared)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=measured_environment())
    assert (0, done.stdout, done.stderr) == _run(prepared, "figures", "--on", "2023-09-14")
    assert done.stdout.startswith("Kennzahlen, Stand 14.09.2023\n")


def test_figures_as_known_on_a_day(prepared: Path) -> None:
    code, output, _errors = _run(prepared, "figures", "--on", "14.09.2023", "--known-on", "14.09.2023", "--documented")
    assert (code, output.splitlines()[0]) == (0, "Kennzahlen, Stand 14.09.2023, wie bekannt am 14.09.2023")
    code, output, _errors = _run(prepared, "figures", "--json")
    assert json.loads(output)["agreements"]["value"] == 0


def test_a_person_gets_a_function_a_password_and_an_end(real: Path) -> None:
    steps = [
        _run(real, *KIM, "--from", "01.02.2020", stdin=f"{PASSWORD}\n"),
        _run(real, "user", "list"),
        _run(real, "user", "password", "kim@example.org", stdin="Noch ein Regenschirm"),
        _run(real, "user", "end", "KIM@example.org", "--on", "31.12.2022"),
        _run(real, "user", "end", "kim@example.org"),
    ]
    assert steps == [
        (0, "Kim Muster ist angelegt und kann sich anmelden.\n", ""),
        (0, "kim@example.org  Kim Muster  Koordinator/in, Frankenberg/Sa.\n", ""),
        (0, "Das Passwort ist gesetzt.\n", ""),
        (0, "1 Funktionen beendet.\n", ""),
        (0, "0 Funktionen beendet.\n", ""),
    ]
    _change(real, "DELETE FROM people_function")
    assert _run(real, "user", "list") == (0, "kim@example.org  Kim Muster  ohne Funktion\n", "")


def test_what_is_kept_about_somebody_is_given_out_by_her_address(real: Path, tmp_path: Path) -> None:
    _run(real, *KIM, stdin=PASSWORD)
    file = tmp_path / "auskunft-kim.zip"
    code, output, errors = _run(real, "user", "export", "KIM@example.org", str(file))
    assert (code, output.startswith(f"{file}: "), "nichts gespeichert" in output, errors) == (0, True, False, "")
    with zipfile.ZipFile(file) as archive:
        records = json.loads(archive.read("auskunft.json"))
    assert [row["Name"] for row in records["Person und Zugang"]] == ["Kim Muster"]
    assert file.stat().st_mode & 0o077 == 0
    assert _run(real, "user", "export", "kim@example.org", str(file)) == (2, "", f"asskomm: Die Datei {file} gibt es schon.\n")
    nowhere = tmp_path / "fehlt" / "x.zip"
    assert _run(real, "user", "export", "kim@example.org", str(nowhere))[2].startswith(f"asskomm: {nowhere} lässt sich nicht anlegen: ")
    for nobody in ("", " ", "kim"):
        assert _run(real, "user", "export", nobody, str(tmp_path / "niemand.zip")) == (2, "", f"asskomm: „{nobody}“ ist keine E-Mail-Adresse.\n")
    code, output, _errors = _run(real, "user", "export", "wer@example.org", str(tmp_path / "leer.zip"))
    assert (code, "Zu dieser Adresse ist nichts gespeichert." in output) == (0, True)


def test_a_person_is_signed_off_everywhere(real: Path) -> None:
    _run(real, *KIM, stdin=PASSWORD)
    facts = "SELECT 'abcdefghjkmn', 'k', 'Firefox, Linux', '2024-01-01', '2024-01-01', id FROM people_account"
    _change(real, f"INSERT INTO people_device (reference, session_key, browser, since, seen_at, account_id) {facts}")
    assert _run(real, "user", "sign-off", "kim@example.org") == (0, "Auf einem Gerät abgemeldet.\n", "")
    assert _run(real, "user", "sign-off", "kim@example.org") == (0, "Auf 0 Geräten abgemeldet.\n", "")


def test_the_key_is_renewed_beside_the_former_one_and_then_without_it(real: Path) -> None:
    file = real.with_name("data.secrets")
    first = json.loads(file.read_text())["secret_key"]
    restart = "Starten Sie Seiten und Hintergrunddienst neu; auf mehreren Rechnern kopieren Sie die Datei vorher auf alle.\n"
    stores = ("zweite Faktoren", "Honorar und Reise von Mitwirkenden", "Bedarf bei Veranstaltungen")
    closed = "".join(f"Mit dem neuen Schlüssel verschlossen: {name} 0.\n" for name in stores)
    assert _run(real, "secret", "renew") == (0, closed + restart, "")
    second = json.loads(file.read_text())
    assert (second["former_keys"], second["secret_key"] != first) == ([first], True)
    assert _run(real, "secret", "forget-former") == (0, f"{closed}Vergessen: 1 frühere Schlüssel.\n{restart}", "")
    assert json.loads(file.read_text()) == {"secret_key": second["secret_key"]}


@pytest.mark.parametrize("password", ["kurz", ""])
def test_a_weak_password_leaves_nobody_behind(real: Path, password: str) -> None:
    assert _refusal(real, *KIM, stdin=password) == "Dieses Passwort ist zu kurz. Es muss mindestens 12 Zeichen enthalten."
    assert _run(real, "user", "list") == (0, "", "")


def _findings(data: Path, **settings: str) -> tuple[int, dict[str, str], dict[str, tuple[str, str]]]:
    """Give the exit code, how everything stands, and what is said of faults."""
    code, output, errors = _run(data, "check", "--json", **settings)
    found = json.loads(output)
    assert errors == ""
    levels = {finding["key"]: finding["level"] for finding in found if finding["key"] != "engine"}  # which depends on the machine
    return code, levels, {finding["key"]: (finding["text"], finding["remedy"]) for finding in found if finding["level"] == "fault"}


FINE = ("integrity", "migrations", "disk", "clock", "zone", "static", "files", "secrets", "https", "connections", "example", "certificate", "dated_rules")
FRESH = dict.fromkeys(FINE, "ok") | dict.fromkeys(("passphrase", "backup", "worker", "mail_server"), "warning")
FRESH |= dict.fromkeys(("jobs", "audit_chain", "audit_seals", "audit_future", "mail_waiting", "identity_provider", "projection"), "ok")


def test_a_fresh_installation_has_nothing_wrong_and_a_few_things_to_do(prepared: Path) -> None:
    assert _findings(prepared) == (0, FRESH, {})
    code, output, errors = _run(prepared, "check")
    assert (code, errors) == (0, "")
    assert [line for line in output.splitlines() if "Sicherung" in line or "Passphrase" in line or "backup" in line] == [
        "WARNUNG     Sicherungen werden nur auf Wunsch verschlüsselt; sie enthalten personenbezogene Daten.",
        "            → Setzen Sie ASSKOMM_BACKUP_PASSPHRASE, und bewahren Sie die Passphrase an einem anderen Ort auf.",
        "WARNUNG     Es gibt noch keine Sicherung.",
        "            → Richten Sie „asskomm backup“ für jede Nacht ein.",
    ]


def test_a_backup_is_noted(real: Path, tmp_path: Path) -> None:
    assert _run(real, "backup", str(tmp_path))[0] == 0
    assert _findings(real) == (0, FRESH | {"backup": "ok"}, {})


def _open_secrets(data: Path) -> None:
    data.with_name("data.secrets").chmod(0o644)


def _lose_static(data: Path) -> None:
    shutil.rmtree(data / "static")


def _forget_migration(data: Path) -> None:
    _change(data, "DELETE FROM django_migrations WHERE app = 'library'")


@pytest.mark.parametrize(
    ("harm", "key", "text", "remedy"),
    [
        (_open_secrets, "secrets", "Die Geheimnisse in {data}.secrets lesen auch andere (Rechte 644).", "chmod 600 {data}.secrets"),
        (_lose_static, "static", "Gestaltung und Schriften fehlen.", "Führen Sie „asskomm up --prepare-only“ aus."),
        (_forget_migration, "migrations", "Umstellungen der Datenbank, die noch ausstehen: 1.", "Führen Sie „asskomm upgrade“ aus."),
    ],
)
def test_what_is_wrong_is_found(real: Path, harm: Callable[[Path], None], key: str, text: str, remedy: str) -> None:
    harm(real)
    assert _findings(real) == (1, FRESH | {key: "fault"}, {key: (text.format(data=real), remedy.format(data=real))})
    code, output, _errors = _run(real, "check")
    assert (code, output.count("FEHLER  ")) == (1, 1)


def test_a_projection_that_strayed_is_found(example_copy: Path) -> None:
    _change(example_copy, "DELETE FROM alliance_statusinterval")
    code, levels, faults = _findings(example_copy)
    assert (code, levels["projection"], list(faults)) == (1, "fault", ["projection"])


def test_a_folder_without_tables_is_found_wanting(tmp_path: Path) -> None:
    code, levels, faults = _findings(tmp_path / "data")
    assert code == 1
    assert levels == {
        "database": "fault",
        "disk": "ok",
        "zone": "ok",
        "static": "fault",
        "secrets": "ok",
        "https": "ok",
        "connections": "ok",
        "certificate": "ok",
    }
    assert faults["database"][0].startswith("Die Datenbank antwortet nicht: no such table")


def test_a_database_that_is_none_is_found(real: Path) -> None:
    (real / "asskomm.sqlite3").write_bytes(b"keine Datenbank" * 1000)
    code, levels, faults = _findings(real)
    assert (code, levels["database"], faults["database"][0]) == (1, "fault", "Die Datenbank antwortet nicht: file is not a database")


def test_an_unforeseen_fault_is_one_sentence_too(capsys: pytest.CaptureFixture[str]) -> None:
    from asskomm.config import cli

    def fail() -> object:
        raise LookupError("zwei\n  Zeilen")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "build_parser", fail)
        assert cli.main([]) == 2
    assert capsys.readouterr().err == "asskomm: Unerwarteter Fehler (LookupError: zwei Zeilen).\n"


def test_the_environment_names_the_folder_too(prepared: Path) -> None:
    command = [sys.executable, "-m", "asskomm", "user", "list"]
    env = measured_environment() | {"ASSKOMM_DATA": os.fspath(prepared)}
    assert subprocess.run(command, capture_output=True, text=True, check=True, env=env).stdout == ""


HEADER = "date,precision,kind,municipality,parties,reported_by,status,fields,amount,detail,source\n"
EVENTS = f"{HEADER}2020-01-01,day,consultation,Görlitz,,,,,,,\n31.02.2023,day,consultation,Görlitz,,,,,,,\n"


def test_a_file_is_shown_first_and_taken_over_on_demand(real: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS, encoding="utf-8")
    fault = "  Zeile 3, Spalte Datum: '31.02.2023': Den Tag „31.02.2023“ gibt es nicht.\n"
    first = "Die ersten Zeilen (Zeile | Datum | Art | Kommune):\n  2 | 01.01.2020 | Beratung | Görlitz\n"
    calls = [_run(real, "import", "events", str(path), *more) for more in ((), ("--commit",), ("--commit",))]
    undo = re.compile(r"Rückgängig machen: asskomm import --undo (\w{12})\n")
    references = [undo.search(output) for _code, output, _errors in calls]
    assert [(code, undo.sub("", output), errors) for code, output, errors in calls] == [
        (1, f"1 Zeilen können übernommen werden, 1 nicht, 0 schon bekannt.\n{fault}{first}Übernehmen mit --commit.\n", ""),
        (1, f"1 Zeilen übernommen, 1 nicht, 0 schon bekannt.\n{fault}", ""),
        (1, f"0 Zeilen übernommen, 1 nicht, 1 schon bekannt.\n{fault}", ""),
    ]
    assert references[1]
    assert _run(real, "import", "--undo", references[1][1]) == (0, "events.csv: rückgängig gemacht.\n", "")
    assert _run(real, "import", "--undo", references[1][1]) == (2, "", "asskomm: Das geht nicht: Die Datei ist „rückgängig gemacht“.\n")
    assert _run(real, "import", "--undo", "gibtesnicht") == (2, "", "asskomm: Die Einlesung „gibtesnicht“ gibt es nicht.\n")


def test_the_preview_says_why_what_was_put_right_and_what_could_be_meant(real: Path, tmp_path: Path) -> None:
    path = tmp_path / "zahlen.csv"
    path.write_text("AGS;Gemeinde;Einwohner;Bäume\n14626999;Görlitz;1\n14626110;Görlitz;55784\n14511000;Chemnitz;–\n14;Sachsen;–\n", encoding="cp1252")
    assert _run(real, "import", "auto", str(path)) == (
        1,
        (
            "Erkannt als „Zahlen der Kommunen (Zensus 2022)“ (census): der Gemeindeschlüssel und Spalten wie „einwohner“ sind da.\n"
            "1 Zeilen können übernommen werden, 1 nicht oder nur zum Teil, 0 schon bekannt.\n"
            "  Zeile 2, Spalte ags: '14626999': Eine Kommune mit dem Schlüssel 14626999 ist nicht bekannt. Nächster gültiger Wert: 14626110\n"
            "Ausgebessert:\n"
            "  Zellen ohne Angabe sind ausgelassen (1)\n"
            "  Zeilen anderer Länder, Kreise und Verbände sind ausgelassen (1)\n"
            "  Zeichensatz Windows-1252 (Latin-1) erkannt und umgewandelt. (1)\n"
            "  Die Spalte „Bäume“ ist nicht bekannt und bleibt weg. (1)\n"
            "Die ersten Zeilen (Zeile | Kommune | Angabe | Wert):\n"
            "  3 | Görlitz | Einwohner | 55784\n"
            "Übernehmen mit --commit.\n"
        ),
        "",
    )
    assert _run(real, "import", "census", str(path), "--commit")[0] == 1
    assert f"Diese Datei wurde am {dt.datetime.now(tz=BERLIN):%d.%m.%Y} schon übernommen.\n" in _run(real, "import", "census", str(path))[1]
    again = json.loads(_run(real, "import", "auto", str(path), "--json")[1])
    assert (again["reason"], len(again["repairs"]), again["repairs"][0], again["rejected"][0]["nearest"], again["taken_before"] is None) == (
        "der Gemeindeschlüssel und Spalten wie „einwohner“ sind da",
        4,
        {"text": "Zellen ohne Angabe sind ausgelassen", "count": 1},
        "14626110",
        False,
    )


def test_what_can_be_read_in_is_listed_and_a_sample_written(real: Path, tmp_path: Path) -> None:
    code, output, errors = _run(real, "import", "--list")
    assert (code, errors, [line.partition(":")[0] for line in output.splitlines() if not line.startswith(" ")]) == (
        0,
        "",
        ["boundaries", "census", "competences", "events", "people", "register", "registrations", "schedule"],
    )
    assert (
        "events: Ereignisse\n"
        "  CSV- oder XLSX-Tabelle mit einer Zeile je Ereignis; nötig sind Datum, Art und Kommune.\n"
        "  Woher: Eigene Aufzeichnungen, zum Beispiel die bisherige Excel-Liste der Kooperationsvereinbarungen.\n"
    ) in output
    listed = json.loads(_run(real, "import", "--list", "--json")[1])
    assert [sorted(kind) for kind in listed] == [["key", "looks_like", "name", "options", "where"]] * 8
    path = tmp_path / "vorlage.csv"
    assert _run(real, "import", "events", str(path), "--sample") == (0, f"{path}\n", "")
    assert path.read_text("utf-8-sig").startswith("Datum;Genauigkeit;Art;Kommune")
    assert _run(real, "import", "events", str(path), "--sample") == (2, "", f"asskomm: Die Datei {path} gibt es schon.\n")
    assert _run(real, "import", "wetter", str(path), "--sample")[2].startswith("asskomm: „wetter“ kann nicht eingelesen werden. Möglich: ")
    assert _run(real, "import", str(path), "--sample")[2].startswith("asskomm: ")


def test_at_a_terminal_one_sees_how_far_it_is(real: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS, encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "asskomm", "--data", str(real), "import", "events", str(path), "--commit"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, timeout=120, check=False, env=measured_environment())
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert (done.returncode, re.sub(r" \d+ %", "", shown).split("\r")[0:1], "Datei lesen: 100 %" in shown, "Datei übernehmen: 100 %" in shown) == (
        1,
        [""],
        True,
        True,
    )


def test_what_is_to_be_chosen_is_given_by_name(real: Path, tmp_path: Path) -> None:
    path = tmp_path / "zahlen.csv"
    path.write_text("AGS;Einwohner\n14626110;55000\n", encoding="utf-8")
    calls = [_run(real, "import", "census", str(path), "--commit", "--option", text) for text in ("on", "publisher=bkg", "on=morgen", "on=2024-12-31")]
    assert [(code, output.partition("\n")[0], errors) for code, output, errors in calls] == [
        (2, "", "asskomm: „on“ ist keine Wahl. Schreiben Sie zum Beispiel --option on=2026-01-01.\n"),
        (2, "", "asskomm: „publisher“ ist bei „Zahlen der Kommunen (Zensus 2022)“ nicht zu wählen. Möglich: on.\n"),
        (2, "", "asskomm: „morgen“ steht bei „Stichtag“ nicht zur Wahl.\n"),
        (0, "1 Zeilen übernommen, 0 nicht oder nur zum Teil, 0 schon bekannt.", ""),
    ]


def test_the_preview_as_json(real: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(EVENTS.splitlines()[0] + "\n" + EVENTS.splitlines()[1], encoding="utf-8")
    code, output, errors = _run(real, "import", "events", str(path), "--json", "--commit", "--visible-to", "öffentlich")
    assert (code, errors) == (0, "")
    found = json.loads(output)
    assert len(found.pop("reference")) == 12
    assert found == {
        "kind": "events",
        "reason": "",
        "accepted": 1,
        "rejected_rows": 0,
        "rejected": [],
        "duplicates": 0,
        "duplicate_rows": [],
        "repairs": [],
        "columns": ["Datum", "Art", "Kommune"],
        "first_rows": [{"row": "2", "cells": ["01.01.2020", "Beratung", "Görlitz"]}],
        "taken_before": None,
        "committed": True,
    }
    with closing(sqlite3.connect(real / "asskomm.sqlite3")) as database:
        assert database.execute("SELECT visibility FROM alliance_event").fetchall() == [("public",)]


def test_a_message_without_translation_is_passed_on(tmp_path: Path) -> None:
    sentence = _refusal(tmp_path / "data", "figures", "--json=ja")
    assert sentence == "Der Aufruf stimmt nicht: argument --json: ignored explicit argument 'ja'. Hilfe: asskomm figures --help"
