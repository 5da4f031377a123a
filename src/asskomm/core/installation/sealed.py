# SPDX-License-Identifier: EUPL-1.2
"""Short secrets that must be read again, enciphered with the key of this installation: whoever has the database or a backup alone cannot read them.

Fernet (AES-128-CBC with HMAC-SHA-256) under a key that HKDF (RFC 5869) derives from the secret of the installation; older secrets still open what
they closed, until it is closed anew.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SealError(ValueError):
    """What is enciphered belongs to another installation, or was changed."""


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
