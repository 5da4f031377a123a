# SPDX-License-Identifier: EUPL-1.2
"""What several nodes know together: counts of requests, and how often somebody tried to sign in.

With the embedded database there is one process, and memory is enough. On PostgreSQL both lie in tables that are not logged: quick to write, empty
after a crash, and no loss then. A count takes one statement; the rows name nobody, only a digest.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection, router
from django.utils.crypto import salted_hmac

from asskomm.core.clock import clock

CACHE_TABLE, COUNT_TABLE = "shared_cache", "shared_count"
_KEPT = dt.timedelta(minutes=2)

MAKE = (
    f"CREATE UNLOGGED TABLE IF NOT EXISTS {CACHE_TABLE} (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL)",
    f"CREATE INDEX IF NOT EXISTS {CACHE_TABLE}_expires ON {CACHE_TABLE} (expires)",
    f"CREATE UNLOGGED TABLE IF NOT EXISTS {COUNT_TABLE} (key char(64) PRIMARY KEY, count integer NOT NULL, expires timestamptz NOT NULL)",
)
_UP = f"""
INSERT INTO {COUNT_TABLE} (key, count, expires) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET count = {COUNT_TABLE}.count + 1 RETURNING count
"""  # noqa: S608 -- our own table


def count_up(name: str, period: dt.timedelta) -> int:
    """Count one more under a name, and give how many it were in the present period, on all nodes together."""
    now = clock.now()
    name = f"{name}:{int(now.timestamp() // period.total_seconds())}"
    if not settings.COUNTS_TOGETHER:
        return _count_here(name, 2 * period)
    with connection.cursor() as cursor:
        cursor.execute(_UP, [salted_hmac("count", name, algorithm="sha256").hexdigest(), now + period])
        count = int(cursor.fetchone()[0])
        if count == 1:  # so that they do not pile up
            cursor.execute(f"DELETE FROM {COUNT_TABLE} WHERE expires < %s", [now - _KEPT])  # noqa: S608 -- our own table
    return count


def _count_here(name: str, period: dt.timedelta) -> int:
    memory = caches["local"]
    memory.add(name, 0, period.total_seconds())
    try:
        return int(memory.incr(name))
    except ValueError:  # put out in the meantime because there are very many
        return 1


def forget_expired() -> int:
    """Delete what the cache of several nodes does not need any more; gives how many entries went."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {CACHE_TABLE} WHERE expires < %s", [clock.now()])  # noqa: S608 -- our own table
        return int(cursor.rowcount)


def make_tables(_apps: Any, schema_editor: Any) -> None:
    """Make the tables where there can be several nodes; called by a migration."""
    if schema_editor.connection.vendor == "postgresql" and router.allow_migrate(schema_editor.connection.alias, "installation"):
        for statement in MAKE:
            schema_editor.execute(statement)
