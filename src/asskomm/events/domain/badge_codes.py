# SPDX-License-Identifier: EUPL-1.2
"""The code on a badge: reference and signature, short enough for the smallest QR code with correction, and nothing personal in it."""

from asskomm.core.mail.signatures import is_signed, signature
from asskomm.core.references import REFERENCE_LENGTH
from asskomm.events.models import Gathering, Registration

_PURPOSE, _SIGNED = "badge", 8
"""32 bits beside a reference that nobody can guess: enough where each attempt is made before somebody's eyes."""
LENGTH = REFERENCE_LENGTH + _SIGNED
_SWAPPED = str.maketrans("yz", "zy")


def code_of(registration: Registration) -> str:
    """Give the code of somebody's badge, in capital letters, which take less room in the picture."""
    return f"{registration.reference}{signature(_PURPOSE, registration.reference, length=_SIGNED)}".upper()


def registration_with(code: str, gathering: Gathering) -> Registration | None:
    """Give whose badge it is; a scanner that types on a keyboard of another country swaps Y and Z."""
    typed = code.strip().lower()
    for word in (typed, typed.translate(_SWAPPED)):
        reference, signed = word[:REFERENCE_LENGTH], word[REFERENCE_LENGTH:]
        if len(signed) == _SIGNED and is_signed(signed, _PURPOSE, reference, length=_SIGNED):
            return Registration.objects.select_related("gathering").filter(gathering=gathering, reference=reference).first()
    return None
