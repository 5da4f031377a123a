# SPDX-License-Identifier: EUPL-1.2
"""The shipped tables and boundaries fit together and agree with their sources."""

from __future__ import annotations

import csv
import functools
import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from asskomm.methods.locate import build_index

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).parents[2]
DATA = ROOT / "src/asskomm/territory/data"
EXACT = ROOT.parent / "shared/data/boundaries/municipalities_2016_vg250.geojson"
POINTS = 200_000
DISTRICTS = [
    ("14511", "Chemnitz", "independent_city"),
    ("14521", "Erzgebirgskreis", "district"),
    ("14522", "Landkreis Mittelsachsen", "district"),
    ("14523", "Vogtlandkreis", "district"),
    ("14524", "Landkreis Zwickau", "district"),
    ("14612", "Dresden", "independent_city"),
    ("14625", "Landkreis Bautzen", "district"),
    ("14626", "Landkreis Görlitz", "district"),
    ("14627", "Landkreis Meißen", "district"),
    ("14628", "Landkreis Sächsische Schweiz-Osterzgebirge", "district"),
    ("14713", "Leipzig", "independent_city"),
    ("14729", "Landkreis Leipzig", "district"),
    ("14730", "Landkreis Nordsachsen", "district"),
]
ENDED = [
    ("14521030", "Aue", "large_district_town", "2018-12-31", "14521035"),
    ("14521050", "Bad Schlema", "municipality", "2018-12-31", "14521035"),
    ("14521470", "Pfaffroda", "municipality", "2016-12-31", "14521460"),
    ("14522450", "Ostrau", "municipality", "2022-12-31", "14522275"),
    ("14522620", "Zschaitz-Ottewig", "municipality", "2022-12-31", "14522275"),
    ("14523350", "Reuth", "municipality", "2016-12-31", "14523450"),
    ("14625050", "Bretnig-Hauswalde", "municipality", "2016-12-31", "14625200"),
    ("14625540", "Schönteichen", "municipality", "2018-12-31", "14625250"),
    ("14729230", "Kohren-Sahlis", "town", "2017-12-31", "14729140"),
    ("14729290", "Narsdorf", "municipality", "2017-06-30", "14729150"),
]
SUMMANDS = ("14522450", "14522620")  # both counted by the census, today Jahnatal


@functools.cache
def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@functools.cache
def municipalities() -> dict[str, dict[str, str]]:
    return {row["ags"]: row for row in table("municipalities.csv")}


@functools.cache
def collection() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / "boundaries.geojson").read_text(encoding="utf-8"))
    return content


def areas(content: dict[str, Any], key: str) -> dict[str, BaseGeometry]:
    return {feature["properties"][key]: shape(feature["geometry"]) for feature in content["features"]}


@functools.cache
def shipped() -> dict[str, BaseGeometry]:
    return areas(collection(), "ags")


@functools.cache
def exact() -> dict[str, BaseGeometry]:
    if not EXACT.is_file():
        pytest.skip("the boundaries before the simplification are not beside the project (shared/data)")
    found = areas(json.loads(EXACT.read_text(encoding="utf-8")), "AGS")
    return {key: shapely.make_valid(found[key]) for key in sorted(found)}


def united(groups: dict[str, str]) -> dict[str, BaseGeometry]:
    """The shipped areas, united by the group of their key."""
    members: dict[str, list[BaseGeometry]] = {}
    for key, area in shipped().items():
        members.setdefault(groups[key], []).append(area)
    return {group: shapely.coverage_union_all(parts) for group, parts in members.items()}


def in_one_piece(area: BaseGeometry) -> bool:
    return isinstance(area, shapely.Polygon) and not area.interiors


def valid_on(day: str) -> list[str]:
    return [key for key, row in municipalities().items() if row["valid_from"] <= day <= (row["valid_to"] or "9999-12-31")]


