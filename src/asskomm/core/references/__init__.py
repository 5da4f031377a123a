# SPDX-License-Identifier: EUPL-1.2
"""Names of objects in addresses: they can neither be guessed nor counted, and are easy to read out on the phone."""

import secrets

REFERENCE_LENGTH = 12
_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


def new_reference() -> str:
    """Give a reference that cannot be guessed or counted.

    >>> len(new_reference())
    12
    """
    return "".join(secrets.choice(_ALPHABET) for _ in range(REFERENCE_LENGTH))
