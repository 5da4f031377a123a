# SPDX-License-Identifier: EUPL-1.2
"""About which gathering a figure speaks, and what all figures of one share.

Each answers for the gathering that is asked about, where the reader may see it, and otherwise for the last conference of the state council that
everybody may see. For a reader who may not see what she asks about there is no value: even that it took place is not said. Programme and counts are
those known now.
"""

import datetime as dt
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.timezone import localtime

from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
from asskomm.core.figures import MOST_OCCASIONS, Answer, Breakdown, Drilldown, Evidence, Figure, Question
from asskomm.core.figures.figure import Words
from asskomm.core.visibility import Visibility
from asskomm.events.domain.queries.contributing import Contributions, Parts, contributions_to
from asskomm.events.domain.queries.counting import WhoCame, people_of
from asskomm.events.enums import GatheringKind
from asskomm.events.models import Gathering
from asskomm.events.models.gathering import GatheringQuerySet
from asskomm.people.enums import OrganisationKind

NONE = Estimate(None)
"""Of what nobody counted or no programme tells."""


def gathering_asked(question: Question) -> Gathering | None:
    """Give the gathering that a question is about: over by the day, and not made up where only facts are wanted."""
    if "the gathering" not in question.memo:
        rows = _held(question)
        if not f"{question.about}0".isalnum():
            rows = rows.none()  # no key has such letters, and not every database takes them
        elif question.about:
            rows = rows.visible_to(question.reader).filter(reference=question.about)
        else:
            rows = _conferences(rows)
        question.memo["the gathering"] = rows.first()
    found: Gathering | None = question.memo["the gathering"]
    return found


def _held(question: Question) -> GatheringQuerySet:
    days = [question.on, *([question.known_on] if question.known_on else [])]
    rows = Gathering.objects.held(min(clock.now(), *(clock.end_of(day) for day in days)))
    return rows.filter(example=False) if question.documented else rows


def _conferences(rows: GatheringQuerySet) -> GatheringQuerySet:
    return rows.filter(kind=GatheringKind.CONFERENCE, visibility=Visibility.PUBLIC, owner__kind=OrganisationKind.STATE_COUNCIL)


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
        return (evidence(gathering, gathering.title, str(gathering.get_kind_display()), address),)

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
        base = estimate.base if estimate.interval else len(self.rows(gathering, question))  # of answers nobody sees single ones
        return Answer(replace(estimate, unit=self.unit, base=base), note, example=gathering.example)

    def occasions(self, question: Question) -> Sequence[dt.date]:
        """Give the days of the latest conferences, where no gathering is asked about."""
        if question.about:
            return ()
        if "the conferences" not in question.memo:
            newest = list(_conferences(_held(question))[:MOST_OCCASIONS])
            question.memo["the conferences"] = tuple(dict.fromkeys(_day(row) for row in reversed(newest)))
        found: tuple[dt.date, ...] = question.memo["the conferences"]
        return found

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


def evidence(gathering: Gathering, label: str, kind: str, url: str) -> Evidence:
    """Give a row behind a number of a gathering."""
    return Evidence(label, f"{_day(gathering):%d.%m.%Y}", "", kind, example=gathering.example, url=url)


def people_counted(gathering: Gathering, question: Question) -> WhoCame:
    """Give who came to the gathering of a question; counted once for all figures."""
    if "people of the gathering" not in question.memo:
        question.memo["people of the gathering"] = people_of(gathering)
    found: WhoCame = question.memo["people of the gathering"]
    return found


def programme_held(gathering: Gathering, question: Question) -> Contributions | None:
    """Give what the programme of the gathering of a question held; read once for all figures."""
    if "programme of the gathering" not in question.memo:
        question.memo["programme of the gathering"] = contributions_to(gathering)
    found: Contributions | None = question.memo["programme of the gathering"]
    return found
