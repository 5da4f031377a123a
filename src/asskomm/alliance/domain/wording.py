# SPDX-License-Identifier: EUPL-1.2
"""Read what people write into the cells of an event: numbers, details, words of a list."""

import re
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import TypeVar

from django.utils.translation import gettext as _

from asskomm.alliance.domain.drafts import RefusalError
from asskomm.alliance.measures import MEASURES
from asskomm.territory.domain.queries.names import fold

T = TypeVar("T")
_GERMAN = re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d{1,2})?|\d+,\d{1,2}")
_PLAIN = re.compile(r"\d+(\.\d{1,2})?")
_MEASURE = re.compile(r"(?P<name>[^\W\d]\w*(?: \w+)*)\s*=\s*(?P<value>[\d.,]+)\s*(?P<percent>%?)")


def read_amount(text: str) -> Decimal | None:
    """Read an amount of money as Germans or machines write it.

    >>> read_amount("1.100.000,50 €"), read_amount("1100000.5"), read_amount("")
    (Decimal('1100000.50'), Decimal('1100000.5'), None)

    Raises
    ------
        RefusalError: it is no amount.
    """
    bare = re.sub(r"\s|€|EUR$|Euro$", "", text.strip())
    if not bare:
        return None
    if _GERMAN.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(bare):
        return Decimal(bare)
    raise RefusalError("amount", _("„%(value)s“ ist kein Betrag. Schreiben Sie zum Beispiel 12.500,00.") % {"value": text})


def read_detail(text: str) -> tuple[tuple[tuple[str, float], ...], str]:
    """Split details such as "participants=230; sessions=17; schöner Tag" into numbers and a note."""
    known = {fold(str(label)): key for key, label in MEASURES.items()} | {key.replace("_", " "): key for key in MEASURES}
    measures: dict[str, float] = {}
    words: list[str] = []
    for part in filter(None, (p.strip() for p in text.split(";"))):
        match = _MEASURE.fullmatch(part)
        if match is None:
            words.append(part)
            continue
        name = fold(match["name"].replace("_", " "))
        measures[known.get(name, match["name"])] = _number(match["value"], percent=bool(match["percent"]))
    return tuple(measures.items()), "; ".join(words)


def _number(text: str, *, percent: bool) -> float:
    amount = read_amount(text) if _GERMAN.fullmatch(text) or _PLAIN.fullmatch(text) else None
    try:
        value = float(amount if amount is not None else text.replace(",", "."))
    except ValueError:
        raise RefusalError("detail", _("„%(value)s“ ist keine Zahl.") % {"value": text}) from None
    value = value / 100 if percent else value
    return int(value) if value.is_integer() else value


def choose(text: str, options: Mapping[str, T], field: str, what: str) -> T:
    """Give the option that a word means; `options` are by folded word.

    Raises
    ------
        RefusalError: no such option; the nearest one is named.
    """
    if (word := fold(text.replace("_", " "))) in options:
        return options[word]
    close = get_close_matches(word, options, n=1, cutoff=0.6)
    meant = options[close[0]] if close else ""
    nearest = str(getattr(meant, "label", meant))
    hint = _(" Meinten Sie „%(nearest)s“?") % {"nearest": nearest} if nearest else ""
    raise RefusalError(field, _("%(what)s „%(value)s“ ist nicht bekannt.") % {"what": what, "value": text} + hint, nearest)
