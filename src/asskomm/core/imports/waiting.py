# SPDX-License-Identifier: EUPL-1.2
"""Which files have to lie there for what waits at the door."""

from collections.abc import Iterator


def waiting_files() -> Iterator[str]:
    """Give the paths, within the data folder, of uploads to be read and of accepted rows to be taken over."""
    from asskomm.core.imports.enums import BatchState
    from asskomm.core.imports.models import Batch

    for reference in Batch.objects.filter(state=BatchState.READING).values_list("reference", flat=True):
        yield f"incoming/{reference}"
    for reference in Batch.objects.filter(state__in=(BatchState.READY, BatchState.COMMITTING)).values_list("reference", flat=True):
        yield f"incoming/{reference}.accepted"
