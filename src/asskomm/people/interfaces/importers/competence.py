# SPDX-License-Identifier: EUPL-1.2
"""Who is competent for which municipality, from a table: the list of police stations of a directorate."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.clock import clock
from asskomm.core.imports import Accepted, Duplicate, Found, Made, Rejection, Row, RowSession, TableImporter
from asskomm.core.imports.models import Batch
from asskomm.core.ui.days import ParameterError, read_day
from asskomm.core.visibility import Principal
from asskomm.people.domain.relations import RelationError, relate, take_back_relation
from asskomm.people.enums import RelationKind
from asskomm.people.interfaces.importers.bodies import BodyFinder, UnknownBodyError
from asskomm.people.models import Organisation, Relation

_KIND = RelationKind.COMPETENT_FOR


@dataclass(frozen=True)
class Competence:
    """What a row says."""

    subject: Organisation
    target: Organisation
    start: dt.date | None


class CompetenceSession(RowSession):
    """Reads and writes the competences of one table."""

    def __init__(self, importer: "CompetenceImporter", principal: Principal) -> None:
        """Read what the cells can name, and what holds already."""
        super().__init__(importer)
        self._principal, self._bodies = principal, BodyFinder()
        holds = Relation.objects.filter(Q(end__isnull=True) | Q(end__gte=clock.today()), kind=_KIND)
        self._known = set(holds.values_list("subject", "target"))

    def sorted_out(self, row: Row) -> Found:
        """Say what becomes of a row."""
        found = self._competence(row)
        if isinstance(found, Rejection):
            return found
        key = (found.subject.pk, found.target.pk)
        if key in self._known:
            return Duplicate(row.number)
        self._known.add(key)
        return Accepted(row.number, dict(row.cells), (found.target.name, found.subject.name, f"{found.start:%d.%m.%Y}" if found.start else "–"))

    def _competence(self, row: Row) -> Competence | Rejection:
        cells = self.cells_of(row)
        column = "municipality"
        try:
            target = self._bodies.of_place(cells[column])
            column = "organisation"
            subject = self._bodies.find(cells[column])
            column = "start"
            start = read_day(cells[column], future=False) if cells[column] else None
        except UnknownBodyError as fault:
            return Rejection(row.number, column, cells[column], str(fault), fault.nearest)
        except ParameterError as fault:
            return Rejection(row.number, column, cells[column], str(fault))
        if subject.pk == target.pk:
            return Rejection(row.number, "organisation", cells["organisation"], _("Eine Kommune ist nicht für sich selbst zuständig."))
        return Competence(subject, target, start)

    def write(self, items: Sequence[tuple[int, Any]], batch: Batch) -> Sequence[Made | Rejection]:
        """Let a part begin through the verb; its rows are read again, because something may have changed since the preview."""
        return [self._written(Row(number, cells)) for number, cells in items]

    def _written(self, row: Row) -> Made | Rejection:
        found = self._competence(row)
        if isinstance(found, Rejection):
            return found
        try:
            relation = relate(found.subject, _KIND, found.target, start=found.start, by=self._principal)
        except RelationError as fault:
            return Rejection(row.number, "", "", str(fault))
        return Made(str(relation.pk))


class CompetenceImporter(TableImporter):
    """Competences."""

    key = "competences"
    name = gettext_lazy("Zuständigkeiten (Polizeireviere)")
    looks_like = gettext_lazy("CSV- oder XLSX-Tabelle mit Kommune und zuständiger Organisation; eine Zeile je Kommune.")
    where = gettext_lazy("Polizeidirektionen; auch aus Excel eingefügt. Die Organisationen müssen schon angelegt sein.")
    rule = "people.see_vacancies"
    columns: ClassVar = {
        "municipality": gettext_lazy("Kommune"),
        "organisation": gettext_lazy("Zuständige Organisation"),
        "start": gettext_lazy("Seit"),
    }
    synonyms: ClassVar = {"gemeinde": "municipality", "ags": "municipality", "polizeirevier": "organisation", "revier": "organisation", "beginn": "start"}
    needed = ("municipality", "organisation")
    shown = (gettext_lazy("Kommune"), gettext_lazy("Zuständig"), gettext_lazy("Seit"))

    def sample(self) -> tuple[str, bytes]:
        """Give a table with one municipality."""
        rows = [";".join(str(label) for label in self.columns.values()), "Kreischa;Polizeirevier Freital-Dippoldiswalde;01.01.2020"]
        return f"{_('zustaendigkeiten-vorlage')}.csv", "\r\n".join(rows).encode("utf-8-sig")

    def open(self, principal: Principal, options: Mapping[str, str]) -> CompetenceSession:
        """Begin."""
        return CompetenceSession(self, principal)

    def obstacles(self, batch: Batch) -> list[str]:
        """A competence that was ended or removed since stands in the way."""
        made = [m.key for m in batch.made.all()]
        open_ones = Relation.objects.filter(pk__in=made, end__isnull=True).count()
        return [] if open_ones == len(made) else [_("Eine der Zuständigkeiten wurde inzwischen beendet.")]

    def undoing(self, made: Sequence[Made], batch: Batch, principal: Principal) -> Callable[[], int]:
        """Take the competences back."""

        def take_all_back() -> int:
            for relation in Relation.objects.filter(pk__in=[m.key for m in made]).select_related("subject"):
                take_back_relation(relation, by=principal)
            return len(made)

        return take_all_back
