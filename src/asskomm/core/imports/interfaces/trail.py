# SPDX-License-Identifier: EUPL-1.2
"""The history of files: that they were read in, taken over, undone; and who looked into one with personal data."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from asskomm.core.audit import State, Subject, Trail
from asskomm.core.imports.models import Batch
from asskomm.core.visibility import Principal


def states(batches: Sequence[Batch]) -> Iterator[State]:
    """Keep nothing of a file but that something was done with it."""
    return (State(batch.reference, {}) for batch in batches)


def find(key: str, principal: Principal) -> Subject | None:
    """Give a file that the reader has read in."""
    batch = Batch.objects.visible_to(principal).filter(reference=key).first()
    return Subject(batch.file_name, batch.get_absolute_url()) if batch else None


FILE_TRAIL = Trail(name=_("Datei"), fields={}, states=states, find=find)
