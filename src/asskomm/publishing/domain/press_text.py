# SPDX-License-Identifier: EUPL-1.2
"""The first draft of a press sheet's text, from its figures; German whatever language the screen has, because the sheet is."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.translation import override

from asskomm.core.estimates import Estimate, Quality
from asskomm.core.figures import FigureKind
from asskomm.publishing.domain.press_figures import CONFERENCE_AS_COUNTED, CONFERENCE_AS_TOLD, change
from asskomm.publishing.models import PressFigure, PressSheet


@dataclass(frozen=True)
class Wording:
    """A sentence for none, one and many.

    >>> Wording("Keine.", "Eine.", "{count} Kommunen.").say(Estimate(1200))
    '1.200 Kommunen.'
    """

    none: str
    one: str
    many: str

    def say(self, estimate: Estimate) -> str:
        """Give the sentence for a number."""
        wording = self.one if estimate.value == 1 else self.many if estimate.value else self.none
        return wording.format(count=estimate)


OPENING = (
    "In der Allianz Sichere Sächsische Kommunen arbeiten Kommunen, Polizei und der Landespräventionsrat zusammen. "
    "Stand der Zahlen ist der {day}, verglichen wird mit dem {start}."
)
COUNTED = {
    "municipalities_advised": Wording(
        "Der Landespräventionsrat hat noch keine Kommune beraten.",
        "Der Landespräventionsrat hat bisher eine Kommune beraten.",
        "Der Landespräventionsrat hat bisher {count} Kommunen beraten.",
    ),
    "agreements": Wording(
        "Eine Kooperationsvereinbarung gilt noch für keine Kommune.",
        "Eine Kooperationsvereinbarung gilt für eine Kommune.",
        "Kooperationsvereinbarungen gelten für {count} Kommunen.",
    ),
    "councils": Wording(
        "Ein Kommunaler Präventionsrat wurde noch in keiner Kommune gegründet oder wiederbelebt.",
        "Ein Kommunaler Präventionsrat wurde in einer Kommune gegründet oder wiederbelebt.",
        "Kommunale Präventionsräte wurden in {count} Kommunen gegründet oder wiederbelebt.",
    ),
    "coaching_processes": Wording(
        "Begleitende Coachings haben noch nicht begonnen.",
        "Ein begleitendes Coaching hat begonnen.",
        "{count} begleitende Coachings haben begonnen.",
    ),
    "safety_analyses": Wording(
        "Sicherheitsanalysen haben noch nicht begonnen.",
        "Eine Sicherheitsanalyse hat begonnen.",
        "{count} Sicherheitsanalysen haben begonnen.",
    ),
    "conference_participants": Wording(
        "Am letzten Fachtag nahm niemand teil.",
        "Am letzten Fachtag nahm ein Mensch teil.",
        "Am letzten Fachtag nahmen {count} Menschen teil.",
    ),
    "conference_sessions": Wording("Beiträge gab es keine.", "Es gab einen Beitrag.", "Es gab {count} Beiträge."),
    "conference_speaker_municipalities": Wording(
        "Aus den Kommunen kam niemand der Referierenden.",
        "Die Referierenden kamen aus einer Kommune.",
        "Die Referierenden kamen aus {count} Kommunen.",
    ),
    "gathering_participants": Wording(
        "Am letzten Fachtag nahm niemand teil.",
        "Am letzten Fachtag nahm ein Mensch teil.",
        "Am letzten Fachtag nahmen {count} Menschen teil.",
    ),
    "gathering_municipalities": Wording(
        "Aus den Kommunen kam niemand.",
        "Sie kamen aus einer Kommune.",
        "Sie kamen aus {count} Kommunen.",
    ),
    "gathering_sessions": Wording("Beiträge gab es keine.", "Es gab einen Beitrag.", "Es gab {count} Beiträge."),
}
MORE = ", {count} mehr als damals"
FEWER = ", {count} weniger als damals"
SAME = ", so viele wie damals"
ONCE = " Damals waren es {count}."
MONEY = "Für das Jahr {year} stellt der Freistaat {amount} bereit."
SHARES = {
    "conference_police_speaker_share": "Aus der Polizei kamen {share} der Referierenden.",
    "gathering_police_speaker_share": "Aus der Polizei kamen {share} der Mitwirkenden.",
    "gathering_satisfaction": "Von denen, die antworteten, fanden {share} den Fachtag gut oder sehr gut.",
}
PARAGRAPHS = (
    ("municipalities_advised", "agreements"),
    ("councils", "coaching_processes", "safety_analyses"),
    ("grants_eur",),
    CONFERENCE_AS_TOLD,
    CONFERENCE_AS_COUNTED,
)


BACKGROUND = (
    "Die Allianz Sichere Sächsische Kommunen (ASSKomm) unterstützt Städte und Gemeinden dabei, Kommunale Präventionsräte zu gründen, "
    "die Sicherheit vor Ort zu untersuchen und daraus Maßnahmen abzuleiten. Kommunen, Polizei, Vereine und Verbände arbeiten darin zusammen.\n\n"
    "Der Landespräventionsrat Sachsen wurde 2008 gegründet. Er berät die Kommunen und begleitet sie; "
    "seine Geschäftsstelle gehört zum Sächsischen Staatsministerium des Innern."
)
ORGANISATION = "Landespräventionsrat Sachsen"


def compose_contact(address: str) -> str:
    r"""Give the contact to begin with, a line for each way to reach it.

    >>> compose_contact("post@example.org")
    'Landespräventionsrat Sachsen\nE-Mail: post@example.org'
    """
    return f"{ORGANISATION}\nE-Mail: {address}" if address else ORGANISATION


def compose_headline(day: dt.date) -> str:
    """Give a headline to begin with."""
    return f"Zahlen der Allianz Sichere Sächsische Kommunen, Stand {_in_words(day)}"


def compose_text(sheet: PressSheet, figures: Iterable[PressFigure]) -> str:
    """Give the text as paragraphs between empty lines; what is not known is left out."""
    known = {figure.key: figure for figure in figures if figure.estimate.value is not None and figure.estimate.quality is not Quality.NOT_SHOWN}
    with override("de"):
        parts = [" ".join(_sentences(sheet, [known[key] for key in keys if key in known])) for keys in PARAGRAPHS]
        return "\n\n".join([OPENING.format(day=_in_words(sheet.day), start=_in_words(sheet.start)), *filter(None, parts)])


def _sentences(sheet: PressSheet, figures: Sequence[PressFigure]) -> list[str]:
    return [_sentence(figure, sheet.day) for figure in figures]


def _sentence(figure: PressFigure, day: dt.date) -> str:
    estimate = figure.estimate
    if figure.key in COUNTED:
        said = COUNTED[figure.key].say(estimate)
        return said if figure.kind == FigureKind.PERIOD else _compared(said, figure)
    return MONEY.format(year=day.year, amount=estimate) if estimate.unit == "EUR" else SHARES[figure.key].format(share=estimate)


def _compared(said: str, figure: PressFigure) -> str:
    """Say what was added to a figure that grows from event to event; one of a year or of a conference has nothing to grow from."""
    difference = change(figure)
    if difference is None or difference.value is None:
        return said
    if not figure.estimate.value:
        return said + ONCE.format(count=figure.earlier) if difference.value else said
    wording = MORE if difference.value > 0 else FEWER if difference.value < 0 else SAME
    return said.removesuffix(".") + wording.format(count=replace(difference, value=abs(difference.value))) + "."


def _in_words(day: dt.date) -> str:
    with override("de"):
        return date_format(day, "j. F Y")
