# SPDX-License-Identifier: EUPL-1.2
"""Numbers of municipalities from a table of the census: a column for each measure."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.imports import Accepted, Fit, Found, Importer, Made, Option, Origin, Peek, Rejection, Repair, Session, Shape, TableError
from asskomm.core.imports.models import Batch
from asskomm.core.imports.table import read_table
from asskomm.core.visibility import Principal
from asskomm.territory.domain.queries.names import MunicipalityFinder
from asskomm.territory.models import Measure, Municipality, OfficialFigure

KEYS = {"ags": "ags", "ars": "ars", "_rs": "ars", "schlüssel": "ags", "amtlicher gemeindeschlüssel": "ags", "gemeindeschlüssel": "ags"}
NAMES = dict.fromkeys(("name", "gen", "gemeinde", "gemeindename"), "name")
"""Headings of names: they tell which key may be meant."""
CENSUS_DAY = dt.date(2022, 5, 15)
_DAYS = [(day.isoformat(), f"{day:%d.%m.%Y}") for day in (CENSUS_DAY, *(dt.date(year, 12, 31) for year in range(2022, 2032)))]
_MISSING = {"", "-", "–", ".", "/", "x", "…"}
_SPACES = str.maketrans("", "", " \u00a0\u2009\u202f'")
_GERMAN = re.compile(r"(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,\d+)?")
_POINTED = re.compile(r"0\.\d+|\d+\.(?:\d{1,2}|\d{4,})")
_LARGEST = 1e12
_AGS, _ARS, _ARS_OF_LEVEL = 8, 12, (2, 3, 5, 9)


def read_number(text: str) -> float:
    """Read a number as statistical offices write it.

    Raises
    ------
        ValueError: it is none.

    >>> read_number("240.078"), read_number("1 234,5"), read_number("0.125")
    (240078.0, 1234.5, 0.125)
    """
    plain = text.translate(_SPACES)
    if _GERMAN.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif not _POINTED.fullmatch(plain):  # a point before three digits parts thousands
        raise ValueError(text)
    number = float(plain)
    if number >= _LARGEST:
        raise ValueError(text)
    return number


class CensusSession(Session):
    """Reads facts out of the cells of one table."""

    def __init__(self, on: dt.date) -> None:
        """Read keys and measures."""
        self._on = on
        self._places = dict(Municipality.objects.values_list("ags", "name"))
        self._by_ars = {ars: ags for ags, ars in Municipality.objects.exclude(ars="").values_list("ags", "ars")}
        self._measures = {m.key: str(m) for m in Measure.objects.all()}

    def read(self, path: Path) -> Iterator[Found]:
        """Give a fact for each cell that holds a number."""
        table = read_table(path, KEYS | NAMES | headings(), (), others_ignored=True)
        measured = [column for column in table.columns if column in self._measures]
        if not measured or not {"ags", "ars"} & set(table.columns):
            raise TableError(_("Zeile 1: Es fehlen der Gemeindeschlüssel oder eine Spalte mit Zahlen."))
        for row in table.rows:
            yield from self._facts(row.number, row.cells, measured)
        yield from map(Repair, table.repairs)

    def _facts(self, number: int, cells: Mapping[str, str], measured: Sequence[str]) -> Iterator[Found]:
        place = self._place(number, cells)
        if isinstance(place, Rejection | Repair):
            yield place
            return
        for measure in measured:
            text = cells.get(measure, "").strip()
            if text in _MISSING:
                yield Repair(_("Zellen ohne Angabe sind ausgelassen"))
                continue
            try:
                value = read_number(text)
            except ValueError:
                yield Rejection(number, measure, text, _("„%(value)s“ ist keine Zahl.") % {"value": text[:40]})
            else:
                yield Accepted(number, [place, measure, value], (self._places[place], self._measures[measure], text))

    def _place(self, number: int, cells: Mapping[str, str]) -> str | Rejection | Repair:
        column = "ags" if cells.get("ags") else "ars"
        key = cells.get(column, "").strip()
        ags = key if len(key) == _AGS else self._by_ars.get(key, key[:5] + key[9:] if len(key) == _ARS else "")
        if ags in self._places:
            return ags
        if len(key) in _ARS_OF_LEVEL or (len(key) in (_AGS, _ARS) and not key.startswith("14")):
            return Repair(_("Zeilen anderer Länder, Kreise und Verbände sind ausgelassen"))
        reason = _("Eine Kommune mit dem Schlüssel %(key)s ist nicht bekannt.") % {"key": key or "–"}
        return Rejection(number, column, key, reason, self._finder.nearest_key(key, cells.get("name", "")))

    @cached_property
    def _finder(self) -> MunicipalityFinder:
        return MunicipalityFinder.load()

    def write(self, items: Sequence[tuple[int, Any]], batch: Batch) -> Sequence[Made | Rejection]:
        """Write a part; it counts when the batch goes live."""
        rows = [OfficialFigure(municipality_id=place, measure_id=measure, value=value, on=self._on, batch=batch) for _row, (place, measure, value) in items]
        OfficialFigure.objects.bulk_create(rows, batch_size=500)
        return [Made(row.municipality_id) for row in rows]


def headings() -> dict[str, str]:
    """Give every heading in small letters to its measure."""
    return {heading: measure.key for measure in Measure.objects.all() for heading in (measure.key, measure.name.lower(), *measure.headings)}


class CensusImporter(Importer):
    """The table of municipalities of the census of 2022, or any table with keys and known measures."""

    key = "census"
    name = gettext_lazy("Zahlen der Kommunen (Zensus 2022)")
    looks_like = gettext_lazy("CSV- oder XLSX-Tabelle mit Gemeindeschlüssel (8 oder 12 Stellen) und Spalten mit Zahlen, zum Beispiel Einwohner.")
    where = gettext_lazy("Zensusdatenbank der Statistischen Ämter, Tabelle der Gemeinden; Zeilen anderer Länder stören nicht.")
    rule = "territory.change"
    shown = (gettext_lazy("Kommune"), gettext_lazy("Angabe"), gettext_lazy("Wert"))
    options: ClassVar[Mapping[str, Option]] = {"on": Option(gettext_lazy("Stichtag"), _DAYS, CENSUS_DAY.isoformat())}
    origin = Origin(gettext_lazy("Statistische Ämter des Bundes und der Länder"), "dl-de/by-2-0", "https://www.zensus2022.de/", public=True)
    part = 200
    bulk = True
    partly = True

    def sample(self) -> tuple[str, bytes]:
        """Give a table with one municipality."""
        return f"{_('zahlen-vorlage')}.csv", "AGS;Name;Einwohner;Haushalte\r\n14626110;Görlitz, Stadt;55784;–".encode("utf-8-sig")

    def fits(self, peek: Peek) -> Fit | None:
        """Fit where there is a key and a known measure."""
        cells = {cell.strip().lower() for cell in peek.heading}
        measured, keyed = cells & headings().keys(), cells & KEYS.keys()
        if peek.shape is not Shape.TABLE or not measured or not keyed:
            return None
        return Fit(_("der Gemeindeschlüssel und Spalten wie „%(name)s“ sind da") % {"name": min(measured)}, (len(measured) + len(keyed)) / len(cells))

    def open(self, principal: Principal, options: Mapping[str, str]) -> CensusSession:
        """Begin, for the day that was chosen."""
        return CensusSession(dt.date.fromisoformat(options.get("on", CENSUS_DAY.isoformat())))

    def obstacles(self, batch: Batch) -> list[str]:
        """Nothing builds on these rows but what is worked out anew."""
        return []

    def undoing(self, made: Sequence[Made], batch: Batch, principal: Principal) -> Callable[[], int]:
        """Delete a part of the rows, which count no longer anyway."""
        some = list(OfficialFigure.objects.filter(batch=batch).values_list("pk", flat=True)[: self.part])
        return lambda: OfficialFigure.objects.filter(pk__in=some).delete()[0]
