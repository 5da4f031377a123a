# SPDX-License-Identifier: EUPL-1.2
"""Read events from a file: columns, words, what is refused and what is known already."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.alliance.domain import waves
from asskomm.alliance.domain.drafts import EventDraft, RefusalError, fingerprint
from asskomm.alliance.domain.events import stage_events
from asskomm.alliance.domain.wording import choose, read_amount, read_detail
from asskomm.alliance.enums import Confirmation, ReportedBy
from asskomm.alliance.models import Event, EventKind, EventQuerySet
from asskomm.core.clock import Span, SpanError, clock
from asskomm.core.imports import Accepted, Duplicate, Found, Made, Option, Rejection, Row, RowSession, TableImporter
from asskomm.core.imports.models import Batch
from asskomm.core.ui.days import ParameterError, read_day
from asskomm.core.visibility import Principal, Visibility, allowed
from asskomm.library.models import FieldOfAction
from asskomm.people.enums import OrganisationKind
from asskomm.people.models import Organisation
from asskomm.territory.domain.queries.names import MunicipalityFinder, UnknownPlaceError, fold
from asskomm.territory.models import Municipality

T = TypeVar("T")
COLUMNS = {
    "date": gettext_lazy("Datum"),
    "precision": gettext_lazy("Genauigkeit"),
    "kind": gettext_lazy("Art"),
    "municipality": gettext_lazy("Kommune"),
    "parties": gettext_lazy("Beteiligte"),
    "reported_by": gettext_lazy("Gemeldet von"),
    "status": gettext_lazy("Status"),
    "fields": gettext_lazy("Handlungsfelder"),
    "amount": gettext_lazy("Betrag"),
    "detail": gettext_lazy("Angaben"),
    "valid_until": gettext_lazy("Gilt bis"),
    "source": gettext_lazy("Quelle"),
}
LONGEST_SOURCE = 300
_MOST_OBSTACLES = 20
_LEVELS = [(level.value, level.label) for level in (Visibility.ALLIANCE, Visibility.PUBLIC, Visibility.PRIVATE)]


@dataclass(frozen=True)
class EventReader:
    """Everything that the cells of a file can name, read once for the whole file."""

    principal: Principal
    visibility: Visibility
    places: MunicipalityFinder
    kinds: Mapping[str, EventKind]
    fields: Mapping[str, FieldOfAction]
    parties: Mapping[str, Organisation]
    bodies: Mapping[str, Organisation]
    state_council: Organisation
    today: dt.date

    @classmethod
    def load(cls, principal: Principal, visibility: Visibility = Visibility.ALLIANCE) -> "EventReader":
        """Read kinds, fields, places and bodies."""
        bodies = list(Organisation.objects.all())
        return cls(
            principal=principal,
            visibility=visibility,
            places=MunicipalityFinder.load(),
            kinds=_by_words(EventKind.objects.all(), lambda k: (k.key.replace("_", " "), k.name)),
            fields=_by_words(FieldOfAction.objects.all(), lambda f: (f.key.replace("_", " "), f.name)),
            parties={fold(o.name): o for o in bodies if o.municipality_id is None}
            | {fold(OrganisationKind.STATE_COUNCIL.value.replace("_", " ")): _council(bodies), "lpr": _council(bodies)},
            bodies={str(o.municipality_id): o for o in bodies if o.municipality_id},
            state_council=_council(bodies),
            today=clock.today(),
        )

    def draft(self, row: Row) -> EventDraft:
        """Make the draft of one row.

        Raises
        ------
            RefusalError: with the column that is wrong.
        """
        cells = {column: row.cells.get(column, "") for column in COLUMNS}
        span = _refusing("date", lambda: Span.parse(cells["date"], cells["precision"]))
        _refusing("date", lambda: span.refuse_outside(self.today))
        municipalities = tuple(dict.fromkeys(self._place(name, span) for name in _parts(cells["municipality"])))
        reported_by = self._reported_by(cells["reported_by"], municipalities)
        measures, note = read_detail(cells["detail"])
        if len(cells["source"]) > LONGEST_SOURCE:
            raise RefusalError("source", _("Die Quelle ist länger als %(most)s Zeichen.") % {"most": LONGEST_SOURCE})
        draft = EventDraft(
            kind=choose(cells["kind"], self.kinds, "kind", _("Die Art")),
            span=span,
            owner=self._owner(reported_by, municipalities),
            municipalities=municipalities,
            parties=tuple(dict.fromkeys(choose(name, self.parties, "parties", _("Die Organisation")) for name in _parts(cells["parties"]))),
            fields=tuple(dict.fromkeys(choose(name, self.fields, "fields", _("Das Handlungsfeld")) for name in _parts(cells["fields"]))),
            reported_by=reported_by,
            status=choose(cells["status"], _STATUSES, "status", _("Der Status")) if cells["status"] else Confirmation.REPORTED,
            amount=read_amount(cells["amount"]),
            measures=measures,
            valid_until=_term(cells["valid_until"]),
            note=note,
            source=cells["source"],
            visibility=self.visibility,
        )
        draft.check(self.today)
        if not allowed("alliance.record_event", self.principal, draft):
            raise RefusalError("municipality", _("Für diese Kommune dürfen Sie nichts eintragen."))
        return draft

    def _place(self, name: str, span: Span) -> Municipality:
        try:
            return self.places.find(name, span.first)
        except UnknownPlaceError as fault:
            raise RefusalError("municipality", str(fault), fault.nearest) from None

    def _reported_by(self, text: str, municipalities: tuple[Municipality, ...]) -> ReportedBy:
        if text:
            return choose(text, _REPORTERS, "reported_by", _("Die Angabe"))
        return ReportedBy.MUNICIPALITY if municipalities else ReportedBy.STATE_COUNCIL

    def _owner(self, reported_by: ReportedBy, municipalities: tuple[Municipality, ...]) -> Organisation:
        own = [self.bodies[m.ags] for m in municipalities if m.ags in self.bodies]
        mine = [o for o in own if o.pk in self.principal.organisations]
        if mine:
            return mine[0]
        if self.principal.everything and reported_by is ReportedBy.MUNICIPALITY and len(own) == 1:
            return own[0]
        return self.state_council


_REPORTERS = {
    "state council": ReportedBy.STATE_COUNCIL,
    "lpr": ReportedBy.STATE_COUNCIL,
    "landespraeventionsrat": ReportedBy.STATE_COUNCIL,
    fold(str(ReportedBy.STATE_COUNCIL.label)): ReportedBy.STATE_COUNCIL,
    "municipality": ReportedBy.MUNICIPALITY,
    "kommune": ReportedBy.MUNICIPALITY,
    fold(str(ReportedBy.MUNICIPALITY.label)): ReportedBy.MUNICIPALITY,
}
_STATUSES = {
    "reported": Confirmation.REPORTED,
    "gemeldet": Confirmation.REPORTED,
    "confirmed": Confirmation.CONFIRMED,
    "bestaetigt": Confirmation.CONFIRMED,
}


def _council(bodies: list[Organisation]) -> Organisation:
    return next(o for o in bodies if o.kind == OrganisationKind.STATE_COUNCIL)


def _by_words(objects: Iterable[T], words: Callable[[T], tuple[str, ...]]) -> dict[str, T]:
    return {fold(word): entry for entry in objects for word in words(entry)}


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def _term(text: str) -> dt.date | None:
    try:
        return read_day(text) if text else None
    except ParameterError as fault:
        raise RefusalError("valid_until", str(fault)) from None


def _refusing(field: str, read: Callable[[], T]) -> T:
    try:
        return read()
    except SpanError as fault:
        raise RefusalError(field, str(fault)) from None


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
    """What a reader knows already, read a year at a time, because a file rarely speaks of all years."""

    def __init__(self, principal: Principal) -> None:
        self._principal = principal
        self._years: dict[int, set[tuple[object, ...]]] = {}

    def look_up(self, draft: EventDraft) -> None:
        self._of(draft.span.first.year)

    def add(self, draft: EventDraft) -> None:
        self._of(draft.span.first.year).add(draft.fingerprint)

    def __contains__(self, draft: EventDraft) -> bool:
        return draft.fingerprint in self._of(draft.span.first.year)

    def _of(self, year: int) -> set[tuple[object, ...]]:
        if year not in self._years:
            seen = Event.objects.current().visible_to(self._principal).filter(first_day__year=year)
            self._years[year] = {fingerprint(event) for event in seen.prefetch_related("municipalities", "parties")}
        return self._years[year]
