# SPDX-License-Identifier: EUPL-1.2
"""Read events from a file, let them begin to count at once, and cease to when the file is undone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.alliance.domain import waves
from asskomm.alliance.domain.drafts import EventDraft, RefusalError, fingerprint
from asskomm.alliance.domain.events import stage_events
from asskomm.alliance.interfaces.event_reader import COLUMNS, EventReader
from asskomm.alliance.models import Event, EventQuerySet
from asskomm.core.imports import Accepted, Duplicate, Found, Made, Option, Rejection, Row, RowSession, TableImporter
from asskomm.core.imports.models import Batch
from asskomm.core.visibility import Principal, Visibility

_MOST_OBSTACLES, _READ_AT_ONCE = 20, 500
_LEVELS = [(level.value, level.label) for level in (Visibility.ALLIANCE, Visibility.PUBLIC, Visibility.PRIVATE)]


class EventSession(RowSession):
    """Reads and writes the events of one file."""

    def __init__(self, importer: "EventImporter", principal: Principal, visibility: Visibility) -> None:
        """Read what the cells can name, and what is known already."""
        super().__init__(importer)
        self._principal = principal
        self._reader = EventReader.load(principal, visibility)
        self._known = _Known(principal)
        self._ahead: dict[int, EventDraft | Rejection] = {}

    def sorted_out(self, row: Row) -> Found:
        """Say what becomes of a row."""
        draft = self._draft(row)
        if isinstance(draft, Rejection):
            return draft
        if draft in self._known:
            return Duplicate(row.number)
        self._known.add(draft)
        return Accepted(row.number, dict(row.cells), (str(draft.span), str(draft.kind), ", ".join(m.name for m in draft.municipalities)))

    def _draft(self, row: Row) -> EventDraft | Rejection:
        try:
            return self._reader.draft(row)
        except RefusalError as fault:
            return Rejection(row.number, fault.field, row.cells.get(fault.field, ""), str(fault), fault.nearest)

    def look_ahead(self, items: Sequence[tuple[int, Any]]) -> None:
        """Read the rows again, because something may have changed since the preview, and what is known of their years."""
        self._ahead = {number: self._draft(Row(number, cells)) for number, cells in items}
        for draft in self._ahead.values():
            if isinstance(draft, EventDraft):
                self._known.look_up(draft)

    def write(self, items: Sequence[tuple[int, Any]], batch: Batch) -> Sequence[Made | Rejection]:
        """Stage a part through the verb."""
        found = [self._fresh(Row(number, cells)) for number, cells in items]
        events = stage_events([draft for draft in found if isinstance(draft, EventDraft)], by=self._principal)
        return [*(Made(event.reference) for event in events), *(refused for refused in found if isinstance(refused, Rejection))]

    def _fresh(self, row: Row) -> EventDraft | Rejection:
        draft = self._ahead.pop(row.number, None) or self._draft(row)
        if isinstance(draft, EventDraft) and draft in self._known:
            return Rejection(row.number, "", "", _("Das Ereignis ist inzwischen bekannt."))
        if isinstance(draft, EventDraft):
            self._known.add(draft)
        return draft


class EventImporter(TableImporter):
    """Events from a table."""

    key = "events"
    name = gettext_lazy("Ereignisse")
    looks_like = gettext_lazy("CSV- oder XLSX-Tabelle mit einer Zeile je Ereignis; nötig sind Datum, Art und Kommune.")
    where = gettext_lazy("Eigene Aufzeichnungen, zum Beispiel die bisherige Excel-Liste der Kooperationsvereinbarungen.")
    rule = "alliance.enter_events"
    undo_part = 500
    prepared_at_once = 30
    columns = COLUMNS
    needed = ("date", "kind", "municipality")
    shown = (gettext_lazy("Datum"), gettext_lazy("Art"), gettext_lazy("Kommune"))
    options: ClassVar[Mapping[str, Option]] = {"visibility": Option(gettext_lazy("Sichtbar für"), _LEVELS, Visibility.ALLIANCE)}

    def sample(self) -> tuple[str, bytes]:
        """Give a table with one event."""
        rows = [
            ";".join(str(label) for label in COLUMNS.values()),
            "14.09.2023;Tag;Beratung;Görlitz;;Kommune;gemeldet;Verkehr;;erstes Gespräch;;Gesprächsvermerk",
        ]
        return f"{_('ereignisse-vorlage')}.csv", "\r\n".join(rows).encode("utf-8-sig")

    def open(self, principal: Principal, options: Mapping[str, str]) -> EventSession:
        """Begin, with the visibility that was chosen."""
        return EventSession(self, principal, Visibility(options.get("visibility", Visibility.ALLIANCE)))

    def obstacles(self, batch: Batch) -> list[str]:
        """An event that was corrected, confirmed or withdrawn since stands in the way."""
        staged = Q(version=1, closed_at=F("recorded_at"))
        changed = _made_by(batch).filter(Q(version__gt=1) | Q(version=1, closed_at__isnull=False) & ~staged).select_related("kind")
        return [_("Das Ereignis „%(event)s“ wurde inzwischen geändert.") % {"event": event} for event in changed.order_by("pk")[:_MOST_OBSTACLES]]

    def prepare(self, batch: Batch, principal: Principal) -> Iterator[Callable[[], None]]:
        """Make ready that all events begin to count at once; each was allowed when it was staged."""
        return waves.bring_in(batch.reference, _made_by(batch), by=principal)

    def going_live(self, batch: Batch) -> Callable[[], int]:
        """Let them count."""
        return lambda: waves.turn(batch.reference)

    def follow(self, batch: Batch) -> Iterator[Callable[[], None]]:
        """Settle what has begun, and let the search find it."""
        return waves.settle()

    def before_undo(self, batch: Batch, principal: Principal) -> Iterator[Callable[[], None]]:
        """Withdraw the events, all at once."""
        return waves.take_out(batch.reference, _made_by(batch), by=principal)

    def undoing(self, made: Sequence[Made], batch: Batch, principal: Principal) -> Callable[[], int]:
        """Count what was withdrawn."""
        return lambda: len(made)


def _made_by(batch: Batch) -> EventQuerySet:
    return Event.objects.filter(reference__in=batch.made.values("key"))


class _Known:
    """What a reader knows already, read a year at a time, because a file rarely speaks of all years.

    Of each event a number is kept that is as good as never that of another one: a file may have a million rows.
    """

    def __init__(self, principal: Principal) -> None:
        self._principal = principal
        self._years: dict[int, set[int]] = {}

    def look_up(self, draft: EventDraft) -> None:
        self._of(draft.span.first.year)

    def add(self, draft: EventDraft) -> None:
        self._of(draft.span.first.year).add(hash(draft.fingerprint))

    def __contains__(self, draft: EventDraft) -> bool:
        return hash(draft.fingerprint) in self._of(draft.span.first.year)

    def _of(self, year: int) -> set[int]:
        if year not in self._years:
            seen = Event.objects.current().visible_to(self._principal).filter(first_day__year=year)
            events = seen.prefetch_related("municipalities", "parties").iterator(_READ_AT_ONCE)
            self._years[year] = {hash(fingerprint(event)) for event in events}
        return self._years[year]
