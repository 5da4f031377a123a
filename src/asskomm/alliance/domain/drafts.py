# SPDX-License-Identifier: EUPL-1.2
"""An event before it is recorded, and what is refused."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from asskomm.alliance.enums import Confirmation, ReportedBy
from asskomm.alliance.measures import MEASURES
from asskomm.alliance.models import Event, EventKind
from asskomm.core.clock import Span, SpanError
from asskomm.core.visibility import Visibility
from asskomm.library.models import FieldOfAction
from asskomm.people.models import Organisation
from asskomm.territory.models import Municipality

LARGEST_AMOUNT = Decimal(10) ** 11


class RefusalError(ValueError):
    """What a draft gets wrong: a sentence, the field, and the nearest valid value where there is one."""

    def __init__(self, field: str, message: str, nearest: str = "") -> None:
        """Keep field, sentence and nearest value."""
        super().__init__(message)
        self.field = field
        self.nearest = nearest


@dataclass(frozen=True)
class EventDraft:
    """Everything that is said about an event; the names are those of the model."""

    kind: EventKind
    span: Span
    owner: Organisation
    municipalities: tuple[Municipality, ...] = ()
    parties: tuple[Organisation, ...] = ()
    fields: tuple[FieldOfAction, ...] = ()
    reported_by: ReportedBy = ReportedBy.MUNICIPALITY
    status: Confirmation = Confirmation.REPORTED
    amount: Decimal | None = None
    measures: tuple[tuple[str, float], ...] = ()
    valid_until: dt.date | None = None
    note: str = ""
    document_url: str = ""
    source: str = ""
    visibility: Visibility = Visibility.ALLIANCE
    partners: tuple[Organisation, ...] = ()
    example: bool = False

    @property
    def fingerprint(self) -> tuple[object, ...]:
        """What makes two events the same: kind, date, places and, without places, parties."""
        places = tuple(sorted(m.ags for m in self.municipalities))
        parties = () if places else tuple(sorted(o.pk for o in self.parties))
        return self.kind.key, self.span.first, self.span.precision.value, places, parties

    def check(self, today: dt.date) -> None:
        """Refuse what cannot be.

        Raises
        ------
            RefusalError: with the field and a sentence.
        """
        try:
            self.span.refuse_outside(today)
        except SpanError as fault:
            raise RefusalError("date", str(fault)) from None
        self._check_places()
        self._check_amount()
        self._check_term()
        self._check_measures()

    def _check_places(self) -> None:
        if self.kind.needs_municipality and not self.municipalities:
            raise RefusalError("municipality", _("Zu „%(kind)s“ gehört eine Kommune.") % {"kind": self.kind})

    def _check_amount(self) -> None:
        if self.kind.needs_amount and self.amount is None:
            raise RefusalError("amount", _("Zu „%(kind)s“ gehört ein Betrag in Euro.") % {"kind": self.kind})
        if self.amount is not None and not 0 <= self.amount < LARGEST_AMOUNT:
            raise RefusalError("amount", _("Der Betrag muss zwischen 0 und 100 Milliarden Euro liegen."))

    def _check_term(self) -> None:
        if self.valid_until is None:
            return
        if not self.kind.has_term:
            raise RefusalError("valid_until", _("Zu „%(kind)s“ gehört kein Ende. Lassen Sie „Gilt bis“ leer.") % {"kind": self.kind})
        if self.valid_until < self.span.last:
            raise RefusalError("valid_until", _("Das Ende liegt vor dem Datum des Ereignisses."))

    def _check_measures(self) -> None:
        for name, value in self.measures:
            label = MEASURES.get(name, name)
            if name not in self.kind.measures:
                known = ", ".join(str(MEASURES[measure]) for measure in self.kind.measures) or _("keine")
                text = _("„%(kind)s“ kennt die Angabe „%(name)s“ nicht. Möglich: %(known)s.")
                raise RefusalError("detail", text % {"kind": self.kind, "name": label, "known": known})
            if value < 0 or (name.endswith("_share") and value > 1):
                raise RefusalError("detail", _("Die Angabe „%(name)s“ kann nicht %(value)s sein.") % {"name": label, "value": value})


def fingerprint(event: Event) -> tuple[object, ...]:
    """Give the same key for a recorded event, its relations prefetched."""
    places = tuple(sorted(m.ags for m in event.municipalities.all()))
    parties = () if places else tuple(sorted(o.pk for o in event.parties.all()))
    return event.kind_id, event.first_day, event.precision, places, parties
