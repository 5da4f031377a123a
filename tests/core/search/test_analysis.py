# SPDX-License-Identifier: EUPL-1.2
"""German as it is written and typed: spellings, inflections, compounds, words that say nothing."""

import re
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asskomm.core.search.analysis.folding import LONGEST, clean, fold, words
from asskomm.core.search.analysis.german import LINKS, split, stem, terms
from asskomm.core.search.analysis.lists import parts, stop_words, synonym_groups
from asskomm.core.search.domain.queries.wanted import MOST_CLAUSES, clauses


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müll", "Muell"),
        ("MÜLL", "müll"),
        ("Straße", "STRASSE"),
        ("Präventionsräte", "Praeventionsraete"),
        ("Präventionsräte", "Präventionsrat"),
        ("Görlitz", "Goerlitz"),
        ("Görlitz", "Gorlitz"),
        ("Café", "Cafe"),
        ("Vereinbarungen", "Vereinbarung"),
        ("Kommunen", "Kommune"),
        ("Städte", "Stadt"),
        ("beraten", "Beratung"),
    ],
)
def test_spellings_and_inflections_of_one_word_are_one_term(one: str, other: str) -> None:
    assert terms(one).whole == terms(other).whole != ""


@pytest.mark.parametrize(
    ("compound", "expected"),
    [
        ("Sicherheitsanalyse", ("sicherheit", "analyse")),
        ("Sicherheitsanalysen", ("sicherheit", "analysen")),
        ("Präventionsräte", ("praevention", "raete")),
        ("Landespräventionsrat", ("land", "praevention", "rat")),
        ("Kooperationsvereinbarung", ("kooperation", "vereinbarung")),
        ("Ordnungsamt", ("ordnung", "amt")),
        ("Jugendkriminalität", ("jugend", "kriminalitaet")),
        ("Fahrraddiebstahl", ("fahrrad", "diebstahl")),
        ("Straßenbeleuchtung", ("strasse", "beleuchtung")),
        ("Verkehrssicherheitsanalyse", ("verkehr", "sicherheit", "analyse")),
        ("Handlungsfelder", ("handlung", "felder")),
        ("Bürgermeister", ()),
        ("Diebstahl", ()),
        ("Görlitz", ()),
        ("Seifhennersdorf", ()),
        ("Prävention", ()),
        ("Rat", ()),
        ("2023", ()),
    ],
)
def test_compounds_fall_into_their_parts_and_other_words_stay_whole(compound: str, expected: tuple[str, ...]) -> None:
    assert split(fold(compound)) == expected


@given(st.lists(st.sampled_from(sorted(part for part in parts() if len(part) > 4)), min_size=2, max_size=2))
def test_what_is_put_together_of_two_parts_is_taken_apart_again_without_loss(pair: list[str]) -> None:
    word = "".join(pair)
    found = split(word)
    assert len(found) in {0, 2}
    assert not found or re.fullmatch(f"({'|'.join(LINKS)})".join(found), word)


@given(st.text(max_size=300))
def test_any_text_has_words_with_their_places(text: str) -> None:
    cleaned = clean(text)
    for word in words(cleaned):
        assert cleaned[word.start : word.end].startswith(word.text)
        assert 0 < len(word.text) <= LONGEST
        assert "\x00" not in cleaned
        assert terms(word.text).whole == terms(word.text.upper().lower()).whole or not word.text.isascii()


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüß", min_size=1, max_size=30))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)
    assert fold(word).isascii()


def test_stop_words_and_single_letters_say_nothing_and_a_mayor_does() -> None:
    assert [terms(word).all for word in ("und", "Der", "über", "ueber", "L")] == [()] * 5
    assert terms("OB").all == ("ob",)
    assert all(terms(word).whole == "" for word in stop_words())


def test_numbers_stay_as_they_are() -> None:
    assert [terms(word).all for word in ("02826", "7")] == [("02826",), ("7",)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("KPR", [("KPR", ["kpr", "praventionsrat", "kommunal praventionsrat"])]),
        ("kommunaler Präventionsrat", [("kommunaler Präventionsrat", ["kommunal praventionsrat", "kpr", "praventionsrat"])]),
        ("Müll", [("Müll", ["mull", "abfall", "vermull"])]),
        ("Stadtfest", [("Stadtfest", ["stadtf", "stadt fest"])]),
        ("Analyse der Sicherheit", [("Analyse", ["analys"]), ("Sicherheit", ["sich"])]),
        ("Görlitz goerlitz Gorlitz", [("Görlitz", ["gorlitz"])]),
        ("der und die", []),
        ("…!? – \x00", []),
        ("", []),
    ],
)
def test_a_query_becomes_clauses(query: str, expected: list[tuple[str, list[str]]]) -> None:
    assert [(clause.text, [" ".join(way.terms) for way in clause.ways]) for clause in clauses(query)] == expected


def test_a_long_query_is_cut() -> None:
    assert len(clauses(" ".join(f"wort{number}" for number in range(10_000)))) == MOST_CLAUSES
    assert len(clauses("x" * 10_000)) == 1


def test_every_group_of_synonyms_has_two_different_members() -> None:
    for group in synonym_groups():
        members = {tuple(terms(word.text).whole for word in words(phrase)) for phrase in group}
        assert len(members) > 1, group
        assert all(all(member) for member in members), group


def test_several_threads_get_the_stems_of_one() -> None:
    sample = sorted(parts())[:1500]
    expected = [stem.__wrapped__(word) for word in sample]
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append([stem.__wrapped__(word) for word in sample])) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4
