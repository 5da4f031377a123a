# SPDX-License-Identifier: EUPL-1.2
"""Find a municipality by what people write: key, name, former name, with or without its type."""

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.territory.models import Municipality

_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_TYPES = re.compile(r"\b(grosse kreisstadt|kreisfreie stadt|landeshauptstadt|universitaetsstadt|hochschulstadt|bergstadt|stadt|gemeinde|kurort)\b")
_SHORT = re.compile(r"\s*(?:/|\(|\bb\.|\bbei\b|\bin\b|\bim\b|\bam\b|\ba\. ?d\.|\bO\.L\.)")
_AGS_LENGTH, _ARS_LENGTH = 8, 12
_MOST_CANDIDATES = 5
_ONE_DIGIT_OFF = 0.85


class UnknownPlaceError(ValueError):
    """A municipality that is not known or not one only; `nearest` is the closest valid name."""

    def __init__(self, message: str, nearest: str = "") -> None:
        """Keep the sentence and the nearest name."""
        super().__init__(message)
        self.nearest = nearest


def fold(text: str) -> str:
    """Write a name in one way: small letters, umlauts as ae/oe/ue, nothing but letters and digits.

    >>> fold("Große Kreisstadt Weißwasser/O.L."), fold("GOERLITZ, Stadt")
    ('weisswasser o l', 'goerlitz')
    """
    plain = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    folded = " ".join(re.findall(r"[a-z0-9]+", plain))
    return " ".join(_TYPES.sub(" ", folded).split()) or folded


def short_name(name: str) -> str:
    """Give a name without its addition.

    >>> short_name("Auerbach/Vogtl."), short_name("Neustadt in Sachsen")
    ('Auerbach', 'Neustadt')
    """
    return _SHORT.split(name, maxsplit=1)[0].strip() or name


@dataclass
class MunicipalityFinder:
    """All names and keys in memory, for many look-ups in one file or form."""

    by_key: dict[str, Municipality] = field(default_factory=dict)
    by_name: dict[str, list[Municipality]] = field(default_factory=lambda: defaultdict(list))
    by_name_and_district: dict[str, Municipality] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "MunicipalityFinder":
        """Read every municipality, former ones too, in one query."""
        finder = cls()
        for municipality in Municipality.objects.select_related("district"):
            finder.add(municipality)
        return finder

    def add(self, municipality: Municipality) -> None:
        """Take up one municipality under its keys and names."""
        for key in filter(None, (municipality.ags, municipality.ars)):
            self.by_key[key] = municipality
        self.by_name_and_district[fold(f"{municipality.name} ({municipality.district.name})")] = municipality
        for name in _names(municipality):
            self.by_name[name].append(municipality)

    def find(self, text: str, on: dt.date) -> Municipality:
        """Give the municipality that is meant, as it exists on a day.

        Raises
        ------
            UnknownPlaceError: nothing, or more than one, goes by this name or key.
        """
        meant = self._meant(text.strip())
        while not meant.valid_from <= on <= meant.valid_to:
            if on > meant.valid_to and meant.successor_id:
                meant = self.by_key[meant.successor_id]
            else:
                raise UnknownPlaceError(self._not_yet(meant, on))
        return meant

    def _meant(self, text: str) -> Municipality:
        if text.isdecimal():
            return self._by_key(text)
        if exact := self.by_name_and_district.get(fold(text)):
            return exact  # in one district there are Neukirch and Neukirch/Lausitz, whose short name is the same
        found = self.by_name.get(fold(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownPlaceError(_("„%(name)s“ ist nicht eindeutig. Gemeint sein kann: %(candidates)s.") % {"name": text, "candidates": _described(found)})
        nearest = self._nearest(text)
        hint = _(" Meinten Sie „%(nearest)s“?") % {"nearest": nearest} if nearest else ""
        raise UnknownPlaceError(_("Eine Kommune „%(name)s“ ist nicht bekannt.") % {"name": text} + hint, nearest)

    def _by_key(self, text: str) -> Municipality:
        if text in self.by_key:
            return self.by_key[text]
        raise UnknownPlaceError(_("Eine Kommune mit dem Schlüssel %(key)s ist nicht bekannt.") % {"key": text}, self.nearest_key(text))

    def nearest_key(self, key: str, name: str = "") -> str:
        """Give the key of the municipality of that name today, else the one that is written most alike, if no other is as much alike."""
        try:
            return self.find(name, clock.today()).ags
        except UnknownPlaceError:
            return self._written_alike(key)

    def _written_alike(self, key: str) -> str:
        from difflib import SequenceMatcher, get_close_matches

        def likeness(other: str) -> tuple[float, int]:
            return SequenceMatcher(None, other, key).ratio(), sum(one == two for one, two in zip(other, key, strict=False))

        found = sorted(get_close_matches(key, self.by_key, n=_MOST_CANDIDATES, cutoff=_ONE_DIGIT_OFF), key=likeness, reverse=True)
        alike = [other for other in found if likeness(other) == likeness(found[0])]
        return alike[0] if len(alike) == 1 else ""

    def _nearest(self, text: str) -> str:
        from difflib import get_close_matches

        close = get_close_matches(fold(text), self.by_name, n=1, cutoff=0.75)
        return self.by_name[close[0]][0].name if close else ""

    def _not_yet(self, municipality: Municipality, on: dt.date) -> str:
        before = _described([m for m in self.by_key.values() if m.successor_id == municipality.ags])
        text = _("%(name)s gibt es erst seit %(since)s. Für den %(day)s gilt: %(before)s.")
        return text % {"name": municipality.name, "since": f"{municipality.valid_from:%d.%m.%Y}", "day": f"{on:%d.%m.%Y}", "before": before}


def _names(municipality: Municipality) -> set[str]:
    district = municipality.district.name
    return {fold(form) for base in (municipality.name, short_name(municipality.name)) for form in (base, f"{base} ({district})")}


def _described(candidates: list[Municipality]) -> str:
    distinct = {m.ags: m for m in candidates}.values()
    shown = [f"{m.name} ({m.district.name}, {m.ags})" for m in sorted(distinct, key=lambda m: m.ags)[:_MOST_CANDIDATES]]
    return "; ".join(shown)
