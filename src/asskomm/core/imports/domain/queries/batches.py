# SPDX-License-Identifier: EUPL-1.2
"""Files of one's own that are still there."""

from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.models import Batch, BatchQuerySet
from asskomm.core.visibility import Principal


def batches_of(principal: Principal) -> BatchQuerySet:
    """Give what the reader handed in and did not drop, newest first, with job and source."""
    return Batch.objects.visible_to(principal).exclude(state=BatchState.DROPPED).select_related("job", "source")
