# SPDX-License-Identifier: EUPL-1.2
"""What people find in the shipped tables, and that nobody learns of what she may not see."""

import dataclasses

import pytest

from asskomm.core.search.domain.queries.excerpt import excerpt, marked
from asskomm.core.search.domain.queries.search import Correction, Found, search
from asskomm.core.search.models import IndexedDocument
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Visibility
from tests.core.search.conftest import Shelf
from tests.making import FRANKENBERG, GOERLITZ, OLBERNHAU, PFAFFRODA, SEIFHENNERSDORF, body, event

pytestmark = pytest.mark.django_db
OWN = frozenset({"org:3"})
OWNER = Principal(account=1, organisations=frozenset({3}))


def keys(found: Found) -> list[str]:
    return [hit.key for hit in found.hits]


def titles(query: str, principal: Principal = ANYONE, **more: str) -> list[str]:
    return ["".join(piece.text for piece in hit.title) for hit in search(query, principal, **more).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Görlitz", "Görlitz"),
        ("goerlitz", "Görlitz"),
        ("GORLITZ", "Görlitz"),
        ("02826", "Görlitz"),
        ("14626110", "Görlitz"),
        ("Pfaffroda", "Pfaffroda"),
        ("Müll", "Ordnung und Sauberkeit"),
        ("Muell", "Ordnung und Sauberkeit"),
        ("Vermüllung", "Ordnung und Sauberkeit"),
        ("Polizeidirektion Dresden", "Polizeidirektion Dresden"),
        ("LPR", "Landespräventionsrat Sachsen"),
    ],
)
def test_what_stands_first(query: str, first: str) -> None:
    assert titles(query)[0] == first


def test_former_names_lead_to_the_place_of_today_too() -> None:
    assert keys(search("Pfaffroda", ANYONE))[:2] == [PFAFFRODA, OLBERNHAU]


def test_compounds_are_found_by_their_parts_and_parts_by_their_compound(shelf: Shelf) -> None:
    shelf.put("whole", "Sicherheitsanalyse")
    shelf.put("apart", "Analyse der Sicherheit")
    shelf.put("half", "Zebraanalyse")
    for query, expected in (
        ("Sicherheitsanalyse", ["whole", "apart"]),
        ("Analyse der Sicherheit", ["apart", "whole"]),
        ("Sicherheitsanalysen", ["whole", "apart"]),
    ):
        assert keys(search(query, ANYONE, source="toys")) == expected


def test_the_same_ten_hits_on_both_databases(shelf: Shelf) -> None:
    IndexedDocument.objects.exclude(source="municipalities").delete()  # what the handbook says today is not to be the test's business
    shelf.put("a", "Neustadt feiert", "Stadtfest in Görlitz")
    shelf.put("b", "Landkreis Görlitz", "Neustadt, Stadt und Land")
    expected = ["b", "14626110", "14626480", "14626180", "14626530", "14626420", "14626350", "14626010", "14626030", "14626450"]
    assert keys(search("Stadt im Landkreis Görlitz", SYSTEM))[:10] == expected


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("Seifhenersdorf", "Seifhennersdorf"),
        ("Seifhennersdrof", "Seifhennersdorf"),
        ("Görltiz", "Görlitz"),
        ("Olbernau", "Olbernhau"),
        ("Frankenbreg", "Frankenberg"),
    ],
)
def test_a_misspelt_word_finds_the_nearest(query: str, meant: str) -> None:
    found = search(query, ANYONE)
    assert found.corrections == (Correction(query, (meant,)),)
    assert titles(query)[0].startswith(meant)


@pytest.mark.parametrize("query", ["Rta", "02827777", "Qqqqqqqqqq"])
def test_short_words_numbers_and_nonsense_are_not_corrected(query: str) -> None:
    found = search(query, ANYONE)
    assert (found.corrections, found.length, found.hits) == ((), 0, ())


def test_only_the_misspelt_word_of_several_is_corrected() -> None:
    found = search("Landkreis Görltiz", ANYONE)
    assert found.corrections == (Correction("Görltiz", ("Görlitz",)),)
    assert "Landkreis Görlitz" in titles("Landkreis Görltiz")[:2]


