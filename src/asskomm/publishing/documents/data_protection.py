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
from asskomm.publishing.domain.processing import processings, scope

_SAFEGUARDS = Path(__file__).resolve().parents[1] / "data" / "safeguards.csv"
_MISSING = "noch nicht eingetragen (Einstellung ASSKOMM_OPERATOR)"
_OPEN = "[bitte ergänzen]"
_PROCESSOR = "das Rechenzentrum als Auftragsverarbeiter"


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
    found = scope()
    yield Listing(
        [
            f"Betroffene: {'; '.join(found.subjects)}.",
            f"Besondere Kategorien (Art. 9 DSGVO): {_special_words()}.",
            f"Empfänger: {'; '.join((*found.recipients, _PROCESSOR))}.",
            "Drittländer: keine. Das Programm ruft keine fremden Dienste auf.",
        ]
    )
    each = [(row.data, row.subjects, row.special or "keine", row.recipients or "keine") for row in processings()]
    yield Table("Betroffene und Empfänger im Einzelnen", ("Daten", "Betroffene", "Besondere Kategorien", "Empfänger"), each)
    yield from _measures()


def _special_words() -> str:
    return "; ".join(f"{row.special} („{row.data}“, {row.basis})" for row in scope().special) or "keine"


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
    yield Paragraph(f"Betroffene: {'; '.join(scope().subjects)}. Besondere Kategorien (Art. 9 DSGVO): {_special_words()}.")
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
    special = scope().special
    yield Paragraph("Das Programm bewertet keine Personen und überwacht niemanden.")
    yield Paragraph(f"Besondere Kategorien (Art. 9 DSGVO): {_special_words()}.")
    yield Listing([f"{row.data}: Zweck: {row.purpose}. Empfänger: {row.recipients or 'keine'}. Löschung: {row.deletion.period}." for row in special])
    yield Paragraph(
        f"Ob die Verarbeitung umfangreich ist (Art. 35 Abs. 3 Buchst. b DSGVO) und eine Folgenabschätzung damit Pflicht, entscheidet die Stelle: {_OPEN}."
    )
    yield Heading("Risiken")
    risks = [
        ("Jemand sieht Ereignisse, die nicht für ihn bestimmt sind", "mittel", "gering", "Sichtbarkeit je Ereignis; jede Adresse wird für jede Rolle geprüft"),
        ("Ein Zugang wird gestohlen", "mittel", "gering", "zweiter Faktor, Passkeys, gebremstes Erraten, Liste der Geräte"),
        ("Wer gegangen ist, hat noch Zugang", "mittel", "gering", "Zugang endet mit dem letzten Tag der Funktion"),
        ("Daten bleiben zu lange", "gering", "gering", "Frist je Art, Löschung jede Nacht mit Protokoll"),
        ("Jemand liest Angaben zur Gesundheit", "hoch", "gering", "freiwillig, verschlüsselt, nur für Einladende, Löschung nach zwei Wochen"),
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
