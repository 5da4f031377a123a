# SPDX-License-Identifier: EUPL-1.2
"""Ask and settle what this data folder is."""

from django.core.cache import caches

from asskomm.core.clock import clock
from asskomm.core.installation.models import Installation

_CACHE_KEY = "installation.example"


def is_example() -> bool:
    """Whether these data were created as example; asked once per process and minute."""
    known = caches["local"].get(_CACHE_KEY)
    if known is None:
        known = Installation.objects.filter(example=True).exists()
        caches["local"].set(_CACHE_KEY, known, 60)
    return bool(known)


def settle_installation(*, example: bool) -> Installation:
    """Settle once what the folder is; a later call changes nothing."""
    installation, _new = Installation.objects.get_or_create(number=1, defaults={"example": example, "created_at": clock.now()})
    caches["local"].delete(_CACHE_KEY)
    return installation


def shipped_changed(digest: str) -> bool:
    """Whether other shipped tables were loaded last, or none."""
    return not Installation.objects.filter(shipped=digest).exists()


def note_shipped(digest: str) -> None:
    """Remember which shipped tables are loaded."""
    Installation.objects.update(shipped=digest)
