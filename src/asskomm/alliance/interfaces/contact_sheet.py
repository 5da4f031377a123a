# SPDX-License-Identifier: EUPL-1.2
"""Take along who is not in the alliance yet."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.exports import Column, Sheet
from asskomm.core.exports.formats import Value
from asskomm.territory.models import MunicipalityQuerySet

COLUMNS = (
    Column("ags", gettext_lazy("Schlüssel"), gettext_lazy("Amtlicher Gemeindeschlüssel, acht Stellen")),
    Column("name", gettext_lazy("Kommune"), gettext_lazy("Amtlicher Name")),
    Column("district", gettext_lazy("Landkreis"), gettext_lazy("Landkreis oder Kreisfreie Stadt")),
    Column("heard", gettext_lazy("Zuletzt gehört"), gettext_lazy("Tag des letzten Ereignisses")),
    Column("next", gettext_lazy("Nächster Kontakt"), gettext_lazy("Tag, für den er geplant ist")),
    Column("note", gettext_lazy("Notiz"), gettext_lazy("Was besprochen ist und was als Nächstes kommt")),
)


def contact_sheet(rows: MunicipalityQuerySet) -> Sheet:
    """Give the list as a sheet."""
    return Sheet(_("Noch nicht dabei"), COLUMNS, list(_cells(rows)))


def _cells(rows: MunicipalityQuerySet) -> Iterator[list[Value]]:
    for place in rows:
        plan = getattr(place, "next_contact", None)
        heard, day = place.heard, plan.day if plan else None  # type: ignore[attr-defined] # -- annotated by the query
        yield [
            place.ags,
            place.name,
            place.district.name,
            heard.isoformat() if heard else None,
            day.isoformat() if day else None,
            plan.note if plan else "",
        ]
