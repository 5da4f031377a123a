# SPDX-License-Identifier: EUPL-1.2
"""Whatever people write for a municipality: found, or refused with what helps."""

import datetime as dt
import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from asskomm.territory.domain.queries.names import MunicipalityFinder, UnknownPlaceError, fold, short_name
from asskomm.territory.models import Municipality
from tests.making import GOERLITZ, OLBERNHAU, PFAFFRODA

pytestmark = pytest.mark.django_db
DAY = dt.date(2023, 9, 14)
JAHNATAL = "14522275"


@cache
def _finder() -> MunicipalityFinder:
    return MunicipalityFinder.load()


def _found(text: str, on: dt.date = DAY) -> str:
    return _finder().find(text, on).ags


def _refusal(text: str, on: dt.date = DAY) -> UnknownPlaceError:
    with pytest.raises(UnknownPlaceError) as refusal:
        _finder().find(text, on)
    return refusal.value


def test_every_municipality_of_today_is_found_by_name_with_district_and_by_both_keys() -> None:
    for m in Municipality.objects.on(DAY).select_related("district"):
        forms = (f"{m.name} ({m.district.name})", f"  {m.name.upper()}, {m.district.name}", m.ags, m.ars)
        assert {_found(form) for form in forms if form} == {m.ags}, m.name


def test_every_former_municipality_is_found_on_its_days_and_leads_to_its_heir_afterwards() -> None:
    for m in Municipality.objects.filter(successor__isnull=False).select_related("district"):
        for form in (m.ags, m.ars, f"{m.name} ({m.district.name})"):
            assert _found(form, m.valid_to) == m.ags
            assert _found(form, m.valid_to + dt.timedelta(days=1)) == m.successor_id


class Spelling(TestCase):
    """Umlauts, case, decomposition and types in any mixture."""

    @given(number=st.integers(0, 10**6), spell=st.sampled_from(["plain", "spelled", "decomposed", "shouted"]), town=st.booleans())
    def test_no_spelling_hides_a_municipality(self, number: int, spell: str, town: bool) -> None:  # noqa: FBT001 -- hypothesis calls it by name
        places = list(_finder().by_key.values())
        meant = places[number % len(places)]
        text = f"{'Stadt ' if town else ''}{meant.name} ({meant.district.name})"
        for umlaut, letters in {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ö": "Oe"}.items():
            text = text.replace(umlaut, letters) if spell == "spelled" else text
        text = unicodedata.normalize("NFD", text) if spell == "decomposed" else text.upper() if spell == "shouted" else text
        on = min(DAY, meant.valid_to)
        self.assertEqual(_finder().find(text, on).ags, meant.ags)  # noqa: PT009 -- hypothesis needs Django's class for the database


@pytest.mark.parametrize(
    "text",
    ["Görlitz", "goerlitz", "GÖRLITZ", "Görlitz, Stadt", "Stadt Görlitz", "Große Kreisstadt Görlitz", "Go\u0308rlitz", " Görlitz ", "14626110", "146260110110"],
)
def test_the_ways_to_write_one_town(text: str) -> None:
    assert _found(text) == GOERLITZ


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Landeshauptstadt Dresden", "Dresden"),
        ("Kreisfreie Stadt Chemnitz", "Chemnitz"),
        ("Frankenberg", "Frankenberg/Sa."),
        ("Weisswasser", "Weißwasser/O.L."),
        ("Kurort Seiffen", "Seiffen/Erzgeb."),
        ("Annaberg Buchholz", "Annaberg-Buchholz"),
        ("Wehlen", "Stadt Wehlen"),
        ("Zittau", "Zittau"),
    ],
)
def test_short_names_and_types(text: str, name: str) -> None:
    assert _finder().find(text, DAY).name == name


