# SPDX-License-Identifier: EUPL-1.2
"""What somebody eats and what she needs: kept apart from her name and enciphered, read only where it is looked after, and gone soon."""

from django.db import transaction

from asskomm.core.installation.sealed import SealError, seal, seal_anew, unseal
from asskomm.events.models import Needs, Registration


def keep_needs(registration: Registration, meal: str, text: str) -> None:
    """Keep what somebody says; where she says nothing, nothing is kept."""
    text = text.strip()
    if meal or text:
        Needs.objects.update_or_create(registration=registration, defaults={"meal": meal, "sealed": seal(text) if text else ""})
    else:
        Needs.objects.filter(registration=registration).delete()


def needs_text(needs: Needs) -> str:
    """Give what somebody needs; empty where the key that closed it is forgotten."""
    try:
        return unseal(needs.sealed) if needs.sealed else ""
    except SealError:
        return ""


def seal_needs_anew() -> tuple[int, int]:
    """Close all of it with the newest key; gives how many, and how many no key opens."""
    closed = lost = 0
    with transaction.atomic():
        for needs in Needs.objects.select_for_update().exclude(sealed=""):
            try:
                needs.sealed = seal_anew(needs.sealed)
            except SealError:
                lost += 1
                continue
            needs.save(update_fields=["sealed"])
            closed += 1
    return closed, lost
