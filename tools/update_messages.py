# SPDX-License-Identifier: EUPL-1.2
"""Bring the English catalogue to the texts of today: code, templates, and the words of the shipped tables.

    python tools/update_messages.py

Needs GNU gettext. New texts stand empty in src/asskomm/locale/en/LC_MESSAGES/django.po until somebody translates them; a test says which.
"""

import contextlib
import csv
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.makemessages import Command

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "asskomm"
SHIPPED = {
    "alliance/data/kinds.csv": ("name", "definition"),
    "library/data/fields.csv": ("name", "description"),
    "territory/data/measures.csv": ("name", "definition"),
}


class Messages(Command):
    """Django's own command, but without guesses: a text that is like another one is not the other one."""

    msgmerge_options = [*Command.msgmerge_options, "--no-fuzzy-matching"]


def shipped_words() -> list[str]:
    """Give the German words of the shipped tables that stand on screens."""
    words: dict[str, None] = {}
    for name, columns in SHIPPED.items():
        with (PACKAGE / name).open(encoding="utf-8", newline="") as file:
            words |= {row[column]: None for row in csv.DictReader(file) for column in columns}
    return list(words)


def update(package: Path = PACKAGE) -> None:
    """Write the catalogue anew, keeping what is translated."""
    carrier = package / "_shipped_words.py"
    carrier.write_text("".join(f"_({word!r})\n" for word in shipped_words()), encoding="utf-8")
    (package / "locale").mkdir(exist_ok=True)
    try:
        with contextlib.chdir(package):
            call_command(Messages(), locale=["en"], no_location=True, no_wrap=True, no_obsolete=True, ignore_patterns=["static"], verbosity=0)
    finally:
        carrier.unlink()
    _without_date(package / "locale/en/LC_MESSAGES/django.po")


def _without_date(catalogue: Path) -> None:
    """Leave out when it was made: two branches would differ in that line each time."""
    lines = catalogue.read_text(encoding="utf-8").splitlines(keepends=True)
    catalogue.write_text("".join(line for line in lines if not line.startswith('"POT-Creation-Date')), encoding="utf-8")


if __name__ == "__main__":
    settings.configure(INSTALLED_APPS=[], USE_I18N=True)
    django.setup()
    update()