@pytest.mark.parametrize(
    ("text", "on", "ags"),
    [
        ("Pfaffroda", dt.date(2016, 12, 31), PFAFFRODA),
        ("Pfaffroda", dt.date(2017, 1, 1), OLBERNHAU),
        (PFAFFRODA, dt.date(2016, 12, 31), PFAFFRODA),
        (PFAFFRODA, dt.date(2017, 1, 1), OLBERNHAU),
        ("Ostrau", dt.date(2022, 12, 31), "14522450"),
        ("Ostrau", dt.date(2023, 1, 1), JAHNATAL),
        ("Jahnatal", dt.date(2023, 1, 1), JAHNATAL),
        ("Olbernhau", dt.date(1990, 1, 1), OLBERNHAU),
    ],
)
def test_a_merger_has_two_sides(text: str, on: dt.date, ags: str) -> None:
    assert _found(text, on) == ags


@pytest.mark.parametrize("text", ["Jahnatal", JAHNATAL])
def test_before_the_merger_those_before_are_named(text: str) -> None:
    assert str(_refusal(text, dt.date(2022, 12, 31))) == (
        "Jahnatal gibt es erst seit 01.01.2023. Für den 31.12.2022 gilt: "
        "Ostrau (Landkreis Mittelsachsen, 14522450); Zschaitz-Ottewig (Landkreis Mittelsachsen, 14522620)."
    )


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Auerbach", "Auerbach (Erzgebirgskreis, 14521040); Auerbach/Vogtl. (Vogtlandkreis, 14523020)"),
        ("Bernsdorf", "Bernsdorf (Landkreis Zwickau, 14524010); Bernsdorf (Landkreis Bautzen, 14625030)"),
        ("Stadt Neukirchen", "Neukirchen/Erzgeb. (Erzgebirgskreis, 14521410); Neukirchen/Pleiße (Landkreis Zwickau, 14524210)"),
    ],
)
def test_an_ambiguous_name_is_refused_with_the_candidates(text: str, candidates: str) -> None:
    assert str(_refusal(text)) == f"„{text}“ ist nicht eindeutig. Gemeint sein kann: {candidates}."
    assert _refusal(text).nearest == ""


@pytest.mark.parametrize(
    ("text", "sentence", "nearest"),
    [
        ("Görliz", "Eine Kommune „Görliz“ ist nicht bekannt. Meinten Sie „Görlitz“?", "Görlitz"),
        ("Olbernau", "Eine Kommune „Olbernau“ ist nicht bekannt. Meinten Sie „Olbernhau“?", "Olbernhau"),
        ("Hamburg", "Eine Kommune „Hamburg“ ist nicht bekannt.", ""),
        ("", "Eine Kommune „“ ist nicht bekannt.", ""),
        ("???", "Eine Kommune „???“ ist nicht bekannt.", ""),
        ("14626999", "Eine Kommune mit dem Schlüssel 14626999 ist nicht bekannt.", ""),
        ("1462611", "Eine Kommune mit dem Schlüssel 1462611 ist nicht bekannt.", GOERLITZ),
        ("02000000", "Eine Kommune mit dem Schlüssel 02000000 ist nicht bekannt.", ""),
    ],
)
def test_what_is_not_known_is_refused_with_the_nearest(text: str, sentence: str, nearest: str) -> None:
    refusal = _refusal(text)
    assert (str(refusal), refusal.nearest) == (sentence, nearest)


def test_one_query_for_any_number_of_names(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        finder = MunicipalityFinder.load()
        for name in ("Görlitz", "Pfaffroda", "14626110"):
            finder.find(name, DAY)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Große Kreisstadt Weißwasser/O.L.", "weisswasser o l"),
        ("Stadt", "stadt"),
        ("Neustadt in Sachsen", "neustadt in sachsen"),
        ("Ñoño & Söhne", "nono soehne"),
        ("…", ""),
    ],
)
def test_a_name_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("name", "short"), [("Auerbach/Vogtl.", "Auerbach"), ("Neustadt in Sachsen", "Neustadt"), ("Königsbrück", "Königsbrück"), ("/Sa.", "/Sa.")]
)
def test_a_name_without_its_addition(name: str, short: str) -> None:
    assert short_name(name) == short
