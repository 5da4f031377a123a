# SPDX-License-Identifier: EUPL-1.2
"""Compile every django.po to the .mo that Django reads. Usage: python tools/compile_messages.py."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "src/asskomm/locale"


def compile_catalogue(source: Path) -> Path:
    """Write the compiled catalogue beside its source; entries marked fuzzy are left out."""
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parent.parent.name)
    fresh = source.with_suffix(".mo.new")
    with fresh.open("wb") as binary:
        write_mo(binary, catalogue)
    return fresh.replace(source.with_suffix(".mo"))


if __name__ == "__main__":
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        compile_catalogue(path)
