# SPDX-License-Identifier: EUPL-1.2
"""Verb: note that somebody looks into a file, where it holds personal data; page, table and API do it alike."""

from asskomm.core.audit.domain.reading import note_read
from asskomm.core.imports.domain.door import TRAIL
from asskomm.core.imports.models import Batch
from asskomm.core.visibility import Principal


def note_look(batch: Batch, *, by: Principal) -> None:
    """Note the look, unless the file says nothing about persons."""
    if batch.kind.personal:
        note_read(TRAIL, batch.reference, by=by)
