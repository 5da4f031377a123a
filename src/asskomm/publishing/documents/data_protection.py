# SPDX-License-Identifier: EUPL-1.2
"""Drafts for the data protection officer, from the tables that the program itself goes by; in German, as the law is."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from asskomm.core.clock import clock
from asskomm.core.documents import Block, Document, Heading, Listing, Paragraph, Table
from asskomm.publishing.domain.processing import processings

_SAFEGUARDS = Path(__file__).resolve().parents[1] / "data" / "safeguards.csv"
_MISSING = "noch nicht eingetragen (Einstellung ASSKOMM_OPERATOR)"
_OPEN = "[bitte ergänzen]"
_LEAD = "Entwurf nach {article} für das Programm ASSKomm. Was in eckigen Klammern steht, ergänzt die Stelle."


@dataclass(frozen=True)
class Draft:
    """One of the drafts: its title, the article that asks for it, and what it says."""

    title: str
    article: str
    blocks: Callable[[], Iterator[Block]]


@cache
def safeguards() -> tuple[dict[str, str], ...]:
    """Give goal, measure and where it is described."""
    with _SAFEGUARDS.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def data_protection_document(name: str) -> Document:
    """Give a draft as a document.

    Raises
    ------
        KeyError: no such draft.
    """
    draft = DRAFTS[name]
    with override("de"):
        return Document(
            title=draft.title,
            blocks=[
                Paragraph(f"Entwurf nach {draft.article} für das Programm ASSKomm. Was in eckigen Klammern steht, ergänzt die Stelle.", lead=True),
                *draft.blocks(),
            ],
            kind="Datenschutz",
            organisation=settings.OPERATOR[0] if settings.OPERATOR else "",
            date=clock.today(),
            language="de",
            draft=True,
        )


def _operator() -> str:
    return ", ".join(settings.OPERATOR) or _MISSING


def _record() -> Iterator[Block]:
    yield Heading("Verantwortliche Stelle")
    yield Paragraph(f"{_operator()}. Datenschutzbeauftragte: {_OPEN}.")
    yield Heading("Verarbeitungen")
    rows = [(row.data, row.controller, row.purpose, row.basis, str(row.deletion.period)) for row in processings()]
    yield Table("Verarbeitungen", ("Daten", "Verantwortlich", "Zweck", "Rechtsgrundlage", "Löschung"), rows)
    yield Heading("Betroffene, Empfänger, Drittländer")
    yield Listing(
        [
            "Betroffene: Personen in ihrer Funktion bei Kommunen, Polizei, Landespräventionsrat, Verbänden und Vereinen. Keine Bürgerinnen und Bürger.",
            "Empfänger: andere Mitglieder der Allianz, je nach Sichtbarkeit; das Rechenzentrum als Auftragsverarbeiter.",
            "Drittländer: keine. Das Programm ruft keine fremden Dienste auf.",
        ]
    )
    yield from _measures()


def _measures() -> Iterator[Block]:
    yield Heading("Technische und organisatorische Maßnahmen")
    yield Table("Maßnahmen", ("Ziel", "Maßnahme", "Beschrieben in"), [(row["goal"], row["measure"], row["where"]) for row in safeguards()])


def _measures_alone() -> Iterator[Block]:
    yield from _measures()
    yield Heading("Was die Stelle selbst regelt")
    yield Listing(["Zutritt zum Rechenzentrum: " + _OPEN, "Wer Sicherungen aufbewahrt, und wo: " + _OPEN, "Wer bei einem Vorfall wen anruft: " + _OPEN])


def _contract() -> Iterator[Block]:
    yield Heading("Parteien")
    yield Paragraph(f"Verantwortlicher: {_operator()}. Auftragsverarbeiter (Rechenzentrum): {_OPEN}.")
    yield Heading("Gegenstand und Dauer")
    yield Paragraph(f"Betrieb des Programms ASSKomm mit Sicherung und Umstellung auf neue Versionen. Dauer: {_OPEN}.")
    yield Heading("Art der Daten und Betroffene")
    yield Listing([row.data for row in processings()])
    yield Heading("Pflichten des Auftragsverarbeiters")
    yield Listing(
        [
            "Er verarbeitet nur auf dokumentierte Weisung und verpflichtet seine Beschäftigten auf Vertraulichkeit.",
            "Er hält die Maßnahmen der Anlage ein und setzt weitere Auftragsverarbeiter nur mit Zustimmung ein.",
            "Er hilft bei Auskunft, Berichtigung und Löschung; das Programm gibt die Auskunft selbst als Datei.",
            "Er meldet Verletzungen unverzüglich, spätestens nach 24 Stunden.",
            "Er löscht am Ende alle Daten und gibt zuvor eine Sicherung heraus, die sich mit dem Programm wieder einspielen lässt.",
            "Er weist auf Verlangen nach, dass er all das tut.",
        ]
    )
    yield Heading("Anlage: Maßnahmen")
    yield from list(_measures())[1:]


def _assessment() -> Iterator[Block]:
    yield Heading("Vorabprüfung")
    yield Paragraph(
        "Das Programm bewertet keine Personen, überwacht niemanden und verarbeitet in diesem Stand keine besonderen Kategorien. "
        "Eine Folgenabschätzung ist danach nicht zwingend; sie wird vorbereitet, weil Befragungen und Meldungen später hinzukommen können."
    )
    yield Heading("Risiken")
    risks = [
        ("Jemand sieht Ereignisse, die nicht für ihn bestimmt sind", "mittel", "gering", "Sichtbarkeit je Ereignis; jede Adresse wird für jede Rolle geprüft"),
        ("Ein Zugang wird gestohlen", "mittel", "gering", "zweiter Faktor, Passkeys, gebremstes Erraten, Liste der Geräte"),
        ("Wer gegangen ist, hat noch Zugang", "mittel", "gering", "Zugang endet mit dem letzten Tag der Funktion"),
        ("Daten bleiben zu lange", "gering", "gering", "Frist je Art, Löschung jede Nacht mit Protokoll"),
        ("Daten gehen verloren", "mittel", "gering", "geprüfte Sicherung, Wiederherstellung wird getestet"),
    ]
    yield Table("Risiken und was dagegen getan ist", ("Risiko", "Schwere", "Rest", "Maßnahme"), risks)
    yield Heading("Stellungnahme der oder des Datenschutzbeauftragten")
    yield Paragraph(_OPEN)


DRAFTS = {
    "verzeichnis": Draft("Verzeichnis von Verarbeitungstätigkeiten", "Art. 30 DSGVO", _record),
    "auftrag": Draft("Vertrag zur Auftragsverarbeitung", "Art. 28 DSGVO", _contract),
    "massnahmen": Draft("Technische und organisatorische Maßnahmen", "Art. 32 DSGVO", _measures_alone),
    "folgenabschaetzung": Draft("Datenschutz-Folgenabschätzung", "Art. 35 DSGVO", _assessment),
}
