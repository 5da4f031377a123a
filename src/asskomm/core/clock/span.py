# SPDX-License-Identifier: EUPL-1.2
"""A date as people know it: to the day, the month or the year."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EARLIEST_YEAR = 1990
_MONTHS = ("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember")
_ENGLISH_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH_NAMES = {word: number for names in (_MONTHS, _ENGLISH_MONTHS) for number, name in enumerate(names, 1) for word in (name, name[:3])} | {
    "maerz": 3,
    "sept": 9,
}
_SHAPES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]00:00(?::00)?)?"),
    re.compile(r"(?P<day>\d{1,2})\.\s*(?P<month>\d{1,2})\.\s*(?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})\.\s*(?P<name>[^\W\d]+)\.?\s+(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})[./]\s*(?P<year>\d{4})"),
    re.compile(r"(?P<name>[^\W\d]+)\.?\s+(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})"),
)


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"

    @property
    def label(self) -> str:
        """The word on the screen."""
        return str(_PRECISION_LABELS[self])


_PRECISION_LABELS = {Precision.DAY: gettext_lazy("Tag"), Precision.MONTH: gettext_lazy("Monat"), Precision.YEAR: gettext_lazy("Jahr")}
_PRECISION_WORDS = {p.value: p for p in Precision} | {"tag": Precision.DAY, "monat": Precision.MONTH, "jahr": Precision.YEAR}
_COARSENESS = {Precision.DAY: 0, Precision.MONTH: 1, Precision.YEAR: 2}


class SpanError(ValueError):
    """A date that cannot be read; the message is a sentence for the user."""


@dataclass(frozen=True, order=True)
class Span:
    """A day, a month or a year; it counts from its last day.

    >>> Span.parse("Juli 2021")
    Span(first=datetime.date(2021, 7, 1), precision=<Precision.MONTH: 'month'>)
    >>> Span.parse("2021-07").last
    datetime.date(2021, 7, 31)
    """

    first: dt.date
    precision: Precision = Precision.DAY

    @property
    def last(self) -> dt.date:
        """The day from which the event counts."""
        if self.precision is Precision.YEAR:
            return dt.date(self.first.year, 12, 31)
        if self.precision is Precision.MONTH:
            return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])
        return self.first

    @classmethod
    def parse(cls, text: str, precision: str = "") -> Self:
        """Read a date as a clerk writes it; `precision` may only be coarser than the date.

        Raises
        ------
            SpanError: no such date, an unknown shape, or a precision that the date does not have.
        """
        span = cls._read(text.strip())
        if not precision.strip():
            return span
        wanted = _PRECISION_WORDS.get(precision.strip().lower())
        if wanted is None:
            raise SpanError(_("Genauigkeit „%(value)s“ ist unbekannt. Möglich sind: day, month, year (Tag, Monat, Jahr).") % {"value": precision})
        if _COARSENESS[wanted] < _COARSENESS[span.precision]:
            raise SpanError(
                _("„%(value)s“ nennt keinen genauen Tag oder Monat, wie es die Genauigkeit „%(precision)s“ verlangt.")
                % {"value": text, "precision": wanted.label}
            )
        return cls(_floor(span.first, wanted), wanted)

    @classmethod
    def _read(cls, text: str) -> Self:
        for shape in _SHAPES:
            match = shape.fullmatch(text)
            if match and _knows_month(parts := match.groupdict()):
                return cls._build(text, parts)
        raise SpanError(_("„%(value)s“ ist kein Datum. Schreiben Sie zum Beispiel 14.09.2023, 09.2023, September 2023 oder 2023.") % {"value": text})

    @classmethod
    def _build(cls, text: str, parts: dict[str, str]) -> Self:
        month = int(parts["month"]) if "month" in parts else _MONTH_NAMES[parts["name"].lower()] if "name" in parts else None
        precision = Precision.DAY if "day" in parts else Precision.MONTH if month is not None else Precision.YEAR
        try:
            first = dt.date(int(parts["year"]), 1 if month is None else month, int(parts.get("day", 1)))
        except ValueError:
            raise SpanError(_("Den Tag „%(value)s“ gibt es nicht.") % {"value": text}) from None
        return cls(first, precision)

    def refuse_outside(self, today: dt.date) -> None:
        """Refuse what lies before 1990 or begins after tomorrow.

        Raises
        ------
            SpanError: with the sentence for the user.
        """
        if self.first.year < EARLIEST_YEAR:
            raise SpanError(_("%(date)s liegt vor 1990. Bitte das Jahr prüfen.") % {"date": self})
        if self.first > today + dt.timedelta(days=1):
            raise SpanError(_("%(date)s liegt in der Zukunft. Ein Ereignis kann spätestens morgen sein.") % {"date": self})

    def __str__(self) -> str:
        """Show it as on the screen: 14.09.2023, Juli 2021, 2021."""
        if self.precision is Precision.DAY:  # by far the most common, and the same in every language
            return f"{self.first.day:02}.{self.first.month:02}.{self.first.year}"
        return date_format(self.first, "F Y" if self.precision is Precision.MONTH else "Y")


def _floor(day: dt.date, precision: Precision) -> dt.date:
    return {Precision.DAY: day, Precision.MONTH: day.replace(day=1), Precision.YEAR: day.replace(month=1, day=1)}[precision]


def _knows_month(parts: dict[str, str]) -> bool:
    return "name" not in parts or parts["name"].lower() in _MONTH_NAMES
