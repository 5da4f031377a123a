# SPDX-License-Identifier: EUPL-1.2
"""Sources over the API."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from asskomm.core.estimates import Estimate
from asskomm.core.provenance.models import Source
from asskomm.core.visibility import Principal
from tests.core.provenance.test_pages import source

pytestmark = pytest.mark.django_db


def test_a_source_with_its_numbers(client: Client) -> None:
    made = source("Zensus", public=True)
    answer = client.get(f"/api/sources/{made.reference}").json()
    assert (answer["size"], answer["rows_used"]) == (Estimate(5400, "bytes").as_json(), Estimate(418).as_json())
    assert (answer["title"], answer["file_name"], answer["publisher"], answer["retrieved"]) == ("Zensus", "Zensus.csv", "Statistisches Amt", "2026-01-02")
    assert client.get("/api/sources").json()["items"][0] == answer


def test_one_that_is_not_public_is_seen_by_who_read_it_in(client: Client, sign_in: Callable[..., Principal]) -> None:
    internal = source("Liste", public=False)
    address = f"/api/sources/{internal.reference}"
    assert client.get(address).status_code == 404
    principal = sign_in("coach", "Institut B3")
    assert client.get(address).status_code == 404
    Source.objects.filter(pk=internal.pk).update(account=principal.account)
    assert client.get(address).status_code == 200
    assert client.get("/api/sources").json()["items"][0]["reference"] == internal.reference


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_has_a_fixed_number_of_queries(client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(size):
        source(f"Zensus {number}", public=True)
    with django_assert_num_queries(2):
        assert len(client.get(f"/api/sources?page_size={size}").json()["items"]) == size
