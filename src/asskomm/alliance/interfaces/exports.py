# SPDX-License-Identifier: EUPL-1.2
"""Take the table along, with areas too, with what the reader may see only."""

from collections.abc import Iterator, Sequence
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.alliance.domain.queries.status import Standing, standing_on
from asskomm.alliance.domain.queries.table import Filters, matching
from asskomm.alliance.enums import Layer
from asskomm.core.estimates import Estimate
from asskomm.core.exports import Column, Sheet
from asskomm.core.exports.datasets import LICENCE, remarks
from asskomm.core.exports.formats import Value
from asskomm.core.visibility import Principal
from asskomm.territory.domain.queries.areas import areas_on
from asskomm.territory.models import Municipality

COLUMNS = (
    Column("ags", gettext_lazy("Schlüssel"), gettext_lazy("Amtlicher Gemeindeschlüssel, acht Stellen")),
    Column("name", gettext_lazy("Kommune"), gettext_lazy("Amtlicher Name")),
    Column("district", gettext_lazy("Landkreis"), gettext_lazy("Landkreis oder Kreisfreie Stadt")),
    Column("type", gettext_lazy("Art"), gettext_lazy("Kreisfreie Stadt, Große Kreisstadt, Stadt oder Gemeinde")),
    Column("population", gettext_lazy("Einwohner"), gettext_lazy("Einwohner am Tag der nächsten Spalte; Quelle: Zensus 2022")),
    Column("population_on", gettext_lazy("Einwohner am"), gettext_lazy("Tag der Einwohnerzahl")),
    *(Column(layer.value, layer.label, gettext_lazy("ja, wenn es am Stand der Tabelle gilt")) for layer in Layer),
    Column("example", gettext_lazy("Beispiel, frei erfunden"), gettext_lazy("ja, wenn mindestens eine Angabe nur auf erfundenen Ereignissen beruht")),
    Column("on", gettext_lazy("Stand"), gettext_lazy("Tag, für den die Angaben gelten")),
)


def table_sheet(filters: Filters, principal: Principal) -> Sheet:
    """Give the table as a sheet."""
    places = list(matching(filters, principal))
    standing = standing_on(filters.on, principal, documented=filters.documented)
    return Sheet(_("Kommunen"), COLUMNS, list(_rows(places, standing, filters)), remarks(filters.on), partial(areas_on, filters.on), LICENCE)


def _rows(places: Sequence[Municipality], standing: Standing, filters: Filters) -> Iterator[list[Value]]:
    yes, no = _("ja"), _("nein")
    for place in places:
        layers = standing.get(place.ags, {})
        yield [
            place.ags,
            place.name,
            place.district.name,
            place.get_kind_display(),
            Estimate(place.population, "persons"),
            place.population_on.isoformat() if place.population_on else None,
            *(yes if layer.value in layers else no for layer in Layer),
            yes if any(layers.values()) else no,
            filters.on.isoformat(),
        ]
