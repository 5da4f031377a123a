# SPDX-License-Identifier: EUPL-1.2
"""Whose area a row of a layer is: the keys of municipalities as the publishers write them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from asskomm.core.imports import Rejection, Repair, TableError
from asskomm.core.imports.layers import LayerRow
from asskomm.territory.domain.queries.names import MunicipalityFinder

STATE = "14"
AGS, ARS = 8, 12
_ABOVE = (2, 3, 5, 9)  # keys of countries, regions, districts, associations
_KEYS = ("ags", "ags_0", "gemeindeschlüssel", "schluessel", "schlüssel")
_LONG_KEYS = ("ars", "rs", "ars_0", "rs_0", "regionalschlüssel")
_NAMES = ("gen", "name", "gemeinde")
_WATER = ("1", "2")  # VG250, column GF: 1 and 2 water, 3 and 4 land, 9 both


@dataclass(frozen=True)
class Columns:
    """Which columns of the layer hold what; empty where there is none."""

    key: str
    long_key: str
    name: str
    water: str
    begin: str

    @classmethod
    def among(cls, columns: Sequence[str]) -> "Columns":
        """Find them.

        Raises
        ------
            TableError: none holds a key.
        """
        known = {column.lower(): column for column in reversed(columns)}

        def first(names: Sequence[str]) -> str:
            return next((known[name] for name in names if name in known), "")

        found = cls(first(_KEYS), first(_LONG_KEYS), first(_NAMES), first(("gf",)), first(("beginn",)))
        if not found.key and not found.long_key:
            raise TableError(
                _("Es fehlt die Spalte mit dem Gemeindeschlüssel („AGS“ oder „ARS“). Gefunden: %(found)s.") % {"found": ", ".join(columns)[:200] or "–"}
            )
        return found


@dataclass(frozen=True)
class KeyReader:
    """Reads the key of a row, and says what could have been meant by a wrong one."""

    columns: Columns
    finder: MunicipalityFinder

    def read(self, row: LayerRow) -> str | Rejection | Repair:
        """Give the key in eight digits, or why the row is left out."""
        text = row.cells.get(self.columns.key, "") or row.cells.get(self.columns.long_key, "")
        if not text:
            return self._rejection(row, "", _("Die Zeile hat keinen Gemeindeschlüssel."))
        if not text.isdecimal() or len(text) not in {AGS, ARS, *_ABOVE}:
            return self._rejection(row, text, _("Das ist kein Gemeindeschlüssel; er hat 8 oder 12 Ziffern."))
        if left_out := self._left_out(row, text):
            return Repair(left_out)
        key = text if len(text) == AGS else text[:5] + text[-3:]
        if key not in self.finder.by_key:
            return self._rejection(row, text, _("Eine Kommune mit dem Schlüssel %(key)s ist nicht bekannt.") % {"key": text})
        return key

    def _left_out(self, row: LayerRow, text: str) -> str:
        if len(text) in _ABOVE:
            return _("Zeilen von Ländern, Kreisen und Verbänden sind ausgelassen")
        if not text.startswith(STATE):
            return _("Kommunen anderer Länder sind ausgelassen")
        return _("Wasserflächen (GF 1 und 2) sind ausgelassen") if row.cells.get(self.columns.water, "") in _WATER else ""

    def _rejection(self, row: LayerRow, text: str, reason: str) -> Rejection:
        return Rejection(
            row.number, self.columns.key or self.columns.long_key, text, reason, self.finder.nearest_key(text, row.cells.get(self.columns.name, ""))
        )
