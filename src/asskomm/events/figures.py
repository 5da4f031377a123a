# SPDX-License-Identifier: EUPL-1.2
"""The figures of a gathering that took place: who came, and what the programme held.

Each answers for the gathering that is asked about, where the reader may see it, and otherwise for the last conference that everybody may see. For a
reader who may not see what she asks about there is no value: even that it took place is not said. Programme and counts are those known now.
"""

import datetime as dt
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
from asskomm.core.figures import FIGURES, Answer, Breakdown, Drilldown, Evidence, Figure, FigureKind, Question
from asskomm.core.figures.figure import Words
from asskomm.core.visibility import Visibility
from asskomm.events.domain.queries.contributing import Contributions, Parts, contributions_to
from asskomm.events.domain.queries.counting import Turnout, people_of
from asskomm.events.enums import GatheringKind, SessionKind
from asskomm.events.models import Gathering

NONE = Estimate(None)
"""Of what nobody counted or no programme tells."""


def gathering_asked(question: Question) -> Gathering | None:
    """Give the gathering that a question is about: over by the day, and not made up where only facts are wanted."""
    if "the gathering" not in question.memo:
        days = [question.on, *([question.known_on] if question.known_on else [])]
        rows = Gathering.objects.held(min(clock.now(), *(clock.end_of(day) for day in days)))
        rows = rows.filter(example=False) if question.documented else rows
        if not f"{question.about}0".isalnum():
            rows = rows.none()  # no key has such letters, and not every database takes them
        elif question.about:
            rows = rows.visible_to(question.reader).filter(reference=question.about)
        else:
            rows = rows.filter(kind=GatheringKind.CONFERENCE, visibility=Visibility.PUBLIC)
        question.memo["the gathering"] = rows.first()
    found: Gathering | None = question.memo["the gathering"]
    return found


@dataclass(frozen=True)
class GatheringFigure(Figure):
    """A figure of one gathering; its rows are what was counted, or the gathering itself where people were counted, who stay unnamed.

    Args:
        short: its name on the page of a gathering, where it is clear which one is meant.
    """

    short: Words = ""

    @abstractmethod
    def value(self, gathering: Gathering, question: Question) -> Estimate:
        """Give the number of a gathering."""

    def rows(self, gathering: Gathering, _question: Question) -> Sequence[Evidence]:
        """Give what stands behind the number."""
        address = reverse("events:gathering_figures", args=[gathering.reference])
        return (_evidence(gathering, gathering.title, str(gathering.get_kind_display()), address),)

    def parts(self, _gathering: Gathering, _question: Question, by: Breakdown) -> Parts:
        """Give the parts by one of the breakdowns of this figure."""
        raise KeyError(f"{self.key} cannot be split by {by}")

    def answer(self, question: Question) -> Answer:
        """Give the number, or none where there is no such gathering or nobody counted."""
        gathering = gathering_asked(question)
        if gathering is None:
            return Answer(replace(NONE, unit=self.unit, base=0))
        estimate = self.value(gathering, question)
        note = ", ".join((gathering.title, f"{_day(gathering):%d.%m.%Y}", *estimate.sources))
        return Answer(replace(estimate, unit=self.unit, base=len(self.rows(gathering, question))), note, example=gathering.example)

    def drilldown(self, question: Question) -> Drilldown:
        """Give the rows; whoever is answered sees all of them."""
        gathering = gathering_asked(question)
        rows = self.rows(gathering, question) if gathering else ()
        return Drilldown(rows, len(rows))

    def split(self, question: Question, by: Breakdown) -> list[tuple[str, Estimate]]:
        """Give the number by one breakdown; parts overlap where a session has several fields of action.

        Raises
        ------
            KeyError: it cannot be split so.
        """
        if by not in self.breakdowns:
            return super().split(question, by)
        gathering = gathering_asked(question)
        return list(self.parts(gathering, question, by)) if gathering else []


def _day(gathering: Gathering) -> dt.date:
    return localtime(gathering.starts_at).date()


def _evidence(gathering: Gathering, label: str, kind: str, url: str) -> Evidence:
    return Evidence(label, f"{_day(gathering):%d.%m.%Y}", "", kind, example=gathering.example, url=url)


