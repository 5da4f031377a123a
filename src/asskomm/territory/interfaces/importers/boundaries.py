# SPDX-License-Identifier: EUPL-1.2
"""Boundaries of the municipalities: VG250 and the like, as GeoPackage, Shape files in an archive, or GeoJSON."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.imports import Fit, Found, Importer, Made, Option, Origin, Peek, Rejection, Repair, Session
from asskomm.core.imports.layers import open_layer, seen_layer
from asskomm.core.imports.models import Batch
from asskomm.core.visibility import Principal
from asskomm.territory.domain.boundaries import PART, SetDescription, begin_set, complete_set, keep_areas, remove_areas
from asskomm.territory.domain.load import DATA
from asskomm.territory.domain.queries.names import MunicipalityFinder
from asskomm.territory.domain.queries.stages import period_on
from asskomm.territory.interfaces.importers.areas import GEOMETRY, Judge

WORD = "gem"
"""Layers of municipalities have it in their names: vg250_gem, VG5000_GEM, gemeinden."""
RECOGNISED = "recognised"
_DAYS = [dt.date(year, month, day) for year in range(2016, 2033) for month, day in ((1, 1), (12, 31))]
_SAMPLE = {"14626110": "Görlitz", "14626330": "Neißeaue", "14626520": "Schöpstal"}
_SURE, _LIKELY = 0.9, 0.6
_LICENCE = "dl-de/by-2-0"


@dataclass(frozen=True)
class Publisher:
    """Who publishes boundaries, and how it wants to be named."""

    name: str | Promise
    attribution: str
    address: str

    @property
    def origin(self) -> Origin:
        """Where files of it come from."""
        return Origin(self.name, _LICENCE, self.address, public=True)


PUBLISHERS = {
    "bkg": Publisher(
        gettext_lazy("Bundesamt für Kartographie und Geodäsie (BKG)"),
        "© GeoBasis-DE / BKG {year} (Daten verändert), dl-de/by-2-0",
        "https://gdz.bkg.bund.de/",
    ),
    "geosn": Publisher(
        gettext_lazy("Landesamt für Geobasisinformation Sachsen (GeoSN)"),
        "© GeoSN {year} (Daten verändert), dl-de/by-2-0",
        "https://www.geodaten.sachsen.de/",
    ),
}


class BoundarySession(Session):
    """Reads the areas of one file, and keeps them as one set."""

    def __init__(self, options: Mapping[str, str]) -> None:
        """Hold what was chosen."""
        self._on, self._publisher = options.get("on", RECOGNISED), options.get("publisher", "bkg")

    def read(self, path: Path) -> Iterator[Found]:
        """Give an area for each municipality of the state."""
        with open_layer(path, WORD) as layer:
            judge = Judge(layer, MunicipalityFinder.load())
            yield from map(Repair, layer.repairs)
            for row in layer.rows:
                yield from judge.take(row)
        yield from judge.conclude()

    def write(self, items: Sequence[tuple[int, Any]], batch: Batch) -> Sequence[Made | Rejection]:
        """Keep a part of the areas."""
        _key, since, recognised, _wkb = items[0][1]
        described, remarks = self._description(dt.date.fromisoformat(since), dt.date.fromisoformat(recognised))
        kept, new = begin_set(batch, described)
        keep_areas(kept, {ags: bytes.fromhex(wkb) for _row, (ags, _since, _day, wkb) in items})
        return [*(remarks if new else []), *(Made(item[0]) for _row, item in items)]

    def _description(self, since: dt.date, recognised: dt.date) -> tuple[SetDescription, list[Rejection]]:
        """Describe the set by the day that was chosen, unless the keys of the file are those of other days."""
        chosen = recognised if self._on == RECOGNISED else dt.date.fromisoformat(self._on)
        fits = since <= chosen <= period_on(since).last
        as_of = chosen if fits else recognised
        reason = _("Zu diesem Stand passen die Schlüssel der Datei nicht; genommen wurde der %(day)s.") % {"day": f"{as_of:%d.%m.%Y}"}
        remarks = [] if fits else [Rejection(0, "on", f"{chosen:%d.%m.%Y}", reason, f"{as_of:%d.%m.%Y}")]
        return SetDescription(as_of, since, PUBLISHERS[self._publisher].attribution.format(year=as_of.year)), remarks


class BoundaryImporter(Importer):
    """Areas of municipalities, from which map, exports and the question where a point lies are answered."""

    key = "boundaries"
    name = gettext_lazy("Grenzen der Kommunen (VG250)")
    looks_like = gettext_lazy("GeoPackage, Shape-Dateien als ZIP oder GeoJSON mit Gemeindeschlüssel (8 oder 12 Stellen); Zeilen anderer Länder stören nicht.")
    where = gettext_lazy("Bundesamt für Kartographie und Geodäsie, „Verwaltungsgebiete 1:250 000“ (VG250), kostenfrei.")
    rule = "territory.change"
    shown = (gettext_lazy("Kommune"), gettext_lazy("Schlüssel"), gettext_lazy("Fläche in km²"))
    columns: ClassVar = {GEOMETRY: gettext_lazy("Fläche"), "on": gettext_lazy("Stand")}
    options: ClassVar[Mapping[str, Option]] = {
        "on": Option(
            gettext_lazy("Stand"),
            [(RECOGNISED, gettext_lazy("aus der Datei erkannt")), *((day.isoformat(), f"{day:%d.%m.%Y}") for day in _DAYS)],
            RECOGNISED,
        ),
        "publisher": Option(gettext_lazy("Herausgeber"), [(key, publisher.name) for key, publisher in PUBLISHERS.items()], "bkg"),
    }
    origin = PUBLISHERS["bkg"].origin
    part = PART
    undo_part = PART
    bulk = True

    def sample(self) -> tuple[str, bytes]:
        """Give a file with three municipalities out of the boundaries that come with the program."""
        content = json.loads((DATA / "boundaries.geojson").read_text("utf-8"))
        features = [
            {"type": "Feature", "properties": {"AGS": key, "GEN": _SAMPLE[key]}, "geometry": feature["geometry"]}
            for feature in content["features"]
            if (key := feature["properties"]["ags"]) in _SAMPLE
        ]
        text = json.dumps({"type": "FeatureCollection", "name": "gemeinden", "features": features}, ensure_ascii=False)
        return f"{_('grenzen-vorlage')}.geojson", text.encode()

    def fits(self, peek: Peek) -> Fit | None:
        """Fit where there is a geo file; the better the more its beginning says of municipalities."""
        seen = seen_layer(peek)
        words = b" ".join([peek.start, *(name.encode() for name in peek.members)]).lower()
        sure = any(mark in words for mark in (b'"ags', b'"ars', b"vg250", b"gemeinde"))
        return Fit(_("die Datei ist %(what)s") % {"what": seen}, _SURE if sure else _LIKELY) if seen else None

    def open(self, principal: Principal, options: Mapping[str, str]) -> BoundarySession:
        """Begin."""
        return BoundarySession(options)

    def prepare(self, batch: Batch, principal: Principal) -> Iterator[Callable[[], None]]:
        """Fill up, carry mergers out, draw the map."""
        return complete_set(batch)

    def origin_of(self, batch: Batch) -> Origin:
        """Name the publisher that was chosen."""
        return PUBLISHERS[batch.options.get("publisher", "bkg")].origin

    def obstacles(self, batch: Batch) -> list[str]:
        """Nothing builds on a set; without it the former one answers again."""
        return []

    def undoing(self, made: Sequence[Made], batch: Batch, principal: Principal) -> Callable[[], int]:
        """Delete a part of the areas, which count no longer anyway."""
        return lambda: remove_areas(batch, self.undo_part)
