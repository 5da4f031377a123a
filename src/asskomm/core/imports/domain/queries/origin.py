# SPDX-License-Identifier: EUPL-1.2
"""From which file an object came."""

from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.models import MadeObject
from asskomm.core.provenance.models import Source
from asskomm.core.visibility import Principal


def source_of(importer: str, key: str, principal: Principal) -> Source | None:
    """Give the source of an object that a file made, where the reader may see it."""
    made = MadeObject.objects.filter(key=key, batch__importer=importer, batch__state=BatchState.LIVE)
    return Source.objects.visible_to(principal).filter(batches__in=made.values("batch")).first()
