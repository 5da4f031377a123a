# SPDX-License-Identifier: EUPL-1.2
"""A room that exists in the tests alone: benches in parks. It uses every slot, and nothing below it knows it."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from django.utils.html import format_html

from asskomm.core.audit import TRAILS, Field, State, Subject, Trail
from asskomm.core.documents import Document as Leaflet
from asskomm.core.documents import Heading, Table
from asskomm.core.estimates import Estimate
from asskomm.core.exports import Column
from asskomm.core.exports.datasets import DATASETS, Dataset
from asskomm.core.figures import FIGURES, Answer, Drilldown, Evidence, Figure, FigureKind, Question
from asskomm.core.imports import IMPORTERS, Accepted, Found, Made, Rejection, Session, TableImporter, read_table
from asskomm.core.imports.models import Batch
from asskomm.core.jobs import SCHEDULES, TASKS, EachMinute, Runner, Scheduled, Task
from asskomm.core.merging import MERGE_HANDLERS, MERGEABLE, Mergeable, MergeHandler
from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS, DeletionRule, SubjectRecords
from asskomm.core.search import SEARCH_SOURCES, Document, Source
from asskomm.core.ui.frame import MENU, MenuEntry
from asskomm.core.visibility import Principal, ReaderRequest
from asskomm.territory.models import Municipality
from asskomm.territory.slots import MUNICIPALITY_PANELS

SEATS = (Column("bench", "Bank", "Name der Bank"), Column("seats", "Plätze", "so viele sitzen darauf"))


@dataclass
class Benches:
    """What the room holds: names of benches, how often it painted them, which are rotten, and who looks after which."""

    names: list[str] = field(default_factory=lambda: ["Bank am Weiher"])
    painted: int = 0
    rotten: list[str] = field(default_factory=list)
    kept_by: dict[int, str] = field(default_factory=dict)
    hidden: dict[int, int | None] = field(default_factory=dict)

    def paint(self, run: Runner) -> Mapping[str, Any]:
        """Paint one after the other."""
        for number, _name in enumerate(self.names, 1):
            run.progress(number, len(self.names))
        self.painted += 1
        return {}

    def rows(self, _principal: Principal, _on: dt.date) -> list[tuple[str, Estimate]]:
        """Give each with its seats."""
        return [(name, Estimate(2)) for name in self.names]


class BenchSession(Session):
    """Reads and writes benches."""

    def __init__(self, benches: Benches) -> None:
        """Hold them."""
        self._benches = benches

    def read(self, path: Path) -> Iterator[Found]:
        """Accept whatever has a name."""
        for row in read_table(path, BenchImporter(self._benches).aliases, ("bench",)).rows:
            name = row.cells["bench"]
            yield Accepted(row.number, name, (name,)) if name else Rejection(row.number, "bench", "", "Die Bank hat keinen Namen.")

    def write(self, items: Sequence[tuple[int, Any]], batch: Batch) -> Sequence[Made | Rejection]:
        """Put them down."""
        self._benches.names += [name for _row, name in items]
        return [Made(name) for _row, name in items]


class BenchImporter(TableImporter):
    """Benches from a table."""

    key, name, looks_like, where, rule = "toy_benches", "Bänke", "Tabelle mit der Spalte Bank.", "Grünflächenamt", "territory.change"
    columns: ClassVar = {"bench": "Bank"}
    needed = ("bench",)
    shown = ("Bank",)

    def __init__(self, benches: Benches) -> None:
        """Hold them."""
        self._benches = benches

    def sample(self) -> tuple[str, bytes]:
        """Give one bench."""
        return "baenke.csv", b"Bank\nBank am Tor\n"

    def open(self, principal: Principal, options: Mapping[str, str]) -> BenchSession:
        """Begin."""
        return BenchSession(self._benches)

    def obstacles(self, batch: Batch) -> list[str]:
        """A painted bench stays."""
        return ["Die Bänke sind schon gestrichen."] if self._benches.painted else []

    def undoing(self, made: Sequence[Made], batch: Batch, principal: Principal) -> Callable[[], int]:
        """Take them away."""

        def take_away() -> int:
            for m in made:
                self._benches.names.remove(m.key)
            return len(made)

        return take_away


def leaflet(benches: Benches) -> Leaflet:
    """Give what stands on a leaflet about the benches."""
    rows = [(name, str(Estimate(2))) for name in benches.names]
    return Leaflet("Bänke im Park", [Heading("Wo man sitzt"), Table("Alle Bänke", ("Bank", "Plätze"), rows, frozenset({1}))], date=dt.date(2026, 1, 1))


@dataclass(frozen=True)
class BenchCount(Figure):
    """How many benches there are."""

    benches: Benches = field(default_factory=Benches)

    def answer(self, question: Question) -> Answer:
        """Count them."""
        return Answer(Estimate(len(self.benches.names), base=len(self.benches.names)))

    def drilldown(self, question: Question) -> Drilldown:
        """Name them."""
        return Drilldown([Evidence(name, "", "", "Bank", url="/kommunen/14626110/") for name in self.benches.names], len(self.benches.names))


@contextmanager
def toy_room(benches: Benches) -> Iterator[None]:
    """Let the room be there for a while."""

    def panel(_request: ReaderRequest, place: Municipality) -> str:
        return format_html("<h2>Bänke in {}</h2>", place.name)

    def documents(keys: Collection[str] | None) -> Iterator[Document]:
        return (Document(name, name, "zum Ausruhen", "/kommunen/14626110/", day=dt.date(2026, 1, 1)) for name in benches.names if keys is None or name in keys)

    def states(rows: Sequence[str]) -> Iterator[State]:
        return (State(name, {"name": name}) for name in rows)

    def clear_away(_run: Runner) -> int:
        gone, benches.rotten = len(benches.rotten), []
        return gone

    def move(kept: int, gone: int) -> list[int]:
        name = benches.kept_by.pop(gone, "")
        benches.kept_by[kept] = name
        return [gone]

    def move_back(kept: int, gone: int, _moved: list[int]) -> None:
        benches.kept_by[gone] = benches.kept_by.pop(kept)

    registered: list[tuple[Any, str, Any]] = [
        (MUNICIPALITY_PANELS, "toy", panel),
        (MENU, "toy", MenuEntry("Bänke", "publishing:home")),
        (SEARCH_SOURCES, "toy", Source("Bänke", documents)),
        (FIGURES, "toy_benches", BenchCount("toy_benches", "Bänke", "Bänke in Parks.", FigureKind.TOTAL, benches=benches)),
        (TASKS, "toy.paint", Task("toy.paint", "Bänke streichen", benches.paint)),
        (SCHEDULES, "toy.paint", Scheduled("toy.paint", EachMinute())),
        (IMPORTERS, "toy_benches", BenchImporter(benches)),
        (DATASETS, "baenke", Dataset("baenke", "Bänke", "eine Bank", SEATS, benches.rows)),
        (TRAILS, "toy_benches", Trail("Bank", {"name": Field("Name")}, states, lambda key, _principal: Subject(key, "/kommunen/14626110/"))),
        (DELETION_RULES, "toy_benches", DeletionRule("toy_benches", "Morsche Bänke", "bis zum Winter", "weil sie brechen", clear_away)),
        (SUBJECT_RECORDS, "toy_benches", SubjectRecords("Bänke", lambda subject: [{"Bank": benches.kept_by[key]} for key in sorted(subject.accounts)])),
        (MERGE_HANDLERS, "toy_benches", MergeHandler("toy_benches", move, move_back)),
        (
            MERGEABLE,
            "toy_benches",
            Mergeable("toy_benches", "territory.change", lambda _kept, _gone: None, lambda _kept, _gone: "", benches.hidden.__setitem__),
        ),
    ]
    for slot, key, entry in registered:
        slot.register(key, entry)
    try:
        yield
    finally:
        for slot, key, _entry in registered:
            slot.remove(key)
