# SPDX-License-Identifier: EUPL-1.2
"""Pages of lists: together they are the list, whatever their size."""

import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from asskomm.core.api.paging import page_of_list, page_of_rows
from asskomm.core.ui import pages
from asskomm.territory.models import Municipality

pytestmark = pytest.mark.django_db


@given(st.integers(0, 30), st.integers(1, 10), st.integers(1, 40))
def test_a_page_of_a_list(length: int, size: int, page: int) -> None:
    request = RequestFactory().get("/api/x", {"page": str(page), "name": "ö"})
    found = page_of_list(request, range(length), page, size, lambda number: number)
    assert found["items"] == list(range(length))[(page - 1) * size : page * size]
    assert (found["count"], found["page"], found["page_size"]) == (length, page, size)
    assert found["next"] == (f"/api/x?page={page + 1}&name=%C3%B6" if page * size < length else None)
    assert found["previous"] == (f"/api/x?page={page - 1}&name=%C3%B6" if page > 1 else None)


def test_leafing_through_gives_everything_once(client: Client) -> None:
    address, met = "/api/municipalities?page_size=100", []
    while address:
        answer = client.get(address).json()
        met += [item["ags"] for item in answer["items"]]
        address = answer["next"]
    assert met == list(Municipality.objects.filter(successor=None).order_by("name", "ags").values_list("ags", flat=True))
    assert (len(met), answer["count"], answer["previous"]) == (418, 418, "/api/municipalities?page_size=100&page=4")


def test_beyond_the_bound_nobody_counts(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asskomm.core.api.paging.MOST_COUNTED", 10)
    found = page_of_rows(rf.get("/api/x"), Municipality.objects.all(), 2, 5, lambda place: place.ags)
    assert (found["count"], len(found["items"]), found["next"]) == (None, 5, "/api/x?page=3")
    assert pages.MOST_COUNTED == 1000


def test_behind_the_last_page_is_nothing(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        answer = client.get("/api/municipalities?page=1000000&page_size=200").json()
    assert (answer["items"], answer["next"], answer["count"]) == ([], None, 418)
