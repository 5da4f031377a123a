# SPDX-License-Identifier: EUPL-1.2
"""Make everything ready and serve it."""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from asskomm.config.cli import CommandError, refuse_half_restored, start_django


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--port", type=int, default=8000, help="Port (8000)")
    parser.add_argument("--host", default="localhost", help="Adresse, auf der die Seite erreichbar ist (localhost)")
    parser.add_argument("--no-example", action="store_true", help="ohne die Beispielallianz beginnen")
    parser.add_argument("--no-worker", action="store_true", help="ohne den Prozess für Aufträge; dann läuft „asskomm worker“ für sich")
    parser.add_argument("--prepare-only", action="store_true", help="nur vorbereiten, nicht bereitstellen")


def run(options: Namespace) -> int:
    """Prepare, then serve until stopped."""
    if not 1 <= options.port <= 65535:
        raise CommandError("Der Port muss zwischen 1 und 65535 liegen.")
    start_django()
    refuse_half_restored()
    _refuse_to_migrate_real_data()
    from asskomm.config.prepare import prepare

    prepare(example=not options.no_example)
    collect_static()
    if options.prepare_only:
        print("Alles ist vorbereitet.")
        return 0
    return _serve(options)


def _refuse_to_migrate_real_data() -> None:
    """Leave real data as they are until somebody says „upgrade“, which makes a backup first: a service that starts again must not."""
    from django.db import connection

    from asskomm.config.upgrading import pending
    from asskomm.core.installation.models import Installation

    if Installation._meta.db_table not in connection.introspection.table_names():
        return
    if pending() and not Installation.objects.filter(example=True).exists():
        raise CommandError("Die Datenbank hat noch nicht den Stand dieses Programms. Führen Sie zuerst „asskomm upgrade“ aus; es sichert vorher.")


def collect_static() -> None:
    """Lay out what browsers load, where it has changed."""
    from django.conf import settings
    from django.core.management import call_command

    package = Path(settings.PACKAGE)
    newest = max((path.stat().st_mtime_ns for path in package.glob("**/static/**/*") if path.is_file()), default=0)
    stamp = Path(settings.STATIC_ROOT) / ".newest"
    if stamp.exists() and stamp.read_text() == f"{newest} {package}":
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(f"{newest} {package}")


def _serve(options: Namespace) -> int:
    from asskomm.config.serving import ServingError, serve
    from asskomm.core.installation.domain import is_example
    from asskomm.core.installation.middleware import is_loopback

    if is_example() and not is_loopback(options.host):
        raise CommandError(
            f"Dieser Datenordner enthält Beispieldaten und wird nur auf localhost bereitgestellt, nicht auf {options.host}. "
            "Für echte Daten: --data ORDNER --no-example"
        )
    first = _first_administrator()
    try:
        return serve(
            "asskomm.config.wsgi:application",
            host=options.host,
            port=options.port,
            workers_threads=8,
            on_ready=lambda: _announce(options.port, first),
            companion=() if options.no_worker else (sys.executable, "-m", "asskomm", "worker", "--with-parent", str(os.getpid())),
        )
    except ServingError as fault:
        raise CommandError(str(fault)) from None


def _first_administrator() -> str:
    from asskomm.people.domain.first_administrator import offer_first_administrator

    return offer_first_administrator()


def _announce(port: int, first: str) -> None:
    from django.conf import settings

    from asskomm.config.options import URL
    from asskomm.core.installation.domain import is_example

    at = settings.SITE_URL if URL.read() != URL.default else f"http://localhost:{port}"
    print(f"\n  ASSKomm läuft: {at}", flush=True)
    if is_example():
        print(f"  Beispielallianz, frei erfunden. Anmelden mit einem Klick: {at}/einloggen/", flush=True)
    if first:
        print("  Noch hat niemand einen Zugang. Einmalige Adresse für die erste Administratorin oder den ersten Administrator, 24 Stunden gültig:", flush=True)
        print(f"  {at}{first}", flush=True)
    print("  Beenden mit Strg+C\n", flush=True)
