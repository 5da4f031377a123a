# SPDX-License-Identifier: EUPL-1.2
"""Days and pages in the address line."""

import datetime as dt

import pytest
from django.test import RequestFactory

from asskomm.core.clock import clock
from asskomm.core.ui.days import ParameterError, day_from, optional_day, read_day

NOW = dt.datetime(2023, 9, 14, 10, tzinfo=dt.UTC)


def _request(**parameters: str) -> object:
    return RequestFactory().get("/", parameters)


@pytest.mark.parametrize("text", ["14.09.2023", "2023-09-14", "14. September 2023"])
def test_a_day_is_read_in_any_shape(text: str) -> None:
    assert read_day(text) == dt.date(2023, 9, 14)


def test_the_first_and_the_last_day_that_can_be_asked() -> None:
    with clock.moved_to(NOW):
        assert read_day("01.01.1990") == dt.date(1990, 1, 1)
        assert read_day("14.09.2033") == dt.date(2033, 9, 14)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("gestern", "„gestern“ ist kein Datum. Schreiben Sie zum Beispiel 14.09.2023, 09.2023, September 2023 oder 2023."),
        ("31.02.2023", "Den Tag „31.02.2023“ gibt es nicht."),
        ("09.2023", "„09.2023“ ist kein Tag. Schreiben Sie zum Beispiel 14.09.2023."),
        ("2023", "„2023“ ist kein Tag. Schreiben Sie zum Beispiel 14.09.2023."),
        ("31.12.1989", "Der Tag muss zwischen 1990 und in zehn Jahren liegen."),
        ("15.09.2033", "Der Tag muss zwischen 1990 und in zehn Jahren liegen."),
        ("9999-12-31", "Der Tag muss zwischen 1990 und in zehn Jahren liegen."),
    ],
)
def test_another_day_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with clock.moved_to(NOW), pytest.raises(ParameterError) as refusal:
        read_day(text)
    assert str(refusal.value) == sentence


def test_without_a_parameter_it_is_today_or_nothing() -> None:
    with clock.moved_to(NOW):
        assert day_from(_request()) == dt.date(2023, 9, 14)  # type: ignore[arg-type]
        assert day_from(_request(stand="  ")) == dt.date(2023, 9, 14)  # type: ignore[arg-type]
        assert optional_day(_request(), "bekannt") is None  # type: ignore[arg-type]
    assert day_from(_request(stand=" 01.02.2020 ")) == dt.date(2020, 2, 1)  # type: ignore[arg-type]
    assert optional_day(_request(bekannt="01.02.2020"), "bekannt") == dt.date(2020, 2, 1)  # type: ignore[arg-type]
