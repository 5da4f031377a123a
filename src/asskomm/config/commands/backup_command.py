# SPDX-License-Identifier: EUPL-1.2
"""Write everything that this installation holds into one file."""

from argparse import ArgumentParser, Namespace
from importlib.metadata import version
from pathlib import Path

from asskomm.config.cli import CommandError, require_prepared, start_django
from asskomm.config.options import BACKUP_PASSPHRASE
from asskomm.config.passphrase import ask_new


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("target", metavar="ZIEL", help="Ordner oder neue Datei")
    parser.add_argument(
        "--encrypt", action="store_true", help="verschlüsseln und nach der Passphrase fragen (ohne Frage, wenn ASSKOMM_BACKUP_PASSPHRASE gesetzt ist)"
    )


def run(options: Namespace) -> int:
    """Write it, and say what is in it."""
    start_django()
    require_prepared()
    from asskomm.core.backup.domain.taking import take_backup

    passphrase = ask_new() if options.encrypt or BACKUP_PASSPHRASE.read() else None
    path = _path(Path(options.target).expanduser().absolute(), "zip" if passphrase is None else "asskomm")
    manifest = take_backup(path, program=version("asskomm"), passphrase=passphrase)
    files = sum(1 for name in manifest.members if name.startswith("files/"))
    print(f"{path}: {sum(manifest.tables.values())} Zeilen aus {len(manifest.tables)} Tabellen, {files} Dateien.")
    return 0


def _path(target: Path, suffix: str) -> Path:
    from django.utils import timezone

    from asskomm.core.clock import clock

    if target.is_dir():
        return target / f"asskomm-{timezone.localtime(clock.now()):%Y-%m-%d-%H%M%S}.{suffix}"
    if not target.parent.is_dir():
        raise CommandError(f"Den Ordner {target.parent} gibt es nicht.")
    return target
