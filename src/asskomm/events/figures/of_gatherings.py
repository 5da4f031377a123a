# SPDX-License-Identifier: EUPL-1.2
"""The figures of a gathering that took place: who came, and what the programme held."""

from collections.abc import Sequence
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from asskomm.core.estimates import Estimate
from asskomm.core.figures import Breakdown, Evidence, Question
from asskomm.events.domain.queries.contributing import Parts
from asskomm.events.enums import SessionKind
from asskomm.events.figures.asking import NONE, GatheringFigure, evidence, people_counted, programme_held
from asskomm.events.models import Gathering


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
            evidence(gathering, part.title, str(SessionKind(part.kind).label), reverse("events:session", args=[gathering.reference, part.reference]))
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
            evidence(gathering, voice.name, voice.organisation, reverse("events:speaker", args=[gathering.reference, voice.reference]))
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
