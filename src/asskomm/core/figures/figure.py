# SPDX-License-Identifier: EUPL-1.2
"""What a figure is: key, words, kind, unit, and how it answers a question."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, ClassVar, TypeVar, overload

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from asskomm.core.estimates import Estimate
from asskomm.core.slots import Slot
from asskomm.core.visibility import SYSTEM, Principal

Words = str | Promise
T = TypeVar("T")


class FigureKind(StrEnum):
    """What "on a day" means for a figure."""

    STOCK = "stock"
    TOTAL = "total"
    PERIOD = "period"

    @property
    def label(self) -> str:
        """The words on the screen."""
        return str(_KIND_LABELS[self])


_KIND_LABELS = {FigureKind.STOCK: _("Bestand am Stichtag"), FigureKind.TOTAL: _("insgesamt seit Beginn"), FigureKind.PERIOD: _("im Zeitraum")}


class Breakdown(StrEnum):
    """By what a figure can be split."""

    DISTRICT = "district"
    KIND = "type"
    SIZE = "size"
    FIELD = "field"
    YEAR = "year"

    @property
    def label(self) -> str:
        """The words on the screen."""
        return str(_BREAKDOWN_LABELS[self])


_BREAKDOWN_LABELS = {
    Breakdown.DISTRICT: _("Landkreis"),
    Breakdown.KIND: _("Art der Kommune"),
    Breakdown.SIZE: _("Größenklasse"),
    Breakdown.FIELD: _("Handlungsfeld"),
    Breakdown.YEAR: _("Jahr"),
}


@dataclass(frozen=True)
class Question:
    """What is asked of a figure.

    Args:
        on: the day that is asked about.
        known_on: as it was known when this day was over; `None` for as known now.
        documented: from published facts only.
        reader: who asks; decides which rows are shown, never the value.
    """

    on: dt.date
    known_on: dt.date | None = None
    documented: bool = False
    reader: Principal = SYSTEM


@dataclass(frozen=True)
class Evidence:
    """One row behind a figure."""

    label: str
    date: str
    event: str
    kind: str
    place: str = ""
    district: str = ""
    source: str = ""
    example: bool = False

    def as_json(self) -> dict[str, object]:
        """Give the fields as the API shows them."""
        return asdict(self)


@dataclass(frozen=True)
class Answer:
    """The value with the sentence that belongs to it."""

    estimate: Estimate
    note: str = ""
    example: bool = False


class Rows(Sequence[Evidence]):
    """Rows that are fetched only when somebody looks at them, so that a page costs what it shows.

    Args:
        groups: what each row stands for, in order.
        build: makes the rows of some groups.
    """

    def __init__(self, groups: Sequence[T], build: Callable[[Sequence[T]], Sequence[Evidence]]) -> None:
        """Keep both."""
        self._groups: Sequence[Any] = groups
        self._build: Callable[[Sequence[Any]], Sequence[Evidence]] = build

    def __len__(self) -> int:
        """Count the rows without fetching one."""
        return len(self._groups)

    @overload
    def __getitem__(self, index: int) -> Evidence: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Evidence]: ...
    def __getitem__(self, index: int | slice) -> Evidence | Sequence[Evidence]:
        """Fetch a row or a stretch of rows."""
        return self._build(self._groups[index]) if isinstance(index, slice) else self._build([self._groups[index]])[0]

    def __iter__(self) -> Iterator[Evidence]:
        """Fetch all at once."""
        return iter(self[:])


@dataclass(frozen=True)
class Drilldown:
    """The rows that the reader may see, and how many more there are."""

    rows: Sequence[Evidence]
    hidden: int


@dataclass(frozen=True)
class Figure(ABC):
    """A figure of the registry."""

    key: str
    name: Words
    definition: Words
    kind: FigureKind
    unit: str = "count"
    breakdowns: ClassVar[Sequence[Breakdown]] = ()

    @abstractmethod
    def answer(self, question: Question) -> Answer:
        """Give the value."""

    @abstractmethod
    def drilldown(self, question: Question) -> Drilldown:
        """Give the rows behind the value."""

    def split(self, question: Question, by: Breakdown) -> list[tuple[str, Estimate]]:
        """Give the value by one breakdown; parts may overlap where a municipality has several fields."""
        raise KeyError(f"{self.key} cannot be split by {by}")


FIGURES: Slot[Figure] = Slot()
