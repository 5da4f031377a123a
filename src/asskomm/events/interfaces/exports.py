# SPDX-License-Identifier: EUPL-1.2
"""The list of those who registered, for whoever organises."""

from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.exports import Column, Sheet
from asskomm.core.exports.formats import Value
from asskomm.events.models import Gathering, Registration, Seat

COLUMNS = (
    Column("number", gettext_lazy("Nummer"), gettext_lazy("Reihenfolge der Anmeldungen; nach ihr geht die Warteliste")),
    Column("name", gettext_lazy("Name"), gettext_lazy("Vor- und Nachname; leer, sobald er gelöscht ist")),
    Column("email", gettext_lazy("E-Mail-Adresse"), gettext_lazy("Adresse, mit der sich jemand angemeldet hat")),
    Column("type", gettext_lazy("Kommt für"), gettext_lazy("Art der Stelle, für die jemand kommt")),
    Column("organisation", gettext_lazy("Kommune oder Stelle"), gettext_lazy("So, wie es jemand geschrieben hat")),
    Column("ags", gettext_lazy("Gemeindeschlüssel"), gettext_lazy("Schlüssel der Kommune, wo sie am Namen erkannt wurde, acht Stellen")),
    Column("with", gettext_lazy("Kommt mit"), gettext_lazy("Nummer der Anmeldung, mit der jemand mitkommt; leer, wo jemand sich selbst angemeldet hat")),
    Column("travel", gettext_lazy("Anreise"), gettext_lazy("Wie jemand kommt; leer, wo es nicht gefragt oder nicht gesagt wurde")),
    Column("state", gettext_lazy("Stand"), gettext_lazy("angemeldet, noch nicht bestätigt, auf der Warteliste und so weiter")),
    Column("registered_at", gettext_lazy("Angemeldet am"), gettext_lazy("Tag und Uhrzeit der Anmeldung")),
)


def participants_sheet(gathering: Gathering) -> Sheet:
    """Give everybody who registered as a sheet, in the order of arrival."""
    remark = _("Enthält personenbezogene Daten. Acht Wochen nach der Veranstaltung sind sie auch hier zu löschen.")
    return Sheet(_("Anmeldungen"), COLUMNS, _rows(gathering), (gathering.title, remark))


def _rows(gathering: Gathering) -> Iterator[list[Value]]:
    for row in Registration.objects.filter(gathering=gathering).select_related("brought_by").order_by("number").iterator():
        yield [
            row.number,
            row.name,
            row.email,
            str(row.get_participant_type_display()),
            row.organisation,
            row.municipality_id,
            row.brought_by.number if row.brought_by else None,
            str(row.get_travel_display()),
            str(row.get_state_display()),
            f"{localtime(row.registered_at):%Y-%m-%d %H:%M}",
        ]


SEAT_COLUMNS = (
    Column("workshop", gettext_lazy("Workshop"), gettext_lazy("Titel des Beitrags")),
    Column("begins", gettext_lazy("Beginn"), gettext_lazy("Tag und Uhrzeit")),
    Column("number", gettext_lazy("Nummer"), gettext_lazy("Reihenfolge, in der gewählt wurde; nach ihr geht die Warteliste des Workshops")),
    Column("name", gettext_lazy("Name"), gettext_lazy("Vor- und Nachname; leer, sobald er gelöscht ist")),
    Column("organisation", gettext_lazy("Kommune oder Stelle"), gettext_lazy("So, wie es jemand geschrieben hat")),
    Column("state", gettext_lazy("Stand"), gettext_lazy("dabei, auf der Warteliste oder Platz angeboten")),
)


def seats_sheet(gathering: Gathering) -> Sheet:
    """Give who takes part in which workshop as a sheet, in the order of the programme."""
    remark = _("Enthält personenbezogene Daten. Acht Wochen nach der Veranstaltung sind sie auch hier zu löschen.")
    return Sheet(_("Workshops"), SEAT_COLUMNS, _seat_rows(gathering), (gathering.title, remark))


def _seat_rows(gathering: Gathering) -> Iterator[list[Value]]:
    rows = Seat.objects.filter(registration__gathering=gathering).select_related("session", "registration")
    for row in rows.order_by("session__starts_at", "session__title", "session", "number").iterator():
        begins = f"{localtime(row.session.starts_at):%Y-%m-%d %H:%M}" if row.session.starts_at else ""
        yield [row.session.title, begins, row.number, row.registration.name, row.registration.organisation, str(row.get_state_display())]