def people_counted(gathering: Gathering, question: Question) -> Turnout:
    """Give who came to the gathering of a question; counted once for all figures."""
    if "people of the gathering" not in question.memo:
        question.memo["people of the gathering"] = people_of(gathering)
    found: Turnout = question.memo["people of the gathering"]
    return found


def programme_held(gathering: Gathering, question: Question) -> Contributions | None:
    """Give what the programme of the gathering of a question held; read once for all figures."""
    if "programme of the gathering" not in question.memo:
        question.memo["programme of the gathering"] = contributions_to(gathering)
    found: Contributions | None = question.memo["programme of the gathering"]
    return found


class Participants(GatheringFigure):
    """Who came."""

    breakdowns: ClassVar[Sequence[Breakdown]] = (Breakdown.BACKGROUND,)

    def value(self, gathering: Gathering, question: Question) -> Estimate:
        """Give all together."""
        return people_counted(gathering, question).people

    def parts(self, gathering: Gathering, question: Question, _by: Breakdown) -> Parts:
        """Give them by the type of their office."""
        people = people_counted(gathering, question)
        return (*people.by_type, *(((_("nicht nach Art gezählt"), people.unsorted),) if people.unsorted else ()))


class Municipalities(GatheringFigure):
    """From how many municipalities they came."""

    def value(self, gathering: Gathering, question: Question) -> Estimate:
        """Give the number of different ones."""
        return people_counted(gathering, question).municipalities


class Sessions(GatheringFigure):
    """What the programme held."""

    breakdowns: ClassVar[Sequence[Breakdown]] = (Breakdown.FORMAT, Breakdown.FIELD)

    def value(self, gathering: Gathering, question: Question) -> Estimate:
        """Give all without breaks."""
        programme = programme_held(gathering, question)
        return programme.all_sessions if programme else NONE

    def rows(self, gathering: Gathering, question: Question) -> Sequence[Evidence]:
        """Give the sessions as they stand in the programme."""
        programme = programme_held(gathering, question)
        return tuple(
            _evidence(gathering, part.title, str(SessionKind(part.kind).label), reverse("events:session", args=[gathering.reference, part.reference]))
            for part in (programme.sessions if programme else ())
        )

    def parts(self, gathering: Gathering, question: Question, by: Breakdown) -> Parts:
        """Give them by kind or by field of action."""
        programme = programme_held(gathering, question)
        return () if programme is None else programme.by_kind if by is Breakdown.FORMAT else programme.by_field


class Speakers(GatheringFigure):
    """Who contributed."""

    breakdowns: ClassVar[Sequence[Breakdown]] = (Breakdown.BACKGROUND, Breakdown.LEVEL)

    def value(self, gathering: Gathering, question: Question) -> Estimate:
        """Give how many, each once."""
        programme = programme_held(gathering, question)
        return programme.all_speakers if programme else NONE

    def rows(self, gathering: Gathering, question: Question) -> Sequence[Evidence]:
        """Give those who spoke, as the programme names them."""
        programme = programme_held(gathering, question)
        return tuple(
            _evidence(gathering, voice.name, voice.organisation, reverse("events:speaker", args=[gathering.reference, voice.reference]))
            for voice in (programme.speakers if programme else ())
        )

    def parts(self, gathering: Gathering, question: Question, by: Breakdown) -> Parts:
        """Give them by level or by the type of their office."""
        programme = programme_held(gathering, question)
        return () if programme is None else programme.by_level if by is Breakdown.LEVEL else programme.by_background


class PoliceShare(Speakers):
    """Which part of those who contributed has a police background."""

    breakdowns: ClassVar[Sequence[Breakdown]] = ()

    def value(self, gathering: Gathering, question: Question) -> Estimate:
        """Give the share of all speakers."""
        programme = programme_held(gathering, question)
        return programme.police if programme else NONE


def gathering_figures() -> list[GatheringFigure]:
    """Give the figures in their order."""
    _ = gettext_lazy
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
    ]


def register_figures() -> None:
    """Put the figures into the registry, after those of the press release."""
    for position, figure in enumerate(gathering_figures()):
        FIGURES.register(figure.key, figure, order=300 + 10 * position)
