# SPDX-License-Identifier: EUPL-1.2
"""Importers register here: a room writes a parser, and the door does everything else."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from asskomm.core.imports.enums import Shape
from asskomm.core.imports.found import Found, Rejection
from asskomm.core.slots import Slot
from asskomm.core.visibility import Principal

if TYPE_CHECKING:
    from asskomm.core.imports.models import Batch

Words = str | Promise


@dataclass(frozen=True)
class Peek:
    """What can be seen of a file without reading it all.

    Args:
        shape: table, archive, geopackage or JSON.
        heading: the first row of a table.
        members: names of the files in an archive.
        start: the first bytes.
    """

    shape: Shape
    heading: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    start: bytes = b""


@dataclass(frozen=True)
class Fit:
    """An importer fits a file, with the reason in a sentence; the larger weight wins."""

    reason: str
    weight: float = 1.0


@dataclass(frozen=True)
class Option:
    """Something that whoever takes a file over decides."""

    label: Words
    choices: Sequence[tuple[str, Words]]
    default: str


@dataclass(frozen=True)
class Origin:
    """Where files of a kind come from, for the source that is kept."""

    publisher: Words = ""
    licence: str = ""
    address: str = ""
    public: bool = False


@dataclass(frozen=True)
class Made:
    """An object that was made or changed, with what it was before where that is needed to undo it."""

    key: str
    before: Mapping[str, Any] = field(default_factory=dict)


class Session(ABC):
    """One reading or writing of a file: holds what all its rows need."""

    @abstractmethod
    def read(self, path: Path) -> Iterator[Found]:
        """Give what is in the file, row by row; memory must not grow with the file.

        Raises
        ------
            TableError: the file cannot be read at all; the message is a sentence.
        """

    def look_ahead(self, items: Sequence[tuple[int, Any]]) -> None:  # noqa: B027 -- only who needs it
        """Read, before the transaction, what writing these items will need, so that nobody waits for it."""

    @abstractmethod
    def write(self, items: Sequence[tuple[int, Any]], batch: "Batch") -> Sequence[Made | Rejection]:
        """Write some accepted items with their rows, within a transaction of the door; what has become impossible since the preview is rejected."""


class Importer(ABC):
    """A kind of file.

    Of a file with `personal` data neither first rows nor rejected rows stay once it was taken over; of the reasons only `lasting_reasons` do,
    sentences that are the same for every file and so cannot name anybody.

    `part` items, and what else is of the last row, are written in one transaction, which must stay under 200 ms.
    `prepared_at_once` says with how many a part of `prepare` deals, for the bar.
    Counts are of rows; where a row may be taken over `partly`, because each of its cells stands for itself, words say so.
    A `bulk` importer writes rows that carry the batch and are read only while it is live; any other writes through verbs what counts for
    nobody until `going_live` lets it count all at once, or what may count one by one.
    """

    key: ClassVar[str]
    name: ClassVar[Words]
    looks_like: ClassVar[Words]
    where: ClassVar[Words]
    rule: ClassVar[str]
    shown: ClassVar[Sequence[Words]]
    columns: ClassVar[Mapping[str, Words]] = {}
    options: ClassVar[Mapping[str, Option]] = {}
    origin: ClassVar[Origin] = Origin()
    part: ClassVar[int] = 20
    undo_part: ClassVar[int] = 20
    prepared_at_once: ClassVar[int] = 0
    bulk: ClassVar[bool] = False
    partly: ClassVar[bool] = False
    personal: ClassVar[bool] = False
    lasting_reasons: ClassVar[Sequence[Words]] = ()

    @abstractmethod
    def sample(self) -> tuple[str, bytes]:
        """Give a file to start from: its name and content, made by us."""

    @abstractmethod
    def fits(self, peek: Peek) -> Fit | None:
        """Say whether a file looks like this kind, and why."""

    @abstractmethod
    def open(self, principal: Principal, options: Mapping[str, str]) -> Session:
        """Begin reading or writing in the name of a reader."""

    def prepare(self, batch: "Batch", principal: Principal) -> Iterator[Callable[[], None]]:
        """Work out what follows from all rows together, before they count: outside of any transaction, and in parts that the door writes in one each.

        Is begun anew after a break, so that writing a part once more must change nothing.
        """
        yield from ()

    def origin_of(self, batch: "Batch") -> Origin:
        """Say where the data of a batch come from, where its options tell more than the kind of file."""
        return self.origin

    def going_live(self, batch: "Batch") -> Callable[[], int]:
        """Work out, outside of any transaction, what lets count what was written; the door does it in one transaction with the batch.

        What it gives says how many rows count.
        """
        return lambda: batch.written

    def follow(self, batch: "Batch") -> Iterator[Callable[[], None]]:
        """Do what may come a moment after going live, in parts that the door does in one transaction each; begun anew after a break."""
        yield from ()

    @abstractmethod
    def obstacles(self, batch: "Batch") -> list[str]:
        """Say what stands in the way of undoing, in sentences."""

    def before_undo(self, batch: "Batch", principal: Principal) -> Iterator[Callable[[], None]]:
        """Undo what has to be undone all at once, before the rest is undone part by part; in parts as `prepare`, and begun anew after a break too."""
        yield from ()

    @abstractmethod
    def undoing(self, made: Sequence[Made], batch: "Batch", principal: Principal) -> Callable[[], int]:
        """Work out, outside of any transaction, what undoes a part; the door does it in one.

        What it gives says how many were undone. A bulk importer deletes up to `part` rows of the batch, until there are none.
        """


class TableImporter(Importer):
    """A kind of table, known by its headings."""

    needed: ClassVar[Sequence[str]]
    synonyms: ClassVar[Mapping[str, str]] = {}
    others_ignored: ClassVar[bool] = False
    """Whether columns that are not known are left out with a note, instead of refusing the file."""

    @property
    def aliases(self) -> dict[str, str]:
        """Every accepted heading, in small letters, to its column."""
        known = {key: key for key in self.columns} | {heading.lower(): key for heading, key in self.synonyms.items()}
        for language in ("en", "de"):  # files do not care for the language of the screen
            with translation.override(language):
                known |= {str(label).lower(): key for key, label in self.columns.items()}
        return known

    def fits(self, peek: Peek) -> Fit | None:
        """Fit where all needed columns are there."""
        aliases = self.aliases
        known = [aliases[cell.strip().lower()] for cell in peek.heading if cell.strip().lower() in aliases]
        if peek.shape is not Shape.TABLE or not set(self.needed) <= set(known):
            return None
        names = ", ".join(f"„{self.columns[key]}“" for key in self.needed)
        return Fit(_("die Spalten %(names)s sind da") % {"names": names}, len(set(known)) / max(len(self.columns), len(peek.heading)))


IMPORTERS: Slot[Importer] = Slot()
