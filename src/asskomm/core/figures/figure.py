# SPDX-License-Identifier: EUPL-1.2
"""What a figure is: key, words, kind, unit, and how it answers a question."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, overload

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from asskomm.core.estimates import Estimate
from asskomm.core.slots import Slot
from asskomm.core.visibility import SYSTEM, Principal

Words = str | Promise
MOST_OCCASIONS = 6
"""So many values of something that happens now and then fit into a picture that is read at a glance."""


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
    BACKGROUND = "background"
    LEVEL = "level"
    FORMAT = "format"

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
    Breakdown.BACKGROUND: _("Hintergrund"),
    Breakdown.LEVEL: _("Ebene"),
    Breakdown.FORMAT: _("Art des Beitrags"),
}
OF_MUNICIPALITIES = (Breakdown.DISTRICT, Breakdown.KIND, Breakdown.SIZE, Breakdown.FIELD, Breakdown.YEAR)
"""By what figures about municipalities can be split."""


@dataclass(frozen=True)
class Question:
    """What is asked of a figure.

    Args:
        on: the day that is asked about.
        known_on: as it was known when this day was over; `None` for as known now.
        documented: from published facts only.
        about: key of the one thing that is asked about, for figures that answer for one of several; empty for the last of them.
        reader: who asks; decides which rows are shown, never the value.
        together: whether all figures are asked with all their rows; then these are read at once.
        memo: what several figures need to answer the same question is worked out once.
    """

    on: dt.date
    known_on: dt.date | None = None
    documented: bool = False
    about: str = ""
    reader: Principal = SYSTEM
    together: bool = False
    memo: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Evidence:
    """One row behind a figure, with the address at which it stands."""

    label: str
    date: str
    event: str
    kind: str
    place: str = ""
    district: str = ""
    source: str = ""
    example: bool = False
    url: str = ""

    def as_json(self) -> dict[str, object]:
        """Give the fields as the API shows them."""
        return dict(vars(self))


@dataclass(frozen=True)
class Answer:
    """The value with the sentence that belongs to it."""

    estimate: Estimate
    note: str = ""
    example: bool = False


class Rows(Sequence[Evidence]):
    """Rows that are counted and fetched only when somebody asks, so that a page costs what it shows.

    Args:
        count: says how many there are.
        fetch: gives the rows from a position to before another, or to the end.
    """

    def __init__(self, count: Callable[[], int], fetch: Callable[[int, int | None], Sequence[Evidence]]) -> None:
        """Keep both."""
        self._count, self._fetch = count, fetch
        self._length: int | None = None

    def __len__(self) -> int:
        """Count the rows once, without fetching one."""
        if self._length is None:
            self._length = self._count()
        return self._length

    @overload
    def __getitem__(self, index: int) -> Evidence: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Evidence]: ...
    def __getitem__(self, index: int | slice) -> Evidence | Sequence[Evidence]:
        """Fetch a row or a stretch of rows."""
        if isinstance(index, slice):
            start, stop, _step = index.indices(len(self))
            return self._fetch(start, stop)
        return self._fetch(index, index + 1)[0]

    def __iter__(self) -> Iterator[Evidence]:
        """Fetch all at once; after that they need not be counted."""
        rows = self._fetch(0, None)
        self._length = len(rows)
        return iter(rows)


@dataclass(frozen=True)
class Drilldown:
    """The rows that the reader may see, of how many in all."""

    rows: Sequence[Evidence]
    total: int

    @property
    def hidden(self) -> int:
        """How many more there are that the reader may not see."""
        return self.total - len(self.rows)


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

    def occasions(self, question: Question) -> Sequence[dt.date]:
        """Give the days of the latest things that a figure answers for one after another, oldest first; none where it goes on from day to day."""
        return ()

    def split(self, question: Question, by: Breakdown) -> list[tuple[str, Estimate]]:
        """Give the value by one breakdown; parts may overlap where a municipality has several fields."""
        raise KeyError(f"{self.key} cannot be split by {by}")


FIGURES: Slot[Figure] = Slot()
