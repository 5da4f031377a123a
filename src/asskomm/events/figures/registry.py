# SPDX-License-Identifier: EUPL-1.2
"""The figures of gatherings, each with its definition in words."""

from django.utils.translation import gettext_lazy as _

from asskomm.core.figures import FIGURES, FigureKind
from asskomm.events.figures.asking import GatheringFigure
from asskomm.events.figures.of_answers import Praise, Satisfaction
from asskomm.events.figures.of_gatherings import Municipalities, Participants, PoliceShare, Sessions, Speakers


def gathering_figures() -> list[GatheringFigure]:
    """Give the figures in their order."""
    period = FigureKind.PERIOD
    return [
        Participants(
            "gathering_participants",
            _("Teilnehmende einer Veranstaltung"),
            _("Menschen, die da waren; ohne genannte Veranstaltung am letzten öffentlichen Fachtag bis zum Stichtag."),
            period,
            "persons",
            short=_("Teilnehmende"),
        ),
        Municipalities(
            "gathering_municipalities",
            _("Kommunen einer Veranstaltung"),
            _("Verschiedene Kommunen, für die jemand da war; ohne genannte Veranstaltung am letzten öffentlichen Fachtag bis zum Stichtag."),
            period,
            short=_("Kommunen"),
        ),
        Sessions(
            "gathering_sessions",
            _("Beiträge einer Veranstaltung"),
            _("Beiträge im veröffentlichten Programm, ohne Pausen; ohne genannte Veranstaltung des letzten öffentlichen Fachtags bis zum Stichtag."),
            period,
            short=_("Beiträge"),
        ),
        Speakers(
            "gathering_speakers",
            _("Mitwirkende einer Veranstaltung"),
            _("Menschen im veröffentlichten Programm, jede Person einmal; ohne genannte Veranstaltung des letzten öffentlichen Fachtags bis zum Stichtag."),
            period,
            "persons",
            short=_("Mitwirkende"),
        ),
        PoliceShare(
            "gathering_police_speaker_share",
            _("Mitwirkende aus der Polizei"),
            _("Anteil der Mitwirkenden, die für die Polizei sprechen; ohne genannte Veranstaltung am letzten öffentlichen Fachtag bis zum Stichtag."),
            period,
            "share",
            short=_("Mitwirkende aus der Polizei"),
        ),
        Satisfaction(
            "gathering_satisfaction",
            _("Zufriedenheit mit einer Veranstaltung"),
            _("Anteil der Antworten, die sie gut oder sehr gut fanden; ohne genannte Veranstaltung am letzten öffentlichen Fachtag bis zum Stichtag."),
            period,
            "share",
            short=_("gut oder sehr gut"),
        ),
        Praise(
            "gathering_praise",
            _("Lob zu einer Veranstaltung"),
            _("Antworten, die Einladende als Lob zählen, jede ein Zitat; ohne genannte Veranstaltung am letzten öffentlichen Fachtag bis zum Stichtag."),
            period,
            short=_("Lob"),
        ),
    ]


def register_figures() -> None:
    """Put the figures into the registry, after those of the press release."""
    for position, figure in enumerate(gathering_figures()):
        FIGURES.register(figure.key, figure, order=300 + 10 * position)
