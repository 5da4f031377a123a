# SPDX-License-Identifier: EUPL-1.2
"""Whether the same file was taken over before."""

from django.db.models import Q

from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.models import Batch
from asskomm.core.visibility import Principal


def taken_before(batch: Batch, principal: Principal) -> Batch | None:
    """Give the newest that is live with the same content: one's own, or anybody's where its source is public and it says nothing of persons."""
    same = Batch.objects.filter(sha256=batch.sha256, importer=batch.importer, state=BatchState.LIVE).exclude(pk=batch.pk).select_related("source")
    own = Q(pk__in=Batch.objects.visible_to(principal).values("pk"))
    return same.filter(own if batch.kind.personal else own | Q(source__public=True)).first()
