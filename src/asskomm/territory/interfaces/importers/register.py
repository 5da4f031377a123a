# SPDX-License-Identifier: EUPL-1.2
"""Names, post codes and addresses of municipalities from the state's register."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.imports import Accepted, Duplicate, Found, Made, Origin, Rejection, Repair, Row, Session, TableImporter, read_table
from asskomm.core.imports.models import Batch
from asskomm.core.visibility import Principal
from asskomm.territory.domain.municipalities import CHANGEABLE, change_municipality
from asskomm.territory.domain.queries.names import MunicipalityFinder
from asskomm.territory.models import Municipality

_DISTRICT, _POSTCODE = 5, 5
_TITLES = ("Stadt", "Landeshauptstadt", "Universitätsstadt", "Hochschulstadt")


class RegisterSession(Session):
    """Compares the rows of one table with what is known."""

    def __init__(self, importer: "RegisterImporter", principal: Principal) -> None:
        """Read what is known."""
        self._importer, self._principal = importer, principal
        self._known = Municipality.objects.in_bulk()

    def read(self, path: Path) -> Iterator[Found]:
        """Give the municipalities of which something changes."""
        table = read_table(path, self._importer.aliases, self._importer.needed, others_ignored=True)
        yield from map(Repair, table.repairs)
        for row in table.rows:
            yield from self._changes(row)

    def _changes(self, row: Row) -> Iterator[Found]:
        key = row.cells["key"]
        if len(key) == _DISTRICT:
            yield Repair(_("Zeilen der Landkreise sind ausgelassen"))
            return
        place = self._known.get(key)
        if place is None:
            reason = _("Eine Kommune mit dem Schlüssel %(key)s ist nicht bekannt.") % {"key": key or "–"}
            yield Rejection(row.number, "key", key, reason, self._finder.nearest_key(key, row.cells.get("name", "")))
            return
        values, repairs = _values(row)
        changes = {name: value for name, value in values.items() if value and value != getattr(place, name)}
        if fault := _fault(row, changes, place):
            yield fault
            return
        yield from map(Repair, repairs)
        if changes:
            yield Accepted(row.number, [key, changes], (place.name, "; ".join(f"{self._importer.columns[name]}: {value}" for name, value in changes.items())))
        else:
            yield Duplicate(row.number)

    @cached_property
    def _finder(self) -> MunicipalityFinder:
        return MunicipalityFinder.load()

    def write(self, items: Sequence[tuple[int, Any]], batch: Batch) -> Sequence[Made | Rejection]:
        """Change a part through the verb, and keep what stood there before."""
        return [Made(key, change_municipality(key, changes, by=self._principal)) for _row, (key, changes) in items]


def _values(row: Row) -> tuple[dict[str, str], list[str]]:
    """Give what a row says, and what had to be put right for it."""
    name, repairs = row.cells.get("name", ""), []
    for title in _TITLES:
        if name.endswith(f", {title}"):
            name = name.removesuffix(f", {title}")
            repairs.append(_("Der Zusatz „%(title)s“ hinter dem Namen ist weggelassen") % {"title": title})
    homepage = row.cells.get("homepage", "")
    if doubled := re.match(r"https?://(?=https?://)", homepage):  # the register has it twice in places
        homepage = homepage[doubled.end() :]
        repairs.append(_("Vor der Internetadresse stand „http://“ doppelt"))
    if homepage and "://" not in homepage:
        homepage = f"http://{homepage}"
        repairs.append(_("Vor die Internetadresse ist „http://“ gesetzt"))
    return {"name": name, "postcode": row.cells.get("postcode", ""), "homepage": homepage}, repairs


def _fault(row: Row, changes: Mapping[str, str], place: Municipality) -> Rejection | None:
    postcode, homepage = changes.get("postcode", ""), changes.get("homepage", "")
    if postcode and not (postcode.isdecimal() and len(postcode) == _POSTCODE):
        without_zero = postcode.isdecimal() and len(postcode) == _POSTCODE - 1  # as spreadsheets write it
        nearest = f"0{postcode}" if without_zero else place.postcode
        return Rejection(row.number, "postcode", postcode, _("Eine Postleitzahl hat fünf Ziffern."), nearest)
    try:
        URLValidator(["http", "https"])(homepage or "https://example.org/")
    except ValidationError:
        return Rejection(row.number, "homepage", homepage, _("Das ist keine Internetadresse."), place.homepage)
    return None


class RegisterImporter(TableImporter):
    """The state's register of municipalities."""

    key = "register"
    name = gettext_lazy("Gemeindeverzeichnis des Freistaates")
    looks_like = gettext_lazy("CSV-Tabelle mit SCHLNR, GEMEINDE, PLZ und HOMEPAGE; eine Zeile je Kommune.")
    where = gettext_lazy("Landesdirektion Sachsen, Verzeichnis der Gemeinden; Angaben zu Personen werden nicht gelesen.")
    rule = "territory.change"
    columns: ClassVar = {
        "key": gettext_lazy("Schlüssel"),
        "name": gettext_lazy("Gemeinde"),
        "postcode": gettext_lazy("PLZ"),
        "homepage": gettext_lazy("Internetseite"),
    }
    synonyms: ClassVar = {"schlnr": "key", "gemeinde": "name", "homepage": "homepage", "plz": "postcode"}
    needed = ("key", "name", "postcode")
    shown = (gettext_lazy("Kommune"), gettext_lazy("Was sich ändert"))
    origin = Origin(gettext_lazy("Landesdirektion Sachsen"), public=True)

    def sample(self) -> tuple[str, bytes]:
        """Give a table with one municipality."""
        return f"{_('gemeinden-vorlage')}.csv", "SCHLNR;GEMEINDE;PLZ;HOMEPAGE\r\n14626110;Görlitz, Stadt;02826;https://www.goerlitz.de/neu".encode("utf-8-sig")

    def open(self, principal: Principal, options: Mapping[str, str]) -> RegisterSession:
        """Begin."""
        return RegisterSession(self, principal)

    def obstacles(self, batch: Batch) -> list[str]:
        """What was changed once more since stands in the way."""
        made = {m.key: m.before for m in batch.made.all()}
        later = batch.made.model.objects.filter(batch__importer=self.key, batch__pk__gt=batch.pk, key__in=made).select_related("batch")
        return [_("%(name)s wurde von einer späteren Datei noch einmal geändert.") % {"name": m.key} for m in later[:5]]

    def undoing(self, made: Sequence[Made], batch: Batch, principal: Principal) -> Callable[[], int]:
        """Put back what stood there before."""

        def put_back() -> int:
            for m in made:
                change_municipality(m.key, {name: str(m.before[name]) for name in CHANGEABLE if name in m.before}, by=principal)
            return len(made)

        return put_back
