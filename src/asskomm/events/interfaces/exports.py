# SPDX-License-Identifier: EUPL-1.2
"""The list of those who registered, for whoever organises."""

from collections.abc import Iterator, Sequence

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.estimates import Estimate
from asskomm.core.exports import Column, Sheet
from asskomm.core.exports.formats import Value
from asskomm.events.domain.queries.evaluating import evaluation_of
from asskomm.events.interfaces.question_fields import questions_of
from asskomm.events.models import Fair, Gathering, Question, Registration, Seat, Stand

COLUMNS = (
    Column("gathering", gettext_lazy("Veranstaltung"), gettext_lazy("Titel der Veranstaltung")),
    Column("number", gettext_lazy("Nummer"), gettext_lazy("Reihenfolge der Anmeldungen; nach ihr geht die Warteliste"), ordinal=True),
    Column("name", gettext_lazy("Name"), gettext_lazy("Vor- und Nachname; leer, sobald er gelöscht ist")),
    Column("email", gettext_lazy("E-Mail-Adresse"), gettext_lazy("Adresse, mit der sich jemand angemeldet hat")),
    Column("type", gettext_lazy("Kommt für"), gettext_lazy("Art der Stelle, für die jemand kommt")),
    Column("organisation", gettext_lazy("Kommune oder Stelle"), gettext_lazy("So, wie es jemand geschrieben hat")),
    Column("ags", gettext_lazy("Gemeindeschlüssel"), gettext_lazy("Schlüssel der Kommune, wo sie am Namen erkannt wurde, acht Stellen")),
    Column(
        "with",
        gettext_lazy("Kommt mit"),
        gettext_lazy("Nummer der Anmeldung, mit der jemand mitkommt; leer, wo jemand sich selbst angemeldet hat"),
        ordinal=True,
    ),
    Column("travel", gettext_lazy("Anreise"), gettext_lazy("Wie jemand kommt; leer, wo es nicht gefragt oder nicht gesagt wurde")),
    Column("state", gettext_lazy("Stand"), gettext_lazy("angemeldet, noch nicht bestätigt, auf der Warteliste und so weiter")),
    Column("registered_at", gettext_lazy("Angemeldet am"), gettext_lazy("Tag und Uhrzeit der Anmeldung")),
)


def participants_sheet(gathering: Gathering) -> Sheet:
    """Give everybody who registered as a sheet, in the order of arrival."""
    remark = _("Enthält personenbezogene Daten. Acht Wochen nach der Veranstaltung sind sie auch hier zu löschen.")
    questions = questions_of(gathering)
    asked = [Column(f"question_{question.pk}", question.text, _("Eigene Frage dieser Veranstaltung")) for question in questions]
    return Sheet(_("Anmeldungen"), (*COLUMNS, *asked), _rows(gathering, questions), (gathering.title, remark))


def _rows(gathering: Gathering, questions: Sequence[Question]) -> Iterator[list[Value]]:
    for row in Registration.objects.filter(gathering=gathering).select_related("brought_by").order_by("number").iterator():
        yield [
            gathering.title,
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
            *(question.said(row.answers.get(str(question.pk), "")) for question in questions),
        ]


_SATISFIED_BOUNDS = (
    Column("low", gettext_lazy("Zufrieden, mindestens"), gettext_lazy("Untere Grenze des Bereichs, in dem der Anteil mit 95 % Sicherheit liegt")),
    Column("high", gettext_lazy("Zufrieden, höchstens"), gettext_lazy("Obere Grenze dieses Bereichs")),
)
EVALUATION_COLUMNS = (
    Column("about", gettext_lazy("Worüber"), gettext_lazy("Titel des Beitrags; leer für die Veranstaltung als Ganze")),
    Column("answers", gettext_lazy("Antworten"), gettext_lazy("Zahl der Antworten; leer, wenn es weniger als fünf sind")),
    Column("rate", gettext_lazy("Rücklauf"), gettext_lazy("Antworten je eingelassener Person, 0 bis 1; leer, wo niemand gezählt wurde")),
    Column("satisfied", gettext_lazy("Zufrieden"), gettext_lazy("Anteil von „sehr gut“ und „gut“, 0 bis 1"), _SATISFIED_BOUNDS),
)


def evaluation_sheet(gathering: Gathering) -> Sheet:
    """Give the numbers of what people said as a sheet; not their words."""
    return Sheet(_("Auswertung"), EVALUATION_COLUMNS, _evaluation_rows(gathering), (gathering.title,))


def _evaluation_rows(gathering: Gathering) -> Iterator[list[Value]]:
    for row in evaluation_of(gathering):
        yield [row.title, row.answers, row.rate, row.satisfied]


SEAT_COLUMNS = (
    Column("workshop", gettext_lazy("Workshop"), gettext_lazy("Titel des Beitrags")),
    Column("begins", gettext_lazy("Beginn"), gettext_lazy("Tag und Uhrzeit")),
    Column("number", gettext_lazy("Nummer"), gettext_lazy("Reihenfolge, in der gewählt wurde; nach ihr geht die Warteliste des Workshops"), ordinal=True),
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


STAND_COLUMNS = (
    Column("spot", gettext_lazy("Platz"), gettext_lazy("Nummer im Hallenplan; leer, solange keiner vergeben ist"), ordinal=True),
    Column("kind", gettext_lazy("Art"), gettext_lazy("Infostand oder Poster")),
    Column("state", gettext_lazy("Stand"), gettext_lazy("noch nicht entschieden, zugesagt, abgelehnt oder zurückgezogen")),
    Column("organisation", gettext_lazy("Organisation"), gettext_lazy("So, wie es jemand geschrieben hat")),
    Column("title", gettext_lazy("Titel"), gettext_lazy("Wie der Stand oder das Poster heißt")),
    Column("name", gettext_lazy("Name"), gettext_lazy("Wer sich beworben hat; leer, sobald er gelöscht ist")),
    Column("email", gettext_lazy("E-Mail-Adresse"), gettext_lazy("Wohin der Link ging; leer, sobald sie gelöscht ist")),
    Column("tables", gettext_lazy("Tische"), gettext_lazy("Wie viele Tische gebraucht werden")),
    Column("power", gettext_lazy("Strom"), gettext_lazy("ja oder nein")),
    Column("note", gettext_lazy("Was noch"), gettext_lazy("Was sonst gebraucht wird")),
    Column("applied_at", gettext_lazy("Beworben am"), gettext_lazy("Tag und Uhrzeit der Bewerbung")),
)


def stands_sheet(fair: Fair) -> Sheet:
    """Give all applications as a sheet, in the order in which they came."""
    remark = _("Enthält personenbezogene Daten. Acht Wochen nach der Veranstaltung sind sie auch hier zu löschen.")
    return Sheet(_("Stände und Poster"), STAND_COLUMNS, _stand_rows(fair), (fair.gathering.title, remark))


def _stand_rows(fair: Fair) -> Iterator[list[Value]]:
    for row in Stand.objects.with_all().filter(fair=fair):
        said: list[Value] = [row.organisation, row.title, row.name, row.email, Estimate(row.tables), _("ja") if row.power else _("nein"), row.note]
        kinds = [str(row.get_kind_display()), str(row.get_state_display())]
        yield [row.spot.number if row.spot else None, *kinds, *said, f"{localtime(row.applied_at):%Y-%m-%d %H:%M}"]