def points() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points inside the exact boundaries."""
    random = np.random.default_rng(7)
    west, south, east, north = shapely.total_bounds(list(exact().values()))
    lon, lat = random.uniform(west, east, 3 * POINTS), random.uniform(south, north, 3 * POINTS)
    inside = build_index(list(exact().values())).locate(lon, lat) >= 0
    return lon[inside][:POINTS], lat[inside][:POINTS]


def test_the_tables_have_their_headers_and_rows() -> None:
    header = "ags,ars,name,type,district,population,population_on,postcode,homepage,valid_from,valid_to,successor"
    assert (",".join(table("municipalities.csv")[0]), len(table("municipalities.csv")), len(municipalities())) == (header, 428, 428)
    assert [tuple(row.values()) for row in table("districts.csv")] == DISTRICTS


def test_rows_are_sorted_and_lines_end_with_a_line_feed() -> None:
    assert list(municipalities()) == sorted(municipalities())
    assert list(shipped()) == sorted(shipped())
    assert not any(b"\r" in (DATA / name).read_bytes() for name in ("municipalities.csv", "districts.csv", "boundaries.geojson"))


@pytest.mark.parametrize(
    ("column", "pattern"),
    [
        ("ags", r"14\d{6}"),
        ("ars", r"14\d{10}|"),
        ("name", r"[^,;()]*[^,;() ]"),
        ("type", "independent_city|large_district_town|town|municipality"),
        ("district", r"14\d{3}"),
        ("population", r"[1-9]\d*|"),
        ("population_on", "2022-05-15|"),
        ("postcode", r"0\d{4}|"),
        ("homepage", r"https?://(?!http)\S+|"),
        ("valid_from", r"20\d\d-01-01|"),
        ("valid_to", r"20\d\d-\d\d-3[01]|"),
        ("successor", r"14\d{6}|"),
    ],
)
def test_every_value_has_its_form(column: str, pattern: str) -> None:
    assert [row[column] for row in table("municipalities.csv") if not re.fullmatch(pattern, row[column])] == []


def test_keys_agree_with_each_other() -> None:
    districts = {row["key"] for row in table("districts.csv")}
    assert all(row["district"] == key[:5] and row["district"] in districts for key, row in municipalities().items())
    assert [key for key, row in municipalities().items() if row["ars"] and row["ars"][:5] + row["ars"][-3:] != key] == []
    assert [key for key, row in municipalities().items() if not row["ars"]] == ["14522275"]


def test_post_codes_keep_their_leading_zero() -> None:
    assert municipalities()["14511000"]["postcode"] == "09111"
    assert all(row["postcode"] for row in municipalities().values() if not row["valid_to"])


@pytest.mark.parametrize(
    ("key", "name", "kind"),
    [
        ("14511000", "Chemnitz", "independent_city"),
        ("14521020", "Annaberg-Buchholz", "large_district_town"),
        ("14521040", "Auerbach", "municipality"),
        ("14521410", "Neukirchen/Erzgeb.", "municipality"),
        ("14521440", "Oberwiesenthal", "town"),
        ("14521570", "Seiffen/Erzgeb.", "municipality"),
        ("14522180", "Freiberg", "large_district_town"),
        ("14522360", "Mittweida", "large_district_town"),
        ("14523020", "Auerbach/Vogtl.", "large_district_town"),
        ("14524210", "Neukirchen/Pleiße", "municipality"),
        ("14612000", "Dresden", "independent_city"),
        ("14625060", "Burkau", "municipality"),
        ("14625130", "Elstra", "town"),
        ("14626250", "Krauschwitz i.d. O.L.", "municipality"),
        ("14628370", "Stadt Wehlen", "town"),
    ],
)
def test_names_and_types(key: str, name: str, kind: str) -> None:
    assert (municipalities()[key]["name"], municipalities()[key]["type"]) == (name, kind)


def test_types_of_today() -> None:
    today = Counter(row["type"] for row in municipalities().values() if not row["valid_to"])
    assert today == {"independent_city": 3, "large_district_town": 53, "town": 113, "municipality": 249}


def test_only_one_name_of_today_is_ambiguous() -> None:
    names = Counter(row["name"] for row in municipalities().values() if not row["valid_to"])
    assert {name: count for name, count in names.items() if count > 1} == {"Bernsdorf": 2}


@pytest.mark.parametrize(
    ("day", "count"), [("2016-12-31", 426), ("2017-01-01", 423), ("2017-07-01", 422), ("2018-01-01", 421), ("2019-01-01", 419), ("2023-01-01", 418)]
)
def test_number_of_municipalities_on_a_day(day: str, count: int) -> None:
    assert len(valid_on(day)) == count


def test_ended_keys_and_their_successors() -> None:
    columns = ("ags", "name", "type", "valid_to", "successor")
    assert [tuple(row[column] for column in columns) for row in municipalities().values() if row["valid_to"] or row["successor"]] == ENDED


def test_new_keys_begin_the_day_after_their_parts_end() -> None:
    new = {key: row["valid_from"] for key, row in municipalities().items() if row["valid_from"]}
    assert new == {"14521035": "2019-01-01", "14522275": "2023-01-01"}
    ends = {(row[4], row[3]) for row in ENDED if row[4] in new}
    assert {key: (date.fromisoformat(end) + timedelta(days=1)).isoformat() for key, end in ends} == new


def test_population_of_the_state() -> None:
    population = {key: int(row["population"]) for key, row in municipalities().items() if row["population"]}
    assert sum(number for key, number in population.items() if key not in SUMMANDS) == 4_038_131
    assert population["14522275"] == sum(population[key] for key in SUMMANDS) == 4_715
    assert [key for key, row in municipalities().items() if not row["population"]] == [row[0] for row in ENDED if row[0] not in SUMMANDS]
    assert all(bool(row["population"]) == bool(row["population_on"]) for row in municipalities().values())


def test_the_file_names_its_source_and_its_error() -> None:
    head = {key: value for key, value in collection().items() if key != "features"}
    assert head == {
        "type": "FeatureCollection",
        "name": "Gemeinden Sachsens 2016 (vereinfacht)",
        "attribution": "© GeoBasis-DE / BKG 2016 (Daten verändert)",
        "wrong_share": head["wrong_share"],
        "points": 1_000_000,
    }
    assert 0 < head["wrong_share"] < 0.01


def test_the_file_is_small_and_has_one_feature_a_line() -> None:
    text = (DATA / "boundaries.geojson").read_text(encoding="utf-8")
    assert len(text.encode()) <= 600_000
    assert (text.count("\n"), text.count('\n{"type":"Feature","properties":{"ags":')) == (428, 426)
    assert re.search(r"\d\.\d{6}", text) is None
    assert {tuple(feature["properties"]) for feature in collection()["features"]} == {("ags",)}


def test_areas_are_valid_and_fit_together() -> None:
    shapes = list(shipped().values())
    assert len(shapes) == 426
    assert {shape.geom_type for shape in shapes} == {"Polygon", "MultiPolygon"}
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)


def test_areas_leave_no_gap_and_do_not_overlap() -> None:
    shapes = list(shipped().values())
    whole = shapely.union_all(shapes)
    assert shapely.area(shapes).sum() == pytest.approx(whole.area, rel=1e-9)
    assert in_one_piece(whole)


def test_areas_are_those_of_2016() -> None:
    assert list(shipped()) == valid_on("2016-12-31")


def test_unions_are_those_of_today() -> None:
    today = united({key: row["successor"] or key for key, row in municipalities().items()})
    assert sorted(today) == valid_on("2026-01-01")
    assert all(area.is_valid for area in today.values())
    assert all(today[key].geom_type == "Polygon" for key in {row[4] for row in ENDED})


def test_every_district_is_one_piece_without_holes() -> None:
    districts = united({key: row["district"] for key, row in municipalities().items()})
    assert sorted(districts) == [row[0] for row in DISTRICTS]
    assert {key for key, area in districts.items() if not in_one_piece(area)} == set()


def test_few_points_change_their_municipality() -> None:
    lon, lat = points()
    assert (lon.size, list(exact())) == (POINTS, list(shipped()))
    before, after = (build_index(list(shapes.values())).locate(lon, lat) for shapes in (exact(), shipped()))
    share = float(np.mean(before != after))
    assert share < 0.01
    assert share == pytest.approx(collection()["wrong_share"], abs=0.001)


def test_every_municipality_keeps_its_size() -> None:
    change = {key: shipped()[key].area / area.area - 1 for key, area in exact().items()}
    assert {key: share for key, share in change.items() if abs(share) > 0.04} == {}
