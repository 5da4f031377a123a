# SPDX-License-Identifier: EUPL-1.2
"""Bars and lines of steps: true lengths, words beside colours, names stay names."""

import datetime as dt
import re

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from asskomm.core.charts import Drawing, bar_chart, step_chart
from asskomm.core.documents.plain import plain
from asskomm.core.estimates import Estimate, Quality

FIRST = dt.date(2023, 1, 1)


def texts(drawing: Drawing) -> list[str]:
    return [element.text or "" for element in fromstring(drawing.svg).iter() if element.tag.endswith("text")]


def widths(drawing: Drawing) -> list[float]:
    return [float(element.attrib["width"]) for element in fromstring(drawing.svg).iter() if element.tag.endswith("rect")]


def moments(*values: int | None) -> list[tuple[dt.date, Estimate]]:
    return [(FIRST + dt.timedelta(days=10 * number), Estimate(value)) for number, value in enumerate(values)]


def test_bars_are_as_long_as_their_values() -> None:
    drawing = bar_chart("Treffen", [("a", Estimate(100)), ("b", Estimate(50)), ("c", Estimate(0)), ("d", Estimate(None))])
    assert widths(drawing) == [490, 245]
    assert texts(drawing) == ["a", "100", "b", "50", "c", "0", "d", "nicht bekannt"]
    said = [f"Der Wert für {label} beträgt {value}." for label, value in (("a", 100), ("b", 50), ("c", 0), ("d", "nicht bekannt"))]
    assert drawing.alternative == " ".join(["Balkendiagramm „Treffen“.", *said])


def test_a_value_that_is_not_shown_has_no_bar() -> None:
    drawing = bar_chart("Treffen", [("a", Estimate(3, quality=Quality.NOT_SHOWN)), ("b", Estimate(1))])
    assert (widths(drawing), texts(drawing)) == ([490], ["a", "nicht ausgewiesen", "b", "1"])


@pytest.mark.parametrize("categories", [[], [("a", Estimate(-1))]])
def test_bars_need_something_to_draw(categories: list[tuple[str, Estimate]]) -> None:
    with pytest.raises(ValueError, match="a bar chart needs categories"):
        bar_chart("Treffen", categories)


def test_a_line_holds_until_it_changes() -> None:
    drawing = step_chart("Treffen", moments(0, 0, 8))
    line = re.findall(r'd="(M[^"]*)" fill="none" stroke="#', drawing.svg)
    assert line == ["M17.0 116.0H290.5V116.0H564.0V16.0"]
    assert texts(drawing) == ["0", "2", "4", "6", "8", "01.01.2023", "21.01.2023", "8"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((0, 3, 8), "Der Wert steigt von 0 am 1. Januar 2023 auf 8 am 21. Januar 2023."),
        ((8, 3, 0), "Der Wert sinkt von 8 am 1. Januar 2023 auf 0 am 21. Januar 2023."),
        ((3, 3), "Der Wert beträgt am 1. Januar 2023 und am 11. Januar 2023 3."),
        ((3, 5, 3), "Der Wert beträgt am 1. Januar 2023 und am 21. Januar 2023 3. Am höchsten ist er am 11. Januar 2023 mit 5."),
        ((3, 1, 4), "Der Wert steigt von 3 am 1. Januar 2023 auf 4 am 21. Januar 2023. Am niedrigsten ist er am 11. Januar 2023 mit 1."),
        ((None, 3, None, 4), "Der Wert steigt von 3 am 11. Januar 2023 auf 4 am 31. Januar 2023."),
    ],
)
def test_words_say_where_the_line_goes(values: tuple[int | None, ...], said: str) -> None:
    assert step_chart("Treffen", moments(*values)).alternative == f"Liniendiagramm „Treffen“. {said}"


def test_a_value_that_is_not_shown_is_left_out_of_the_line() -> None:
    hidden = (FIRST + dt.timedelta(days=5), Estimate(99, quality=Quality.NOT_SHOWN))
    drawing = step_chart("Treffen", [moments(1)[0], hidden, *moments(1, 2)[1:]])
    assert (texts(drawing)[-1], "99" in drawing.svg) == ("2", False)


@pytest.mark.parametrize("values", [(1,), (None, 1), (2, -1)])
def test_a_line_needs_two_values(values: tuple[int | None, ...]) -> None:
    with pytest.raises(ValueError, match="a line needs two known values"):
        step_chart("Treffen", moments(*values))


@given(label=st.text(min_size=1, max_size=30))
def test_a_name_stays_a_name(label: str) -> None:
    drawing = bar_chart("Treffen", [(label, Estimate(1))])
    assert texts(drawing) == [plain(label), "1"]
    assert fromstring(drawing.svg).attrib["aria-label"] == plain(drawing.alternative)
