# SPDX-License-Identifier: EUPL-1.2
"""The figures of the press release, each with its definition in words."""

from django.utils.translation import gettext_lazy as _

from asskomm.alliance.figures.counted import Counted
from asskomm.alliance.figures.statewide import DistrictCouncils, LatestMeasure, YearSum
from asskomm.core.figures import FIGURES, Figure, FigureKind


def _counted() -> list[Figure]:
    total, stock = FigureKind.TOTAL, FigureKind.STOCK
    return [
        Counted(
            "municipalities_advised",
            _("Beratene Kommunen"),
            _("Kommunen, die der Landespräventionsrat bis zum Stichtag mindestens einmal beraten hat."),
            total,
            total="advised",
        ),
        Counted(
            "councils",
            _("Kommunale Präventionsräte"),
            _("Kommunen, in denen bis zum Stichtag ein Präventionsrat gegründet oder wiederbelebt wurde, auch wenn er heute ruht."),
            total,
            total="councils",
        ),
        Counted(
            "agreements",
            _("Kooperationsvereinbarungen"),
            _("Kommunen, für die am Stichtag eine unterzeichnete Kooperationsvereinbarung gilt."),
            stock,
            total="agreements",
        ),
        Counted(
            "coaching_processes",
            _("Coaching-Prozesse"),
            _("Begleitende Coachings, die bis zum Stichtag begonnen haben; ein gemeinsames Coaching zählt einmal."),
            total,
            total="coaching",
        ),
        Counted(
            "safety_analyses",
            _("Sicherheitsanalysen"),
            _("Sicherheitsanalysen, die bis zum Stichtag begonnen haben; eine gemeinsame Analyse zählt einmal."),
            total,
            total="analyses",
        ),
    ]


def _beside() -> list[Figure]:
    total, stock = FigureKind.TOTAL, FigureKind.STOCK
    return [
        Counted(
            "municipalities_contacted",
            _("Kommunen mit Kontakt"),
            _("Kommunen, mit denen der Landespräventionsrat bis zum Stichtag in Kontakt war, Modellkommunen eingeschlossen."),
            total,
            total="contacted",
        ),
        Counted(
            "model_municipalities",
            _("Modellkommunen"),
            _("Kommunen, die den Weg der Allianz als Modell erproben oder erprobt haben."),
            total,
            total="model",
        ),
        Counted(
            "councils_active",
            _("Arbeitende Präventionsräte"),
            _("Kommunen, deren Präventionsrat am Stichtag nicht ruht."),
            stock,
        ),
        DistrictCouncils(
            "district_councils",
            _("Präventionsräte der Landkreise"),
            _("Landkreise, in denen bis zum Stichtag ein eigener Präventionsrat gegründet oder wiederbelebt wurde; sie zählen nicht zu den Kommunen."),
            total,
        ),
        Counted(
            "agreement_documents",
            _("Vereinbarungen als Dokumente"),
            _("Geltende Kooperationsvereinbarungen, jedes Papier einmal gezählt, auch wenn mehrere Kommunen darauf stehen."),
            stock,
        ),
        Counted(
            "safety_analysis_municipalities",
            _("Kommunen mit Sicherheitsanalyse"),
            _("Kommunen, für die bis zum Stichtag eine Sicherheitsanalyse begonnen hat."),
            total,
            total="analysis_municipalities",
        ),
    ]


def _statewide() -> list[Figure]:
    period = FigureKind.PERIOD
    latest = "conference_held"
    return [
        YearSum(
            "grants_eur",
            _("Fördermittel des Jahres"),
            _("Geld, das der Freistaat für die Arbeit des Jahres bereitstellt, in das der Stichtag fällt."),
            period,
            "EUR",
            event_kind="budget_provided",
        ),
        LatestMeasure(
            "conference_participants",
            _("Teilnehmende am Fachtag"),
            _("Teilnehmende des letzten Fachtags bis zum Stichtag."),
            period,
            "persons",
            event_kind=latest,
            measure="participants",
        ),
        LatestMeasure(
            "conference_sessions",
            _("Beiträge am Fachtag"),
            _("Vorträge und Workshops des letzten Fachtags bis zum Stichtag."),
            period,
            event_kind=latest,
            measure="sessions",
        ),
        LatestMeasure(
            "conference_speaker_municipalities",
            _("Kommunen der Referierenden"),
            _("Kommunen, aus denen die Referierenden des letzten Fachtags bis zum Stichtag kamen."),
            period,
            event_kind=latest,
            measure="municipalities",
        ),
        LatestMeasure(
            "conference_police_speaker_share",
            _("Referierende aus der Polizei"),
            _("Anteil der Referierenden mit polizeilichem Hintergrund am letzten Fachtag bis zum Stichtag."),
            period,
            "share",
            event_kind=latest,
            measure="police_share",
        ),
    ]


def register_figures() -> None:
    """Put the figures into the registry, the press release's first."""
    for position, figure in enumerate([*_counted(), *_statewide(), *_beside()], 1):
        FIGURES.register(figure.key, figure, order=10 * position)
