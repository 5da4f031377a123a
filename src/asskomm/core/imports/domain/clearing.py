# SPDX-License-Identifier: EUPL-1.2
"""Verb: forget files that nobody took over."""

import datetime as dt
import time

from asskomm.core.clock import clock
from asskomm.core.imports.domain import files
from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.models import Batch

KEPT = dt.timedelta(days=7)
_WAITING = (BatchState.READING, BatchState.READY, BatchState.REFUSED, BatchState.DROPPED)


def clear() -> int:
    """Forget files that nobody took over for a week, and files on the disk that belong to nothing; give how many."""
    old = Batch.objects.filter(state__in=_WAITING, created_at__lt=clock.now() - KEPT)
    references = list(old.values_list("reference", flat=True))
    old.delete()
    for reference in references:
        files.remove(reference)
    known = set(Batch.objects.values_list("reference", flat=True))
    stray = [path for path in files.folder().iterdir() if path.name.split(".")[0] not in known and time.time() - path.stat().st_mtime > KEPT.total_seconds()]
    for path in stray:
        path.unlink(missing_ok=True)
    return len(references) + len(stray)
