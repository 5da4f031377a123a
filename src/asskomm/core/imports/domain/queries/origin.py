# SPDX-License-Identifier: EUPL-1.2
"""From which file an object came."""

from collections.abc import Collection

from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.models import MadeObject
from asskomm.core.provenance.models import Source
from asskomm.core.visibility import Principal


def source_of(importer: str, key: str, principal: Principal) -> Source | None:
    """Give the source of an object that a file made, where the reader may see it."""
    return sources_of(importer, [key], principal).get(key)


def sources_of(importer: str, keys: Collection[str], principal: Principal) -> dict[str, Source]:
    """Give the sources of objects that files made, where the reader may see them; two queries."""
    made = MadeObject.objects.filter(key__in=keys, batch__importer=importer, batch__state=BatchState.LIVE).order_by("pk")
    came_from = dict(made.values_list("key", "batch__source"))
    sources = Source.objects.visible_to(principal).in_bulk(set(came_from.values()))
    return {key: sources[number] for key, number in came_from.items() if number in sources}
