# SPDX-License-Identifier: EUPL-1.2
"""Add people with their functions, set passwords, list them, give out what is kept about somebody."""

import datetime as dt
import getpass
import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from asskomm.config.cli import CommandError, require_prepared, start_django

ROLES = ("coordinator", "mayor", "police", "district", "coach", "partner", "state_council", "administrator")


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="AKTION")
    add = actions.add_parser("add", help="eine Person mit Funktion und Zugang anlegen")
    add.add_argument("email", metavar="E-MAIL")
    add.add_argument("--given-name", required=True, metavar="VORNAME")
    add.add_argument("--family-name", required=True, metavar="NACHNAME")
    add.add_argument("--role", required=True, choices=ROLES)
    add.add_argument("--organisation", required=True, help="Name der Organisation oder Schlüssel der Kommune")
    add.add_argument("--from", dest="start", metavar="TAG", help="erster Tag (heute)")
    end = actions.add_parser("end", help="alle Funktionen einer Person beenden")
    end.add_argument("email", metavar="E-MAIL")
    end.add_argument("--on", metavar="TAG", help="letzter Tag (heute)")
    sessions = actions.add_parser("sign-off", help="eine Person auf allen Geräten abmelden")
    sessions.add_argument("email", metavar="E-MAIL")
    password = actions.add_parser("password", help="ein Passwort setzen")
    password.add_argument("email", metavar="E-MAIL")
    link = actions.add_parser("link", help="einen Link zum Einloggen ausgeben, wenn sonst niemand hineinkommt")
    link.add_argument("email", metavar="E-MAIL")
    link.add_argument("--new-second-factor", action="store_true", help="den verlorenen zweiten Faktor löschen")
    export = actions.add_parser("export", help="alles ausgeben, was über eine Person gespeichert ist (Art. 15 DSGVO), auch ohne Zugang")
    export.add_argument("email", metavar="E-MAIL")
    export.add_argument("target", metavar="DATEI", help="neue Datei, ein ZIP")
    actions.add_parser("list", help="alle Zugänge auflisten")


def run(options: Namespace) -> int:
    """Do the action."""
    start_django()
    require_prepared()
    actions = {"add": _add, "end": _end, "sign-off": _sign_off, "password": _password, "link": _link, "export": _export, "list": _list}
    return actions[options.action](options)


def _add(options: Namespace) -> int:
    from django.db import transaction

    from asskomm.core.visibility import SYSTEM
    from asskomm.people.domain.accounts import appoint, find_organisation, set_password
    from asskomm.people.enums import FunctionRole

    organisation, start = find_organisation(options.organisation), _day(options.start)
    password = _ask_password()  # before the transaction, which nobody should have to wait for
    with transaction.atomic():
        account = appoint(
            email=options.email,
            given_name=options.given_name,
            family_name=options.family_name,
            role=FunctionRole(options.role),
            organisation=organisation,
            start=start,
            by=SYSTEM,
        )
        set_password(email=account.email, password=password, by=SYSTEM)
    print(f"{account} ist angelegt und kann sich anmelden.")
    return 0


def _end(options: Namespace) -> int:
    from asskomm.core.visibility import SYSTEM
    from asskomm.people.domain.accounts import end_functions

    count = end_functions(email=options.email, last_day=_day(options.on), by=SYSTEM)
    print(f"{count} Funktionen beendet.")
    return 0


def _sign_off(options: Namespace) -> int:
    from asskomm.people.domain.devices import end_sessions
    from asskomm.people.domain.first_administrator import account_of
    from asskomm.people.models import Device

    count = end_sessions(Device.objects.filter(account=account_of(options.email)))
    print(f"Auf {count} Geräten abgemeldet." if count != 1 else "Auf einem Gerät abgemeldet.")
    return 0


def _password(options: Namespace) -> int:
    from asskomm.core.visibility import SYSTEM
    from asskomm.people.domain.accounts import set_password

    set_password(email=options.email, password=_ask_password(), by=SYSTEM)
    print("Das Passwort ist gesetzt.")
    return 0


def _link(options: Namespace) -> int:
    from django.conf import settings

    from asskomm.core.visibility import SYSTEM
    from asskomm.people.domain.first_administrator import account_of
    from asskomm.people.domain.links import issue_link
    from asskomm.people.domain.second_factors import forget_second_factors
    from asskomm.people.enums import LinkPurpose

    account = account_of(options.email)
    if options.new_second_factor:
        forget_second_factors(account, by=SYSTEM)
    print(settings.SITE_URL + issue_link(account, LinkPurpose.SIGN_IN, by=SYSTEM))
    print("Der Link gilt eine Stunde und nur einmal.")
    return 0


def _export(options: Namespace) -> int:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.utils.translation import override

    from asskomm.core.retention.domain.access import archive_of, records_of, subject_at

    try:
        validate_email(options.email.strip())
    except ValidationError:
        raise CommandError(f"„{options.email}“ ist keine E-Mail-Adresse.") from None
    path = Path(options.target).expanduser().absolute()
    with override("de"):
        records = records_of(subject_at(options.email))
        archive = archive_of(records)
    found = sum(len(rows) for rows in records.values())
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # nobody else on this machine reads it
            file.write(archive)
    except FileExistsError:
        raise CommandError(f"Die Datei {path} gibt es schon.") from None
    except OSError as fault:
        raise CommandError(f"{path} lässt sich nicht anlegen: {fault.strerror}") from None
    print(f"{path}: {found} Einträge." if found else f"{path}: Zu dieser Adresse ist nichts gespeichert.")
    print("Geben Sie die Datei nur heraus, wenn feststeht, wer fragt.")
    return 0


def _ask_password() -> str:
    return getpass.getpass("Passwort (mindestens 12 Zeichen): ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _list(options: Namespace) -> int:
    from asskomm.people.models import Account

    for account in Account.objects.select_related("person").order_by("email"):
        functions = "; ".join(str(f) for f in account.person.functions.select_related("organisation"))
        print(f"{account.email}  {account.person}  {functions or 'ohne Funktion'}")
    return 0


def _day(text: str | None) -> dt.date:
    from asskomm.core.clock import Precision, Span, SpanError, clock

    try:
        span = Span.parse(text) if text else Span(clock.today())
    except SpanError as fault:
        raise CommandError(str(fault)) from None
    if span.precision is not Precision.DAY:
        raise CommandError(f"„{text}“ ist kein Tag.")
    return span.first
