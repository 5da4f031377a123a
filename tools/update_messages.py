# SPDX-License-Identifier: EUPL-1.2
"""Bring the English catalogue to the texts of today: code, templates, and the words of the shipped tables.

    python tools/update_messages.py

Needs GNU gettext. New texts stand empty in src/asskomm/locale/en/LC_MESSAGES/django.po until somebody translates them; a test says which.
"""

import csv
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "asskomm"
SHIPPED = {"alliance/data/kinds.csv": ("name", "definition"), "library/data/fields.csv": ("name", "description")}


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
    options = ["--locale=en", "--no-location", "--no-wrap", "--no-obsolete", "--ignore=static"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "asskomm.config.settings"}
    try:
        subprocess.run([sys.executable, "-m", "django", "makemessages", *options], cwd=package, env=environment, check=True)
    finally:
        carrier.unlink()


if __name__ == "__main__":
    update()
