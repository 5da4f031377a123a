# SPDX-License-Identifier: EUPL-1.2
"""Bring an installation to this version, with a backup before and everything as it was after a fault."""

import os
from argparse import ArgumentParser, Namespace
from importlib.metadata import version
from pathlib import Path

from asskomm.config.cli import CommandError, require_tables, start_django
from asskomm.config.options import BACKUP_PASSPHRASE, data_folder


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--backup", metavar="ORDNER", help="wohin vorher gesichert wird (sonst: neben den Datenordner, mit der Endung „.backups“)")


def run(options: Namespace) -> int:
    """Back up, migrate, look, and go back where it does not fit together."""
    start_django()
    require_tables()
    from asskomm.config.commands.up_command import collect_static
    from asskomm.config.prepare import prepare
    from asskomm.config.upgrading import pending

    count = pending()
    kept = _back_up(options.backup) if count else None
    try:
        prepare(example=False)
    except Exception as fault:
        name = " ".join(str(fault).split()) or type(fault).__name__
        where = f" Die Sicherung von vorher liegt in {kept}." if kept else ""
        raise CommandError(f"Die Umstellung ist gescheitert, alles ist wie vorher ({name}).{where}") from fault
    collect_static()
    print(f"Umstellungen der Datenbank: {count}." + (f" Die Sicherung von vorher liegt in {kept}." if kept else ""))
    print("Starten Sie jetzt die Dienste neu: systemctl restart asskomm-web asskomm-worker")
    return 0


def _back_up(folder: str | None) -> Path:
    from django.utils import timezone

    from asskomm.core.backup.domain.taking import take_backup
    from asskomm.core.clock import clock

    place = Path(folder).expanduser().absolute() if folder else data_folder().with_name(f"{data_folder().name}.backups")
    if not folder:
        place.mkdir(mode=0o700, exist_ok=True)
    if not os.access(place, os.W_OK):
        raise CommandError(f"In {place} lässt sich nicht schreiben.")
    passphrase = BACKUP_PASSPHRASE.read() or None
    path = place / f"asskomm-{timezone.localtime(clock.now()):%Y-%m-%d-%H%M%S}-vorher.{'asskomm' if passphrase else 'zip'}"
    take_backup(path, program=version("asskomm"), passphrase=passphrase, older=True)
    return path
