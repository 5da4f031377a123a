# SPDX-License-Identifier: EUPL-1.2
"""The command line: one clear sentence and exit code 2 where something is wrong, never a traceback."""

import os
import re
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn, Protocol, cast

from typing_extensions import override

COMMANDS = {
    "up": "Alles vorbereiten und die Seiten bereitstellen.",
    "figures": "Kennzahlen eines Tages ausgeben.",
    "import": "Eine Datei einlesen: Vorschau, dann Übernehmen.",
    "worker": "Aufträge und Termine im Hintergrund abarbeiten.",
    "jobs": "Aufträge auflisten, abbrechen, abarbeiten.",
    "backup": "Alles in eine Datei sichern, auch während die Seiten laufen.",
    "restore": "Eine Sicherung an einem leeren Ort einspielen.",
    "upgrade": "Auf diese Version umstellen: vorher sichern, danach prüfen, bei einem Fehler zurück.",
    "check": "Prüfen, ob die Installation in Ordnung ist.",
    "audit": "Prüfen, ob am Änderungsprotokoll etwas verändert wurde.",
    "mail": "Eine Testnachricht verschicken.",
    "bounce": "Die Meldung eines Mailservers annehmen, dass eine E-Mail nicht ankam.",
    "secret": "Den Schlüssel der Installation erneuern.",
    "user": "Personen und ihren Zugang anlegen, ändern, auflisten.",
}

# What argparse says; it has no German of its own.
_GERMAN = (
    (r"the following arguments are required: (.*)", r"es fehlt \1"),
    (r"unrecognized arguments: (.*)", r"\1 ist nicht bekannt"),
    (r"argument (\S+): expected one argument", r"hinter \1 fehlt eine Angabe"),
    (r"argument (\S+): invalid int value: '(.*)'", r"\1 „\2“ ist keine ganze Zahl"),
    (r"argument (\S+): invalid choice: '(.*)' \(choose from (.*)\)", r"\1 „\2“ gibt es nicht (möglich: \3)"),
)


class CommandError(Exception):
    """What the user gets to read, as one sentence."""


class Command(Protocol):
    """A module in `asskomm.config.commands`."""

    def arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""

    def run(self, options: Namespace) -> int:
        """Do it, and give the exit code."""


class Parser(ArgumentParser):
    """Says in one German sentence what is wrong."""

    @override
    def error(self, message: str) -> NoReturn:
        raise CommandError(f"Der Aufruf stimmt nicht: {_in_german(message)}. Hilfe: {self.prog} --help")


def _in_german(message: str) -> str:
    for pattern, german in _GERMAN:
        if match := re.fullmatch(pattern, message):
            return match.expand(german).replace("'", "")
    return message


def build_parser() -> ArgumentParser:
    """Give the parser with every command."""
    parser = Parser(prog="asskomm", description="Die Plattform der Allianz Sichere Sächsische Kommunen.")
    parser.add_argument("--data", metavar="ORDNER", help="Datenordner (sonst: Einstellung ASSKOMM_DATA oder ./data)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="BEFEHL", parser_class=Parser)
    for name, meaning in COMMANDS.items():
        command = commands.add_parser(name, help=meaning, description=meaning)
        command.add_argument("--data", metavar="ORDNER", default=SUPPRESS, help="Datenordner")  # understood before and after the command
        _module(name).arguments(command)
    return parser


def _module(name: str) -> Command:
    return cast("Command", import_module(f"asskomm.config.commands.{name}_command"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    try:
        options = build_parser().parse_args(arguments)
        if options.data:
            os.environ["ASSKOMM_DATA"] = options.data
        return _module(options.command).run(options)
    except Exception as fault:  # noqa: BLE001 -- the last line of defence: a sentence instead of a traceback
        print(f"asskomm: {_sentence(fault)}", file=sys.stderr)
        return 2


def _sentence(fault: Exception) -> str:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from asskomm.core.database.full import is_full

    if is_full(fault):
        return "Der Speicher des Servers ist voll. Gespeichert wurde nichts."
    if isinstance(fault, DatabaseError):
        first = str(fault).strip().splitlines()[0] if str(fault).strip() else type(fault).__name__
        return f"Die Datenbank antwortet nicht wie erwartet ({first}). Ist sie erreichbar, und wurde „asskomm up --prepare-only“ ausgeführt?"
    if isinstance(fault, OSError) and fault.filename:
        return f"{fault.filename}: {fault.strerror}."
    if isinstance(fault, CommandError | ValueError | OSError | ImproperlyConfigured):
        return " ".join(str(fault).split())
    return f"Unerwarteter Fehler ({type(fault).__name__}: {' '.join(str(fault).split())})."


def start_django() -> None:
    """Load Django with the settings of this data folder."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asskomm.config.settings")
    django.setup()


def require_prepared() -> None:
    """Refuse a data folder that was never prepared, or is not in the state of this program.

    Raises
    ------
        CommandError: there are no tables, they are those of another version, or a backup was not restored to its end.
    """
    from asskomm.config.upgrading import pending
    from asskomm.core.installation.maintenance import hindrance

    require_tables()
    if pending():
        raise CommandError("Die Datenbank hat noch nicht den Stand dieses Programms. Führen Sie zuerst „asskomm upgrade“ aus.")
    if why := hindrance():
        raise CommandError(why)


def require_tables() -> None:
    """Refuse a data folder that was never prepared, whatever version it has.

    Raises
    ------
        CommandError: there are no tables, or a backup was not restored to its end.
    """
    from django.db import connection

    refuse_half_restored()
    if "installation_installation" not in connection.introspection.table_names():
        raise CommandError("Dieser Datenordner ist noch nicht eingerichtet. Führen Sie zuerst „asskomm up --prepare-only“ aus.")


def refuse_half_restored() -> None:
    """Refuse a place where somebody began to restore a backup and did not come to the end.

    Raises
    ------
        CommandError: it is such a place.
    """
    from asskomm.core.backup.domain.restoring import is_unfinished

    if is_unfinished():
        raise CommandError("Hier wurde eine Sicherung nicht zu Ende eingespielt. Führen Sie „asskomm restore“ noch einmal aus.")
