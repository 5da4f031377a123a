# SPDX-License-Identifier: EUPL-1.2
"""Measure the figures of a press sheet: on its day, on the day before, and over the time in between."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from asskomm.core.estimates import Basis, Estimate, Quality
from asskomm.core.figures import FIGURES, Answer, Figure, FigureKind, Question
from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.publishing.models import PressFigure, PressSheet

PRESS = ("municipalities_advised", "agreements", "councils", "coaching_processes", "safety_analyses", "grants_eur")
CONFERENCE_AS_TOLD = ("conference_participants", "conference_sessions", "conference_speaker_municipalities", "conference_police_speaker_share")
CONFERENCE_AS_COUNTED = (
    "gathering_participants",
    "gathering_municipalities",
    "gathering_sessions",
    "gathering_police_speaker_share",
    "gathering_satisfaction",
)
_ON_THE_SHEET = {
    "gathering_participants": _("Teilnehmende am Fachtag"),
    "gathering_municipalities": _("Kommunen der Teilnehmenden am Fachtag"),
    "gathering_sessions": _("Beiträge am Fachtag"),
    "gathering_police_speaker_share": _("Mitwirkende aus der Polizei am Fachtag"),
    "gathering_satisfaction": _("Zufriedenheit mit dem Fachtag"),
}
"""Names of figures that can be asked of any gathering, as on a sheet that speaks of the last conference."""
MOST_POINTS = 25
LANGUAGE = "de"  # of every sheet, whatever language the screen has
_LONGEST_NOTE = 500
CourseRow = tuple[str, dict[str, object]] | tuple[str, dict[str, object], str]


@dataclass(frozen=True)
class Difference:
    """A value of a released sheet that would be another one today."""

    figure: PressFigure
    day: dt.date
    frozen: Estimate
    now: Estimate


@dataclass(frozen=True)
class RowDifference:
    """Events that would be counted today for a figure of a released sheet and were not, and those that were and would not be; as references."""

    figure: PressFigure
    came: Sequence[str]
    gone: Sequence[str]


def measure(sheet: PressSheet) -> tuple[list[PressFigure], bool]:
    """Give the figures of a sheet as known now, not saved, and whether anything of them is made up.

    Words and sources are those that everybody may read, because the sheet will be public; the references of the events are all of them.
    """
    with override(LANGUAGE):
        asked = _Asked.of(sheet)
        chosen = [FIGURES[key] for key in (*PRESS, *_of_the_conference(asked.today)) if key in FIGURES]
        figures = [_measured(position, figure, asked) for position, figure in enumerate(chosen, 1)]
        return figures, any(figure.answer(question).example for figure in chosen for question in (asked.today, asked.before))


def _of_the_conference(question: Question) -> Sequence[str]:
    """Give the figures of the last conference: those counted here on the evening of the day, until somebody enters what was told the public."""
    counted, told = FIGURES[CONFERENCE_AS_COUNTED[0]], FIGURES[CONFERENCE_AS_TOLD[0]]
    here, there = counted.occasions(question), told.occasions(question)
    newer = bool(here) and (not there or here[-1] > there[-1]) and counted.answer(question).estimate.value is not None
    return CONFERENCE_AS_COUNTED if newer else CONFERENCE_AS_TOLD


@dataclass(frozen=True)
class _Asked:
    """The questions that all figures of a sheet answer, so that what they need is read once."""

    sheet: PressSheet
    today: Question
    before: Question
    days: Sequence[Question]
    years: Sequence[Question]
    others: dict[dt.date, Question] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: PressSheet) -> Self:
        """Give the questions of a sheet."""
        days = [_question(sheet, day) for day in sample_days(sheet.start, sheet.day)]
        years = [_question(sheet, dt.date(year, 12, 31)) for year in range(sheet.start.year, sheet.day.year)]
        return cls(sheet, days[-1], days[0], days, [*years, days[-1]])

    def course(self, figure: Figure) -> list[CourseRow]:
        """Give the values of a figure's course: of days, of the years of money, of one conference after another with its name."""
        if occasions := [self._on(day) for day in figure.occasions(self.today)]:
            return [(*_row(question, answer), answer.note) for question in occasions for answer in (figure.answer(question),)]
        questions = self.days if figure.kind is not FigureKind.PERIOD else self.years if figure.unit == "EUR" else ()
        return [_row(question, figure.answer(question)) for question in questions]

    def _on(self, day: dt.date) -> Question:
        return self.others.setdefault(day, _question(self.sheet, day))


def _row(question: Question, answer: Answer) -> tuple[str, dict[str, object]]:
    return question.on.isoformat(), answer.estimate.as_json()


def _question(sheet: PressSheet, day: dt.date) -> Question:
    return Question(on=day, documented=sheet.documented, reader=ANYONE)


def _measured(position: int, figure: Figure, asked: _Asked) -> PressFigure:
    answer = figure.answer(asked.today)
    return PressFigure(
        position=position,
        key=figure.key,
        name=str(_ON_THE_SHEET.get(figure.key, figure.name)),
        definition=str(figure.definition),
        kind=figure.kind.value,
        note=answer.note[:_LONGEST_NOTE],
        before=figure.answer(asked.before).estimate.as_json(),
        value=answer.estimate.as_json(),
        course=asked.course(figure),
        events=_events(figure, asked.today),
    )


def _events(figure: Figure, question: Question) -> list[str]:
    """Give the references of the events behind a figure, whoever may see them."""
    rows = figure.drilldown(replace(question, reader=SYSTEM, memo={})).rows
    return list(dict.fromkeys(row.event for row in rows if row.event))


def sample_days(start: dt.date, day: dt.date) -> list[dt.date]:
    """Give at most 25 days, evenly spread, with both ends.

    >>> [day.day for day in sample_days(dt.date(2023, 1, 1), dt.date(2023, 1, 4))]
    [1, 2, 3, 4]
    """
    length = (day - start).days
    steps = min(MOST_POINTS - 1, length)
    return [start + dt.timedelta(days=round(length * number / steps)) for number in range(steps + 1)]


def change(figure: PressFigure) -> Estimate | None:
    """Give what was added since the period began; nothing where one of the two is not known or not shown."""
    now, before = figure.estimate, figure.earlier
    if now.value is None or before.value is None or Quality.NOT_SHOWN in {now.quality, before.quality}:
        return None
    basis = now.basis if now.basis is before.basis else Basis.REPORTED
    return Estimate(round(now.value - before.value, 6), now.unit, basis)


def differences(sheet: PressSheet) -> list[Difference]:
    """Give the values of a sheet that later corrections have changed."""
    today, before = _question(sheet, sheet.day), _question(sheet, sheet.start)
    frozen = [(figure, FIGURES[figure.key]) for figure in sheet.figures.all() if figure.key in FIGURES]
    both = [(row, figure, sides) for row, figure in frozen for sides in ((before, row.earlier), (today, row.estimate))]
    found = [Difference(row, question.on, old, figure.answer(question).estimate) for row, figure, (question, old) in both]
    return [difference for difference in found if difference.now.value != difference.frozen.value]


def row_differences(sheet: PressSheet) -> list[RowDifference]:
    """Give the events of a sheet's day that came and went since, also where as many went as came."""
    question = _question(sheet, sheet.day)
    pairs = [(row, _events(FIGURES[row.key], question)) for row in sheet.figures.all() if row.key in FIGURES]
    found = [RowDifference(row, [key for key in now if key not in row.events], [key for key in row.events if key not in now]) for row, now in pairs]
    return [difference for difference in found if difference.came or difference.gone]
