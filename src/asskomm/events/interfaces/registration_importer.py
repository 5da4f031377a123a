# SPDX-License-Identifier: EUPL-1.2
"""Registrations that were made elsewhere, from a table: the state's portal, a form, a list kept by hand; and our own list again."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from asskomm.core.clock import clock
from asskomm.core.imports import Accepted, CellError, Duplicate, Found, Made, Rejection, Row, RowSession, TableImporter
from asskomm.core.imports.models import Batch
from asskomm.core.visibility import Principal, allowed
from asskomm.events.domain.admitting import enrol
from asskomm.events.domain.door import RegistrationError
from asskomm.events.domain.queries.origins import recognised_place
from asskomm.events.domain.registering import Applicant, Details, cancel
from asskomm.events.enums import OPEN, GatheringState, ParticipantType
from asskomm.events.models import Gathering, Registration
from asskomm.territory.domain.queries.names import fold

_LONGEST_NAME, _LONGEST_ORGANISATION, _CLOSE = 120, 160, 0.6
_NO_GATHERING = gettext_lazy("Keine Ihrer anstehenden Veranstaltungen mit Anmeldung heißt so, oder mehrere heißen so. Ihre Kennung geht auch.")
_NO_NAME = gettext_lazy("Ein Name hat ein bis 120 Zeichen.")
_TOO_LONG = gettext_lazy("Das sind mehr als 160 Zeichen.")
_NO_ADDRESS = gettext_lazy("Das ist keine E-Mail-Adresse.")
_REGISTERED = gettext_lazy("Unter dieser Adresse ist inzwischen jemand angemeldet.")


@dataclass(frozen=True)
class _Wanted:
    gathering: Gathering
    applicant: Applicant


class RegistrationSession(RowSession):
    """Reads and enters the people of one table."""

    def __init__(self, importer: "RegistrationImporter", principal: Principal) -> None:
        """Read which gatherings the cells can name."""
        super().__init__(importer)
        self._principal = principal
        ahead = Gathering.objects.filter(state=GatheringState.PUBLISHED, ends_at__gt=clock.now(), places__contingent="").select_related("owner")
        self._own = [gathering for gathering in ahead if allowed("events.change", principal, gathering)]
        self._named = {gathering.reference: gathering for gathering in self._own}
        titles = [fold(gathering.title) for gathering in self._own]
        self._titled = {title: gathering for title, gathering in zip(titles, self._own, strict=True) if titles.count(title) == 1}
        self._types = _types()
        self._seen: set[tuple[int, str]] = set()

    def sorted_out(self, row: Row) -> Found:
        """Say what becomes of a row."""
        found = self._wanted(row)
        if isinstance(found, Rejection):
            return found
        key = (found.gathering.pk, found.applicant.address)
        if key in self._seen or _is_known(found):
            return Duplicate(row.number)
        if found.applicant.address:
            self._seen.add(key)
        label = str(ParticipantType(found.applicant.participant_type).label)
        return Accepted(row.number, dict(row.cells), (found.gathering.title, found.applicant.name, label))

    def write(self, items: Sequence[tuple[int, Any]], batch: Batch) -> Sequence[Made | Rejection]:
        """Enter a part through the verb; its rows are read again, because something may have changed since the preview."""
        return [self._entered(Row(number, cells)) for number, cells in items]

    def _entered(self, row: Row) -> Made | Rejection:
        found = self._wanted(row)
        if isinstance(found, Rejection):
            return found
        if _is_known(found):
            return Rejection(row.number, "email", found.applicant.email, str(_REGISTERED))
        try:
            return Made(enrol(found.gathering, found.applicant, by=self._principal).reference)
        except RegistrationError as fault:
            return Rejection(row.number, "gathering", row.cells["gathering"], str(fault))

    def _wanted(self, row: Row) -> _Wanted | Rejection:
        cells = self.cells_of(row)
        try:
            return _Wanted(self._gathering(cells["gathering"]), self._applicant(cells))
        except CellError as fault:
            return fault.of(row)

    def _gathering(self, text: str) -> Gathering:
        found = self._named.get(text) or self._titled.get(fold(text))
        if found is None:
            close = difflib.get_close_matches(fold(text), self._titled, 1, _CLOSE)
            nearest = self._titled[close[0]].title if close else ""
            raise CellError("gathering", str(_NO_GATHERING), nearest)
        return found

    def _applicant(self, cells: Mapping[str, str]) -> Applicant:
        name, email, organisation = f"{cells['given_name']} {cells['name']}".strip(), cells["email"], cells["organisation"]
        if not 0 < len(name) <= _LONGEST_NAME:
            raise CellError("name", str(_NO_NAME))
        if len(organisation) > _LONGEST_ORGANISATION:
            raise CellError("organisation", str(_TOO_LONG))
        kind = self._types.get(fold(cells["participant_type"])) if cells["participant_type"] else ParticipantType.OTHER
        if kind is None:
            known = ", ".join(str(kind.label) for kind in ParticipantType)
            close = difflib.get_close_matches(fold(cells["participant_type"]), self._types, 1, _CLOSE)
            nearest = str(self._types[close[0]].label) if close else ""
            raise CellError("participant_type", _("Das ist keine der Angaben: %(known)s.") % {"known": known}, nearest)
        place = recognised_place(organisation, clock.today()) if kind == ParticipantType.MUNICIPALITY else None
        return Applicant(name, _address(email), kind, place, Details(organisation))


class RegistrationImporter(TableImporter):
    """Registrations of gatherings."""

    key = "registrations"
    name = gettext_lazy("Anmeldungen zu Veranstaltungen")
    looks_like = gettext_lazy("CSV- oder XLSX-Tabelle mit Veranstaltung und Name; eine Zeile je Person. Wer eine Adresse hat, bekommt eine Bestätigung.")
    where = gettext_lazy("Aus dem Beteiligungsportal oder einem Formular, als Tabelle gespeichert; auch aus Excel eingefügt.")
    rule = "events.organise"
    columns: ClassVar = {
        "gathering": gettext_lazy("Veranstaltung"),
        "name": gettext_lazy("Name"),
        "email": gettext_lazy("E-Mail-Adresse"),
        "participant_type": gettext_lazy("Kommt für"),
        "organisation": gettext_lazy("Kommune oder Stelle"),
        "given_name": gettext_lazy("Vorname"),
    }
    synonyms: ClassVar = {
        **dict.fromkeys(("termin", "veranstaltungstitel", "beteiligung"), "gathering"),
        **dict.fromkeys(("nachname", "familienname", "vor- und nachname", "teilnehmer", "teilnehmerin", "teilnehmende"), "name"),
        **dict.fromkeys(("e-mail", "email", "mail", "e-mailadresse", "e-mail adresse"), "email"),
        **dict.fromkeys(("kommune", "stelle", "organisation", "institution", "einrichtung", "behörde", "dienststelle"), "organisation"),
    }
    needed = ("gathering", "name")
    part = undo_part = 1  # a transaction holds the counters of one gathering, and writes to those whom it concerns
    others_ignored = True
    shown = (gettext_lazy("Veranstaltung"), gettext_lazy("Name"), gettext_lazy("Kommt für"))
    personal = True
    lasting_reasons = (_NO_GATHERING, _NO_NAME, _TOO_LONG, _NO_ADDRESS, _REGISTERED)

    def sample(self) -> tuple[str, bytes]:
        """Give a table with one person."""
        rows = [";".join(str(label) for key, label in self.columns.items() if key != "given_name"), "Fachtag;Kim Muster;kim.muster@example.org;Kommune;Görlitz"]
        return f"{_('anmeldungen-vorlage')}.csv", "\r\n".join(rows).encode("utf-8-sig")

    def open(self, principal: Principal, options: Mapping[str, str]) -> RegistrationSession:
        """Begin."""
        return RegistrationSession(self, principal)

    def obstacles(self, batch: Batch) -> list[str]:
        """Whoever is inside already stands in the way, and a gathering that is over."""
        made = Registration.objects.filter(reference__in=batch.made.values("key")).select_related("gathering").order_by("pk")
        inside = [_("%(name)s ist schon eingelassen.") % {"name": row.name} for row in made.filter(attendance__came_at__isnull=False)]
        over = made.filter(gathering__ends_at__lte=clock.now()).exists()
        return [*([_("Diese Veranstaltung ist vorbei.")] if over else []), *inside]

    def undoing(self, made: Sequence[Made], batch: Batch, principal: Principal) -> Callable[[], int]:
        """Cancel the registrations; whoever has an address is told."""

        def cancel_all() -> int:
            for row in Registration.objects.filter(reference__in=[m.key for m in made], state__in=OPEN).select_related("gathering").order_by("number"):
                cancel(row, by=principal)
            return len(made)

        return cancel_all


def _is_known(wanted: _Wanted) -> bool:
    """Whether she is there, or was: whoever cancelled or was refused is not registered anew by a list. Without an address her name tells."""
    rows, who = Registration.objects.filter(gathering=wanted.gathering, shredded=False), wanted.applicant
    if who.address:
        return rows.filter(email=who.address).exists()
    return rows.filter(name=who.name.strip(), organisation=who.details.organisation.strip()).exists()


def _address(text: str) -> str:
    try:
        validate_email(text) if text else None
    except ValidationError:
        raise CellError("email", str(_NO_ADDRESS)) from None
    return text


def _types() -> dict[str, ParticipantType]:
    """Give every word for whom somebody comes for: its key, and its name in both languages."""
    known = {fold(kind.value.replace("_", " ")): kind for kind in ParticipantType}
    for language in ("de", "en"):
        with override(language):
            known |= {fold(str(kind.label)): kind for kind in ParticipantType}
    return known
