# SPDX-License-Identifier: EUPL-1.2
"""Sources: public ones for everybody, all for members; the same file names its twin."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.core.provenance.models import Source
from asskomm.core.visibility import Principal
from tests.reading import by_class, headings, links, said

pytestmark = pytest.mark.django_db


def source(title: str, *, public: bool, sha256: str = "a" * 64) -> Source:
    return Source.objects.create(
        title=title,
        file_name=f"{title}.csv",
        sha256=sha256,
        size=5400,
        publisher="Statistisches Amt",
        retrieved=dt.date(2026, 1, 2),
        rows_used=418,
        public=public,
    )


def test_a_citation_names_title_publisher_and_day() -> None:
    assert str(source("Zensus", public=True)) == "Zensus, Statistisches Amt, 02.01.2026"


def test_everybody_sees_public_sources_and_nobody_but_who_read_it_in_another(client: Client, sign_in: Callable[..., Principal]) -> None:
    known, internal = source("Zensus", public=True), source("Liste", public=False)
    assert [client.get(each.get_absolute_url()).status_code for each in (known, internal)] == [200, 404]
    assert internal.get_absolute_url() not in links(client.get("/quellen/"))
    assert internal.get_absolute_url() not in links(client.get(known.get_absolute_url()))
    coach = sign_in("coach", "Institut B3")
    assert client.get(internal.get_absolute_url()).status_code == 404
    Source.objects.filter(pk=internal.pk).update(account=coach.account)
    assert client.get(internal.get_absolute_url()).status_code == 200
    page = client.get(known.get_absolute_url())
    assert (headings(page), headings(page, 2)) == (["Zensus"], ["Dieselbe Datei"])
    assert "418" in said(page.content.decode())
    assert internal.get_absolute_url() in links(page)
    for role, body in (("state_council", "Landespräventionsrat Sachsen"), ("administrator", "Sächsisches Staatsministerium des Innern")):
        sign_in(role, body)
        assert client.get(internal.get_absolute_url()).status_code == 404


def test_without_sources_the_page_says_so(client: Client) -> None:
    Source.objects.all().delete()
    assert "Noch ist keine Datei eingelesen." in said(client.get("/quellen/").content.decode())
    assert by_class(client.get("/quellen/"), "pages") == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_has_a_fixed_number_of_queries(client: Client, count: int, django_assert_num_queries: Callable[..., object]) -> None:
    for number in range(count):
        source(f"Quelle {number}", public=True)
    client.get("/quellen/")
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        client.get("/quellen/")
