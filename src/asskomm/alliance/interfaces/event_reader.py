# SPDX-License-Identifier: EUPL-1.2
"""From the cells of a row to the draft of an event: columns, words, and what is refused."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.alliance.domain.drafts import EventDraft, RefusalError
from asskomm.alliance.domain.wording import choose, read_amount, read_detail
from asskomm.alliance.enums import Confirmation, ReportedBy
from asskomm.alliance.models import EventKind
from asskomm.alliance.rules import REPORTING
from asskomm.core.clock import Span, SpanError, clock
from asskomm.core.imports import Row
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
        mine = [o for o in own if o.pk in self.principal.houses(*REPORTING)]
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
