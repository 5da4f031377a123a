# SPDX-License-Identifier: EUPL-1.2
"""Whether something failed because there is no room left, on the disk of the files or on that of the database."""

import errno
import shutil
import sqlite3

from django.conf import settings

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_DISK_FULL = "53100"
"""What PostgreSQL calls it, and whoever stands between."""

_VAGUE = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})
"""What SQLite says where it cannot make or enlarge a file beside the database."""

_LEAST = 256 * 1024


def is_full(fault: BaseException | None) -> bool:
    """Whether a fault, or what it came from, says that there is no room left.

    >>> is_full(OSError(errno.ENOSPC, "No space left on device")), is_full(ValueError("full"))
    (True, False)
    """
    while fault is not None:
        if _says_full(fault):
            return True
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return False


def _says_full(fault: BaseException) -> bool:
    if isinstance(fault, OSError):
        return fault.errno in _NO_ROOM
    if isinstance(fault, sqlite3.Error):
        code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
        return code == sqlite3.SQLITE_FULL or (code in _VAGUE and shutil.disk_usage(settings.DATA_FOLDER).free < _LEAST)
    return getattr(fault, "sqlstate", None) == _DISK_FULL
