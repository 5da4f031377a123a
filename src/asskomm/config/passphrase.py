# SPDX-License-Identifier: EUPL-1.2
"""Where the passphrase of a backup comes from: the environment, or whoever sits there."""

import getpass
import sys

from asskomm.config.options import BACKUP_PASSPHRASE, OptionError


def ask_new() -> str:
    """Give the passphrase for a new backup; at a terminal it is typed twice.

    Raises
    ------
        OptionError: it was typed differently.
    """
    given = ask_known()
    if sys.stdin.isatty() and not BACKUP_PASSPHRASE.read() and given != getpass.getpass("Passphrase noch einmal: ").strip():
        raise OptionError("Die beiden Passphrasen sind verschieden.")
    return given


def ask_known() -> str:
    """Give the passphrase of a backup that exists."""
    if named := BACKUP_PASSPHRASE.read():
        return named
    return (getpass.getpass("Passphrase der Sicherung: ") if sys.stdin.isatty() else sys.stdin.readline()).strip()
