# SPDX-License-Identifier: EUPL-1.2
"""Dates as people write them, and the sentence for each that cannot be."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from asskomm.core.clock import Precision, Span, SpanError

DAY, MONTH, YEAR = Precision.DAY, Precision.MONTH, Precision.YEAR
JULY = Span(dt.date(2021, 7, 1), MONTH)
NOT_A_DATE = "„{}“ ist kein Datum. Schreiben Sie zum Beispiel 14.09.2023, 09.2023, September 2023 oder 2023."


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2023-09-14", Span(dt.date(2023, 9, 14))),
        ("2023-9-4", Span(dt.date(2023, 9, 4))),
        ("2023-09-14T00:00", Span(dt.date(2023, 9, 14))),
        ("2023-09-14 00:00:00", Span(dt.date(2023, 9, 14))),
        ("14.09.2023", Span(dt.date(2023, 9, 14))),
        ("14. 9. 2023", Span(dt.date(2023, 9, 14))),
        ("  4.9.2023  ", Span(dt.date(2023, 9, 4))),
        ("14. September 2023", Span(dt.date(2023, 9, 14))),
        ("14.Sep. 2023", Span(dt.date(2023, 9, 14))),
        ("1. März 2023", Span(dt.date(2023, 3, 1))),
        ("29.02.2024", Span(dt.date(2024, 2, 29))),
        ("2021-07", JULY),
        ("07.2021", JULY),
        ("7.2021", JULY),
        ("7/2021", JULY),
        ("07. 2021", JULY),
        ("Juli 2021", JULY),
        ("JULI 2021", JULY),
        ("Jul. 2021", JULY),
        ("Jul 2021", JULY),
        ("Mär 2021", Span(dt.date(2021, 3, 1), MONTH)),
        ("Maerz 2021", Span(dt.date(2021, 3, 1), MONTH)),
        ("Sept. 2021", Span(dt.date(2021, 9, 1), MONTH)),
        ("2021", Span(dt.date(2021, 1, 1), YEAR)),
    ],
)
def test_every_shape_of_a_date_is_read(text: str, span: Span) -> None:
    assert Span.parse(text) == span


@pytest.mark.parametrize(
    ("text", "precision", "span"),
    [
        ("14.09.2023", "day", Span(dt.date(2023, 9, 14))),
        ("14.09.2023", "month", Span(dt.date(2023, 9, 1), MONTH)),
        ("14.09.2023", " Monat ", Span(dt.date(2023, 9, 1), MONTH)),
        ("14.09.2023", "YEAR", Span(dt.date(2023, 1, 1), YEAR)),
        ("Juli 2021", "month", JULY),
        ("Juli 2021", "Jahr", Span(dt.date(2021, 1, 1), YEAR)),
        ("2021", "year", Span(dt.date(2021, 1, 1), YEAR)),
        ("2021", "  ", Span(dt.date(2021, 1, 1), YEAR)),
    ],
)
def test_a_precision_may_be_coarser_than_the_date(text: str, precision: str, span: Span) -> None:
    assert Span.parse(text, precision) == span


@pytest.mark.parametrize(
    ("text", "precision", "sentence"),
    [
        ("31.02.2023", "", "Den Tag „31.02.2023“ gibt es nicht."),
        ("29.02.2023", "", "Den Tag „29.02.2023“ gibt es nicht."),
        ("2023-13-01", "", "Den Tag „2023-13-01“ gibt es nicht."),
        ("00.2023", "", "Den Tag „00.2023“ gibt es nicht."),
        ("0000", "", "Den Tag „0000“ gibt es nicht."),
        ("Brumaire 2023", "", NOT_A_DATE.format("Brumaire 2023")),
        ("3. Brumaire 2023", "", NOT_A_DATE.format("3. Brumaire 2023")),
        ("", "", NOT_A_DATE.format("")),
        ("gestern", "", NOT_A_DATE.format("gestern")),
        ("14.09.23", "", NOT_A_DATE.format("14.09.23")),
        ("09/14/2023", "", NOT_A_DATE.format("09/14/2023")),
        ("2023-09-14T12:00", "", NOT_A_DATE.format("2023-09-14T12:00")),
        ("45183", "", NOT_A_DATE.format("45183")),
        ("14.09.2023", "week", "Genauigkeit „week“ ist unbekannt. Möglich sind: day, month, year (Tag, Monat, Jahr)."),
        ("2021-07", "day", "„2021-07“ nennt keinen genauen Tag oder Monat, wie es die Genauigkeit „Tag“ verlangt."),
        ("2021", "Monat", "„2021“ nennt keinen genauen Tag oder Monat, wie es die Genauigkeit „Monat“ verlangt."),
        ("2021", "tag", "„2021“ nennt keinen genauen Tag oder Monat, wie es die Genauigkeit „Tag“ verlangt."),
    ],
)
def test_what_is_no_date_is_refused_in_a_sentence(text: str, precision: str, sentence: str) -> None:
    with pytest.raises(SpanError) as refusal:
        Span.parse(text, precision)
    assert str(refusal.value) == sentence


TODAY = dt.date(2023, 9, 14)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31.12.1989", "31.12.1989 liegt vor 1990. Bitte das Jahr prüfen."),
        ("Dezember 1989", "Dezember 1989 liegt vor 1990. Bitte das Jahr prüfen."),
        ("1989", "1989 liegt vor 1990. Bitte das Jahr prüfen."),
        ("0001", "0001 liegt vor 1990. Bitte das Jahr prüfen."),
        ("16.09.2023", "16.09.2023 liegt in der Zukunft. Ein Ereignis kann spätestens morgen sein."),
        ("10.2023", "Oktober 2023 liegt in der Zukunft. Ein Ereignis kann spätestens morgen sein."),
        ("2024", "2024 liegt in der Zukunft. Ein Ereignis kann spätestens morgen sein."),
    ],
)
def test_what_lies_outside_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(SpanError) as refusal:
        Span.parse(text).refuse_outside(TODAY)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("text", ["01.01.1990", "Januar 1990", "1990", "14.09.2023", "15.09.2023", "09.2023", "2023"])
def test_the_edges_of_what_is_allowed(text: str) -> None:
    Span.parse(text).refuse_outside(TODAY)


@pytest.mark.parametrize(
    ("span", "last"),
    [
        (Span(dt.date(2024, 2, 1), MONTH), dt.date(2024, 2, 29)),
        (Span(dt.date(2023, 2, 1), MONTH), dt.date(2023, 2, 28)),
        (Span(dt.date(2023, 12, 1), MONTH), dt.date(2023, 12, 31)),
        (Span(dt.date(2023, 1, 1), YEAR), dt.date(2023, 12, 31)),
        (Span(dt.date(2023, 9, 14)), dt.date(2023, 9, 14)),
    ],
)
def test_a_span_counts_from_its_last_day(span: Span, last: dt.date) -> None:
    assert span.last == last


def test_the_words_for_precisions() -> None:
    assert [p.label for p in Precision] == ["Tag", "Monat", "Jahr"]


SPANS = st.builds(
    lambda day, precision: Span.parse(day.isoformat(), precision), st.dates(min_value=dt.date(1000, 1, 1)), st.sampled_from([p.value for p in Precision])
)


@pytest.mark.parametrize("language", ["de", "en"])
@given(span=SPANS)
def test_what_is_shown_can_be_entered_again(language: str, span: Span) -> None:
    with translation.override(language):
        assert Span.parse(str(span)) == span


@given(span=SPANS)
def test_a_span_is_in_order_and_its_iso_form_is_read(span: Span) -> None:
    assert span.first <= span.last
    iso = span.first.isoformat()[: {DAY: 10, MONTH: 7, YEAR: 4}[span.precision]]
    assert Span.parse(iso) == span


@given(text=st.text(max_size=20))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        Span.parse(text)
    except SpanError as fault:
        assert str(fault).endswith(("gibt es nicht.", "oder 2023."))  # noqa: PT017 -- both ways are right