def test_a_private_word_is_neither_found_nor_suggested_nor_counted(shelf: Shelf) -> None:
    shelf.put("secret", "Zebrafinkenzucht", "Papageientaucher", audience=OWN)
    shelf.put("open", "Zebrafinkenzuchz", audience=frozenset({"public"}))
    for query in ("Zebrafinkenzucht", "Zebrafinkenzuch", "Papageientaucher", "Papageintaucher"):
        found = search(query, ANYONE)
        assert "Papageientaucher" not in str(found)
        assert "secret" not in str(found)
        assert sum(found.counts.values()) == found.length == len(found.hits)
    assert search("Papageintaucher", ANYONE).corrections == ()
    assert search("Papageintaucher", OWNER).corrections == (Correction("Papageintaucher", ("Papageientaucher",)),)
    assert search("Zebrafinkenzuch", ANYONE).corrections == (Correction("Zebrafinkenzuch", ("Zebrafinkenzuchz",)),)


def test_the_word_of_the_room_holds_where_the_index_is_behind(shelf: Shelf) -> None:
    for number in range(3):
        shelf.put(f"d{number}", "Zebrafink")
    shelf.documents["d1"] = dataclasses.replace(shelf.documents["d1"], audience=OWN)
    found = search("Zebrafink", ANYONE)
    assert (sorted(keys(found)), found.length, found.counts["toys"]) == (["d0", "d2"], 2, 2)
    shelf.documents = {"d1": shelf.documents["d1"]}
    assert search("Zebrafink", ANYONE).length == 0
    assert search("Zebrafnik", ANYONE).corrections == ()


def test_events_are_found_by_those_who_may_see_them() -> None:
    owner = body(GOERLITZ).pk
    seen = {
        level: event("consultation", "2022-01-01", GOERLITZ, owner=GOERLITZ, note=f"Zebra{level.value}", visibility=level, partners=(body(FRANKENBERG),))
        for level in Visibility
    }
    readers = {
        ANYONE: {Visibility.PUBLIC},
        Principal(1, frozenset({owner})): set(Visibility),
        Principal(1, frozenset({body(FRANKENBERG).pk})): {Visibility.PUBLIC, Visibility.PARTNERS},
        SYSTEM: set(Visibility),
    }
    for reader, expected in readers.items():
        assert {level for level in Visibility if keys(search(f"Zebra{level.value}", reader)) == [seen[level].reference]} == expected


def test_a_page_holds_twenty_and_the_last_page_stands_for_later_ones(shelf: Shelf) -> None:
    for number in range(25):
        shelf.put(f"d{number}", "Zebrafink")
    first, second, later = (search("Zebrafink", ANYONE, number=number) for number in (1, 2, 99))
    assert [len(page.hits) for page in (first, second)] == [20, 5]
    assert len({*keys(first), *keys(second)}) == 25
    assert (later, later.number) == (second, 2)


def test_a_source_can_be_chosen_and_the_counts_stay(shelf: Shelf) -> None:
    shelf.put("a", "Seifhennersdorf")
    found = search("Seifhennersdorf", ANYONE, source="toys")
    assert (keys(found), found.length) == (["a"], 1)
    assert {key: count for key, count in found.counts.items() if count} == {"municipalities": 1, "toys": 1}
    assert keys(search("Seifhennersdorf", ANYONE, source="gibt-es-nicht")) == ["a", SEIFHENNERSDORF]


def test_marks_and_excerpts() -> None:
    text = "Anfang " * 20 + "Müll am Bahnhof " + "Ende " * 60
    pieces = excerpt(text, {"mull"})
    assert [piece.text for piece in pieces if piece.marked] == ["Müll"]
    assert (pieces[0].text, pieces[-1].text) == ("… ", " …")
    assert 150 < sum(len(piece.text) for piece in pieces) < 300
    assert "".join(piece.text for piece in marked(text, {"mull", "bahnhof"})) == text
    assert excerpt("", {"mull"}) == ()
    assert "".join(piece.text for piece in excerpt("kurz", {"mull"})) == "kurz"
