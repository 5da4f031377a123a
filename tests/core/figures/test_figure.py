# SPDX-License-Identifier: EUPL-1.2
"""What every figure has, shown with a toy one."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from asskomm.core.estimates import Estimate
from asskomm.core.figures.figure import Answer, Breakdown, Drilldown, Evidence, Figure, FigureKind, Question
from asskomm.core.visibility import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Toy(Figure):
    @override
    def answer(self, question: Question) -> Answer:
        return Answer(Estimate(question.on.year))

    @override
    def drilldown(self, question: Question) -> Drilldown:
        return Drilldown((), 0)


def _labels(words: "Iterable[FigureKind | Breakdown]") -> list[str]:
    return [word.label for word in words]


def test_the_words_for_kinds_and_breakdowns() -> None:
    assert _labels(FigureKind) == ["Bestand am Stichtag", "insgesamt seit Beginn", "im Zeitraum"]
    assert _labels(Breakdown) == ["Landkreis", "Art der Kommune", "Größenklasse", "Handlungsfeld", "Jahr", "Hintergrund", "Ebene", "Art des Beitrags"]


def test_a_figure_without_breakdown_refuses_to_be_split() -> None:
    toy = _Toy("toy", "Spielzeug", "zählt nichts", FigureKind.STOCK)
    assert tuple(toy.breakdowns) == ()
    with pytest.raises(KeyError, match="toy cannot be split by year"):
        toy.split(Question(dt.date(2023, 9, 14)), Breakdown.YEAR)


def test_a_question_is_asked_by_the_operator_unless_said() -> None:
    question = Question(dt.date(2023, 9, 14))
    assert (question.known_on, question.documented, question.reader) == (None, False, SYSTEM)


def test_evidence_over_the_api() -> None:
    row = Evidence("Görlitz", "2020", "abc", "Beratung", place="14626110", example=True)
    assert row.as_json() == {
        "label": "Görlitz",
        "date": "2020",
        "event": "abc",
        "kind": "Beratung",
        "place": "14626110",
        "district": "",
        "source": "",
        "example": True,
        "url": "",
    }
