# SPDX-License-Identifier: EUPL-1.2
"""One connection that stays open as long as the process.

Whoever closes SQLite's last connection puts the log of writes away, and the next one in has to make it anew, which a full disk does not allow:
then not even reading would go on.
"""

import sqlite3

from django.db import connection

_held: list[sqlite3.Connection] = []


def hold_open() -> None:
    """Hold the embedded database open; another one needs no holding."""
    if connection.vendor == "sqlite" and not _held:
        held = sqlite3.connect(connection.settings_dict["NAME"], check_same_thread=False)
        held.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        _held.append(held)
