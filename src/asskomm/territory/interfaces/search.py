# SPDX-License-Identifier: EUPL-1.2
"""Municipalities as documents of the search."""

import datetime as dt
from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from asskomm.core.search import Document, Source
from asskomm.territory.models import Municipality


def documents(keys: Collection[str] | None) -> Iterator[Document]:
    """Give municipalities with their district, keys and the municipalities that went into them; former ones stand for themselves too."""
    rows = Municipality.objects.select_related("district", "successor").prefetch_related("predecessors").order_by("ags")
    for place in rows if keys is None else rows.filter(ags__in=keys):
        yield Document(place.ags, place.name, _text(place), place.get_absolute_url())


def _text(place: Municipality) -> str:
    today = place.valid_to == dt.date.max
    former = ", ".join(sorted(former.name for former in place.predecessors.all()))
    sentences = (
        f"{place.get_kind_display()}, {place.district.name}",
        f"PLZ {place.postcode}" if place.postcode else "",
        f"Gemeindeschlüssel {place.ags}",
        f"aufgenommen: {former}" if former else "",
        "" if today else f"bis {place.valid_to:%d.%m.%Y}, heute {place.successor}",
    )
    return " · ".join(filter(None, sentences))


MUNICIPALITIES = Source(_("Kommunen"), documents)
