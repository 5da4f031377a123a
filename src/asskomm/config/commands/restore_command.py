# SPDX-License-Identifier: EUPL-1.2
"""Restore a backup on an empty place."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from asskomm.config.cli import CommandError, start_django
from asskomm.config.passphrase import ask_known


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("archive", metavar="SICHERUNG", help="Datei, die „asskomm backup“ geschrieben hat")


def run(options: Namespace) -> int:
    """Check every byte, then restore."""
    path = Path(options.archive).expanduser()
    if not path.is_file():
        raise CommandError(f"Die Datei {path} gibt es nicht.")
    start_django()
    from asskomm.config.restoring import restore_all
    from asskomm.core.backup import Archive
    from asskomm.core.backup.cipher import deciphered, is_enciphered

    with path.open("rb") as file, Archive(deciphered(file, ask_known()) if is_enciphered(file) else file) as archive:
        restored = restore_all(archive)
    print(f"{restored.rows} Zeilen und {restored.files} Dateien eingespielt, Stand {archive.manifest.taken_at}.")
    if restored.strayed:
        print(f"Der abgeleitete Stand wich an {restored.strayed} Stellen ab und wurde neu berechnet.")
    print("Weiter mit „asskomm up“. Alle müssen sich neu einloggen.")
    return 0
