# SPDX-License-Identifier: EUPL-1.2
"""Write everything that this installation holds into one file."""

from argparse import ArgumentParser, Namespace
from importlib.metadata import version
from pathlib import Path

from asskomm.config.cli import CommandError, require_prepared, start_django


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("target", metavar="ZIEL", help="Ordner oder neue Datei")


def run(options: Namespace) -> int:
    """Write it, and say what is in it."""
    start_django()
    require_prepared()
    from asskomm.core.backup.domain.taking import take_backup

    path = _path(Path(options.target).expanduser().absolute())
    manifest = take_backup(path, program=version("asskomm"))
    files = sum(1 for name in manifest.members if name.startswith("files/"))
    print(f"{path}: {sum(manifest.tables.values())} Zeilen aus {len(manifest.tables)} Tabellen, {files} Dateien.")
    return 0


def _path(target: Path) -> Path:
    from django.utils import timezone

    from asskomm.core.clock import clock

    if target.is_dir():
        return target / f"asskomm-{timezone.localtime(clock.now()):%Y-%m-%d-%H%M%S}.zip"
    if not target.parent.is_dir():
        raise CommandError(f"Den Ordner {target.parent} gibt es nicht.")
    return target
