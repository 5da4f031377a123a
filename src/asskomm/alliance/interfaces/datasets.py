# SPDX-License-Identifier: EUPL-1.2
"""Tables of this room to take along: municipalities with where they stand, and events."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.alliance.domain.queries.table import Filters
from asskomm.alliance.interfaces.exports import COLUMNS, table_sheet
from asskomm.alliance.models import Event
from asskomm.core.estimates import Basis, Estimate
from asskomm.core.exports import Column
from asskomm.core.exports.datasets import Dataset
from asskomm.core.exports.formats import Value
from asskomm.core.visibility import Principal
from asskomm.territory.domain.queries.areas import areas_on

_PRECISIONS = {"day": gettext_lazy("Tag"), "month": gettext_lazy("Monat"), "year": gettext_lazy("Jahr")}
MUNICIPALITIES = Dataset(
    "kommunen",
    gettext_lazy("Kommunen"),
    gettext_lazy("Eine Zeile je Kommune des Tages, mit dem, was dort gilt."),
    COLUMNS,
    lambda principal, on: table_sheet(Filters(on=on), principal).rows,
    areas=areas_on,
)


def _events(principal: Principal, on: dt.date) -> Iterator[Sequence[Value]]:
    """Give the events that count by a day, oldest first."""
    rows = Event.objects.current().visible_to(principal).filter(counts_from__lte=on).for_reading().order_by("counts_from", "pk")
    for event in rows.iterator(chunk_size=500):
        places = sorted(event.municipalities.all(), key=lambda place: place.ags)
        yield (
            event.reference,
            str(event.span),
            event.first_day.isoformat(),
            str(_PRECISIONS[event.precision]),
            event.kind_id,
            str(event.kind),
            " | ".join(place.ags for place in places),
            " | ".join(place.name for place in places),
            " | ".join(sorted(body.name for body in event.parties.all())),
            " | ".join(sorted(_(field.name) for field in event.fields.all())),
            event.get_status_display(),
            Estimate(float(event.amount) if event.amount is not None else None, "EUR", Basis.REPORTED),
            event.source,
            _("ja") if event.example else _("nein"),
        )


EVENT_TABLE = Dataset(
    "ereignisse",
    gettext_lazy("Ereignisse"),
    gettext_lazy("Eine Zeile je Ereignis, das bis zu dem Tag zählt, in der heutigen Fassung."),
    (
        Column("reference", gettext_lazy("Kennung"), gettext_lazy("Kennung des Ereignisses, steht auch in seiner Adresse")),
        Column("date", gettext_lazy("Datum"), gettext_lazy("Tag, Monat oder Jahr, wie es bekannt ist")),
        Column("first_day", gettext_lazy("Erster Tag"), gettext_lazy("Erster Tag dieser Angabe, zum Sortieren")),
        Column("precision", gettext_lazy("Genauigkeit"), gettext_lazy("Tag, Monat oder Jahr: wie genau das Datum bekannt ist")),
        Column("kind", gettext_lazy("Schlüssel der Art"), gettext_lazy("Schlüssel der Art, wie ihn das Einlesen versteht")),
        Column("kind_name", gettext_lazy("Art"), gettext_lazy("Art des Ereignisses")),
        Column("municipality", gettext_lazy("Schlüssel der Kommunen"), gettext_lazy("Amtliche Gemeindeschlüssel, durch | getrennt")),
        Column("municipality_name", gettext_lazy("Kommunen"), gettext_lazy("Namen der Kommunen, durch | getrennt")),
        Column("parties", gettext_lazy("Beteiligte"), gettext_lazy("Weitere Organisationen, durch | getrennt")),
        Column("fields", gettext_lazy("Handlungsfelder"), gettext_lazy("Handlungsfelder, durch | getrennt")),
        Column("status", gettext_lazy("Status"), gettext_lazy("gemeldet oder vom Landespräventionsrat bestätigt")),
        Column("amount", gettext_lazy("Betrag"), gettext_lazy("Betrag in Euro, wo einer dazugehört")),
        Column("source", gettext_lazy("Quelle"), gettext_lazy("Woher das Ereignis bekannt ist")),
        Column("example", gettext_lazy("Beispiel, frei erfunden"), gettext_lazy("ja, wenn das Ereignis ausgedacht ist")),
    ),
    _events,
)
