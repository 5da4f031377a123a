# SPDX-License-Identifier: EUPL-1.2
"""Read everything as it stood in one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Within it every query answers as of the same moment, and nobody waits."""
    connection.ensure_connection()
    with _reading(), transaction.atomic(durable=True), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT COUNT(*) FROM django_migrations")  # the moment is that of the first query
        cursor.fetchall()
        yield


@contextmanager
def _reading() -> Iterator[None]:
    """Begin without the write lock, which the embedded database otherwise takes at once."""
    wrapper: Any = connection
    if connection.vendor != "sqlite":
        yield
        return
    mode, wrapper.transaction_mode = wrapper.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        wrapper.transaction_mode = mode
