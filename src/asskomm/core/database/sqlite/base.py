# SPDX-License-Identifier: EUPL-1.2
"""A fair wait for the one writer that SQLite has.

Whoever waits with SQLite's own handler sleeps longer each time it looks, up to a tenth of a second, so that newcomers overtake those who wait
longest. Here everybody looks again after the same short while. Only the first statement of a transaction ever waits, because it takes the write lock.
"""

import random
import sqlite3
import time
from collections.abc import Iterable
from typing import Any

from django.db.backends.sqlite3 import base

LOOK_AGAIN_SECONDS = 0.002


class Cursor(base.SQLiteCursorWrapper):
    """Tries a statement again as long as another one writes, up to the timeout of the settings."""

    patience = 0.0

    def execute(self, query: str, params: Any = None) -> Any:
        """Do a statement.

        Raises
        ------
            sqlite3.OperationalError: another one writes for longer than the timeout.
        """
        end = time.monotonic() + self.patience
        while True:
            try:
                return super().execute(query, params)
            except sqlite3.OperationalError as fault:
                if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or self.connection.in_transaction or time.monotonic() > end:
                    raise
            time.sleep(LOOK_AGAIN_SECONDS * random.uniform(0.5, 1.5))  # noqa: S311 -- so that two do not look in step

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        """Do a statement many times; outside of a transaction SQLite itself waits, because each time counts for itself."""
        if self.connection.in_transaction:
            return super().executemany(query, param_list)
        self.connection.execute(f"PRAGMA busy_timeout = {int(self.patience * 1000)}")
        try:
            return super().executemany(query, param_list)
        finally:
            self.connection.execute("PRAGMA busy_timeout = 0")


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection with our cursors."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Open the database with the timeout of the settings, because the first one in may have to wait; afterwards our cursors wait."""
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA busy_timeout = 0")
        return connection

    def create_cursor(self, name: str | None = None) -> Cursor:
        """Give a cursor that waits."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        cursor.patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        return cursor
