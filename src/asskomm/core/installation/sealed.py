# SPDX-License-Identifier: EUPL-1.2
"""Short secrets that must be read again, enciphered with the key of this installation: whoever has the database or a backup alone cannot read them.

Fernet (AES-128-CBC with HMAC-SHA-256) under a key that HKDF (RFC 5869) derives from the secret of the installation; older secrets still open what
they closed, until it is closed anew.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from asskomm.core.slots import Slot

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class SealError(ValueError):
    """What is enciphered belongs to another installation, or was changed."""


@dataclass(frozen=True)
class SealedStore:
    """Where a room keeps what is enciphered.

    Args:
        name: what it is, in the plural.
        close_anew: closes all of it with the newest key; gives how many, and how many no key opens.
        help: what to do about those.
    """

    name: "_StrPromise"
    close_anew: Callable[[], tuple[int, int]]
    help: str = ""


SEALED_STORES: Slot[SealedStore] = Slot()


def seal(text: str) -> str:
    """Encipher a text."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Give the text back.

    Raises
    ------
        SealError: no key of this installation opens it.
    """
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealError("no key of this installation opens it") from None


def seal_anew(sealed: str) -> str:
    """Close with the newest key what any key opens.

    Raises
    ------
        SealError: no key of this installation opens it.
    """
    try:
        return _keys().rotate(sealed.encode()).decode()
    except InvalidToken:
        raise SealError("no key of this installation opens it") from None


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


@lru_cache(maxsize=8)
def _key(secret: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"asskomm.installation.sealed").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
