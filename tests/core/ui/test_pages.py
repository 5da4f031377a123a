# SPDX-License-Identifier: EUPL-1.2
"""A page of a list costs what it shows: counted up to a bound, leafed through beyond it."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from asskomm.core.ui import pages
from asskomm.core.ui.days import ParameterError
from asskomm.core.ui.pages import page_of, page_of_rows
from asskomm.territory.models import Municipality


def asking(number: str = "") -> HttpRequest:
    return RequestFactory().get("/", {"seite": number} if number else {})


@pytest.mark.parametrize(("number", "first"), [("", 0), ("1", 0), ("2", 50), ("3", 100), ("999999", 100)])
def test_a_list_has_fifty_a_page_and_ends_with_the_last(number: str, first: int) -> None:
    page = page_of(asking(number), range(120))
    assert list(page) == list(range(first, min(first + 50, 120)))
    assert (page.has_previous, page.has_next, page.pages, page.found) == (first > 0, first < 100, 3, "120")


def test_an_empty_list_has_one_page() -> None:
    page = page_of(asking("7"), list[int]())
    assert (list(page), page.number, page.pages, page.has_next, page.found) == ([], 1, 1, False, "0")


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "1000000", "²"])
def test_what_is_no_page_is_refused_in_a_sentence(number: str) -> None:
    with pytest.raises(ParameterError) as refusal:
        page_of(asking(number), range(120))
    assert str(refusal.value) == f"„{number}“ ist keine Seitenzahl."


@pytest.mark.django_db
def test_a_list_in_the_database_is_counted_up_to_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = Municipality.objects.order_by("ags")[:60]
    keys = [row.ags for row in rows]
    some = Municipality.objects.filter(ags__in=keys).order_by("ags")
    monkeypatch.setattr(pages, "MOST_COUNTED", 60)
    counted = page_of_rows(asking("2"), some)
    assert ([row.ags for row in counted], counted.pages, counted.found, counted.has_next) == (keys[50:], 2, "60", False)
    monkeypatch.setattr(pages, "MOST_COUNTED", 59)
    first, second, third = (page_of_rows(asking(number), some) for number in "123")
    assert ([row.ags for row in first], first.pages, first.found, first.has_next) == (keys[:50], None, "mehr als 59", True)
    assert ([row.ags for row in second], second.has_next, list(third)) == (keys[50:], False, [])


@pytest.mark.django_db
def test_a_list_that_nobody_wants_counted_is_not(django_assert_num_queries: pytest.FixtureRequest) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert page_of_rows(asking(), Municipality.objects.order_by("ags"), counted=False).has_next
