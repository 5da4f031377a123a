# SPDX-License-Identifier: EUPL-1.2
"""Hashes of contents and entries, the root over several of them, and the chain of roots.

Source: the tree is that of RFC 6962, section 2.1, with SHA-256; its prefixes tell a leaf from a node.
"""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

_LEAF, _NODE, _LINK = b"\x00", b"\x01", b"\x02"


def new_salt() -> str:
    """Give a salt, without which nobody can try out contents that were deleted."""
    return secrets.token_hex(16)


def _canonical(matter: Any) -> bytes:
    return json.dumps(matter, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def content_digest(salt: str, values: Mapping[str, Any], audience: str) -> str:
    """Give the salted digest of a content."""
    return hashlib.sha256(bytes.fromhex(salt) + _canonical([values, audience])).hexdigest()


def leaf_of(number: int, at: dt.datetime, *facts: str | int | None, read_at: dt.datetime | None = None) -> str:
    """Give the hash of an entry, whichever database and time zone it is read from.

    Args:
        number: of the entry.
        at: when it was noted.
        facts: what else it says.
        read_at: when reading happened that was noted later; where it is not given nothing is added, as entries of old have none.
    """
    return hashlib.sha256(_LEAF + _canonical([number, _instant(at), *facts, *([_instant(read_at)] if read_at else [])])).hexdigest()


def _instant(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def merkle_root(leaves: Sequence[str]) -> str:
    """Give the root over hashes of leaves, at least one.

    >>> merkle_root(["00" * 32]) == "00" * 32
    True
    """
    level = [bytes.fromhex(leaf) for leaf in leaves]
    while len(level) > 1:  # an odd one out moves up alone, which is what the RFC's split at a power of two gives
        pairs = [hashlib.sha256(_NODE + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0].hex()


def link(previous: str, number: int, sealed_at: dt.datetime, root: str) -> str:
    """Chain a root to the seal before; the first one has an empty `previous`."""
    return hashlib.sha256(_LINK + _canonical([previous, number, _instant(sealed_at), root])).hexdigest()
