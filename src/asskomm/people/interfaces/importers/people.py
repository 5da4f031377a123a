# SPDX-License-Identifier: EUPL-1.2
"""Persons with their functions from a table: a list of coordinators, of community officers, of coaches."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from asskomm.core.clock import Precision, Span, SpanError, clock
from asskomm.core.imports import Accepted, CellError, Duplicate, Found, Made, Rejection, Row, RowSession, TableImporter
from asskomm.core.imports.models import Batch
from asskomm.core.visibility import Principal, allowed
from asskomm.people.domain.accounts import AppointmentError, appoint, check_appointment, holds, take_back
from asskomm.people.enums import FunctionRole
from asskomm.people.interfaces.importers.bodies import BodyFinder, UnknownBodyError
from asskomm.people.models import Function, Organisation
from asskomm.territory.domain.queries.names import fold

_OF_THE_STATE = (FunctionRole.ADMINISTRATOR, FunctionRole.STATE_COUNCIL)
_CLOSE = 0.75
_MISSING = gettext_lazy("Hier fehlt eine Angabe.")
_ABOVE_HER = gettext_lazy("Diese Funktion vergibt nur die Administration.")
_ONE_BY_ONE = gettext_lazy("Diese Funktion geben Sie einzeln auf der Seite der Organisation; dort bestätigen Sie es noch einmal.")
_NO_DAY = gettext_lazy("Der Beginn ist ein Tag, zum Beispiel 01.12.2022.")
_HELD = gettext_lazy("Wer diese Adresse hat, hat die Funktion inzwischen.")


@dataclass(frozen=True)
class Appointment:
    """What a row says."""

    given_name: str
    family_name: str
    email: str
    role: FunctionRole
    organisation: Organisation
    start: dt.date


class PeopleSession(RowSession):
    """Reads and appoints the people of one table."""

    def __init__(self, importer: "PeopleImporter", principal: Principal) -> None:
        """Read what the cells can name."""
        super().__init__(importer)
        self._principal = principal
        self._bodies = BodyFinder()
        self._seen: set[tuple[str, str, int]] = set()

    def sorted_out(self, row: Row) -> Found:
        """Say what becomes of a row."""
        found = self._appointment(row)
        if isinstance(found, Rejection):
            return found
        key = (found.email.lower(), found.role.value, found.organisation.pk)
        if key in self._seen or holds(found.email, found.role, found.organisation, found.start):
            return Duplicate(row.number)
        self._seen.add(key)
        return Accepted(row.number, dict(row.cells), (f"{found.given_name} {found.family_name}", str(found.role.label), str(found.organisation)))

    def write(self, items: Sequence[tuple[int, Any]], batch: Batch) -> Sequence[Made | Rejection]:
        """Appoint a part through the verb; its rows are read again, because something may have changed since the preview."""
        return [self._appointed(Row(number, cells)) for number, cells in items]

    def _appointed(self, row: Row) -> Made | Rejection:
        found = self._appointment(row)
        if isinstance(found, Rejection):
            return found
        if holds(found.email, found.role, found.organisation, found.start):
            return Rejection(row.number, "email", found.email, str(_HELD))
        try:
            account = appoint(**vars(found), by=self._principal)
        except AppointmentError as fault:
            return Rejection(row.number, "", "", str(fault))
        made = Function.objects.filter(person=account.person, organisation=found.organisation, role=found.role).latest("pk")
        return Made(str(made.pk), {"role": found.role.value, "start": found.start.isoformat()})

    def _appointment(self, row: Row) -> Appointment | Rejection:
        cells = self.cells_of(row)
        try:
            found = Appointment(
                cells["given_name"] or _refuse("given_name"),
                cells["family_name"] or _refuse("family_name"),
                cells["email"],
                self._role(cells["role"]),
                self._organisation(cells["organisation"]),
                _day(cells["start"]),
            )
            check_appointment(email=found.email, role=found.role, organisation=found.organisation)
        except CellError as fault:
            return fault.of(row)
        except AppointmentError as fault:
            column = "email" if "E-Mail" in str(fault) else "role"
            return Rejection(row.number, column, cells[column], str(fault))
        return found

    def _role(self, text: str) -> FunctionRole:
        role = _roles().get(fold(text))
        if role is None:
            known = ", ".join(str(role.label) for role in FunctionRole)
            close = get_close_matches(fold(text), _roles(), n=1, cutoff=_CLOSE)
            nearest = str(_roles()[close[0]].label) if close else ""
            raise CellError("role", _("Die Funktion „%(value)s“ ist nicht bekannt. Möglich: %(known)s.") % {"value": text, "known": known}, nearest)
        if role in _OF_THE_STATE and not allowed("people.appoint_to_the_state", self._principal):
            raise CellError("role", str(_ABOVE_HER))
        if role in _OF_THE_STATE and not self._principal.everything:
            raise CellError("role", str(_ONE_BY_ONE))
        return role

    def _organisation(self, text: str) -> Organisation:
        try:
            return self._bodies.find(text)
        except UnknownBodyError as fault:
            raise CellError("organisation", str(fault), fault.nearest) from None


def _refuse(column: str) -> str:
    raise CellError(column, str(_MISSING))


def _day(text: str) -> dt.date:
    if not text:
        return clock.today()
    try:
        span = Span.parse(text)
    except SpanError as fault:
        raise CellError("start", str(fault)) from None
    if span.precision is not Precision.DAY:
        raise CellError("start", str(_NO_DAY))
    return span.first


def _roles() -> dict[str, FunctionRole]:
    """Give every word for a function: its key, its name in both languages, and both forms of "Koordinator/in"."""
    known = {fold(role.value.replace("_", " ")): role for role in FunctionRole}
    for language in ("de", "en"):
        with override(language):
            for role in FunctionRole:
                label = str(role.label)
                known |= dict.fromkeys((fold(label), fold(label.replace("/in", "")), fold(label.replace("/in", "in"))), role)
    return known


class PeopleImporter(TableImporter):
    """Persons and functions."""

    key = "people"
    name = gettext_lazy("Personen und Funktionen")
    looks_like = gettext_lazy("CSV- oder XLSX-Tabelle mit Vorname, Nachname, E-Mail, Funktion und Organisation; eine Zeile je Funktion.")
    where = gettext_lazy("Eigene Kontaktlisten; auch aus Excel eingefügt. Nehmen Sie nur auf, wer davon weiß.")
    rule = "people.load"
    columns: ClassVar = {
        "given_name": gettext_lazy("Vorname"),
        "family_name": gettext_lazy("Nachname"),
        "email": gettext_lazy("E-Mail"),
        "role": gettext_lazy("Funktion"),
        "organisation": gettext_lazy("Organisation"),
        "start": gettext_lazy("Beginn"),
    }
    synonyms: ClassVar = {"name": "family_name", "mail": "email", "e-mail-adresse": "email", "rolle": "role", "kommune": "organisation", "seit": "start"}
    needed = ("given_name", "family_name", "email", "role", "organisation")
    shown = (gettext_lazy("Name"), gettext_lazy("Funktion"), gettext_lazy("Organisation"))
    personal = True
    lasting_reasons = (_MISSING, _ABOVE_HER, _ONE_BY_ONE, _NO_DAY, _HELD)

    def sample(self) -> tuple[str, bytes]:
        """Give a table with one person."""
        rows = [";".join(str(label) for label in self.columns.values()), "Kim;Muster;kim.muster@example.org;Koordinatorin;Görlitz;01.12.2022"]
        return f"{_('personen-vorlage')}.csv", "\r\n".join(rows).encode("utf-8-sig")

    def open(self, principal: Principal, options: Mapping[str, str]) -> PeopleSession:
        """Begin."""
        return PeopleSession(self, principal)

    def obstacles(self, batch: Batch) -> list[str]:
        """A function that was ended or changed since, or a person who has signed in, stands in the way."""
        made = {m.key: m.before for m in batch.made.all()}
        functions = {str(f.pk): f for f in Function.objects.filter(pk__in=made).select_related("person__account", "organisation")}
        return [sentence for key, before in made.items() if (sentence := _obstacle(functions.get(key), before))]

    def undoing(self, made: Sequence[Made], batch: Batch, principal: Principal) -> Callable[[], int]:
        """Take the appointments back."""

        def take_all_back() -> int:
            for function in Function.objects.filter(pk__in=[m.key for m in made]).select_related("person"):
                take_back(function, by=principal)
            return len(made)

        return take_all_back


def _obstacle(function: Function | None, before: Mapping[str, Any]) -> str:
    if function is None:
        return _("Eine der Funktionen gibt es nicht mehr.")
    if function.end is not None or (function.role, function.start.isoformat()) != (before["role"], before["start"]):
        return _("Die Funktion „%(function)s“ wurde inzwischen geändert.") % {"function": function}
    account = getattr(function.person, "account", None)
    if account is not None and account.last_login is not None:
        return _("Mit der Funktion „%(function)s“ hat sich schon jemand eingeloggt.") % {"function": function}
    return ""
