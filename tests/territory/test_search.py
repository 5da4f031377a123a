# SPDX-License-Identifier: EUPL-1.2
"""People look for their place by the beginning of its name, by post code or under its former name."""

import datetime as dt

import pytest

from asskomm.territory.domain.queries.search import search_places

pytestmark = pytest.mark.django_db
DAY = dt.date(2023, 9, 14)


def _names(text: str, on: dt.date = DAY) -> list[str]:
    return [place.name for place in search_places(text, on)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Görlitz", ["Görlitz"]),
        ("goerl", ["Görlitz"]),
        ("02826", ["Görlitz"]),
        ("14626110", ["Görlitz"]),
        ("Große Kreisstadt Görlitz", ["Görlitz"]),
        ("Pfaffroda", ["Olbernhau"]),
        ("14521470", ["Olbernhau"]),
        ("Bad Schlema", ["Aue-Bad Schlema"]),
        ("Aue", ["Aue-Bad Schlema", "Auerbach", "Auerbach/Vogtl."]),
        ("Bernsdorf", ["Bernsdorf", "Bernsdorf"]),
        ("00000", []),
        ("Hamburg", []),
        ("", []),
        ("  …  ", []),
    ],
)
def test_what_is_found(text: str, names: list[str]) -> None:
    assert _names(text) == names


def test_a_former_name_stands_for_itself_on_its_days() -> None:
    assert _names("Pfaffroda", dt.date(2016, 12, 31)) == ["Pfaffroda"]


def test_names_that_begin_so_come_before_names_that_hold_it() -> None:
    found = _names("Berg")
    assert found[0] == "Bergen"
    assert found == sorted(found, key=lambda name: (not name.startswith("Berg"), name))


def test_a_post_code_of_several_places_gives_all_of_them() -> None:
    found = search_places("08491", DAY)
    assert {place.postcode for place in found} == {"08491"}
    assert [place.name for place in found] == sorted(place.name for place in found)


@pytest.mark.parametrize("text", ["Görlitz", "Neu", "02826"])
def test_two_queries_however_many_are_found(text: str, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        assert [place.district.name for place in search_places(text, DAY)]
