# SPDX-License-Identifier: EUPL-1.2
"""The example alliance yields the published numbers on their days."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import run_asskomm

RELEASE = {
    "municipalities_advised": 144,
    "councils": 37,
    "agreements": 54,
    "coaching_processes": 50,
    "safety_analyses": 25,
    "grants_eur": 1_100_000,
    "conference_participants": 230,
    "conference_sessions": 17,
    "conference_speaker_municipalities": 80,
    "conference_police_speaker_share": 0.25,
}
OTHER_DAYS = [
    ("2019-02-28", {"municipalities_advised": 8, "model_municipalities": 8}),
    ("2020-02-29", {"municipalities_advised": 64, "councils": 16}),
    ("2021-01-17", {"municipalities_advised": 99}),
    ("2021-01-18", {"municipalities_advised": 100}),
    ("2021-06-25", {"councils": 21}),
    ("2021-09-01", {"municipalities_advised": 121, "councils": 25}),
    (
        "2021-11-30",
        {
            "municipalities_contacted": 126,
            "councils": 26,
            "district_councils": 2,
            "agreements": 29,
            "coaching_processes": 32,
            "safety_analyses": 12,
            "safety_analysis_municipalities": 13,
        },
    ),
    ("2023-09-14", RELEASE),
    ("2024-02-29", {"safety_analyses": 27, "grants_eur": None}),
    ("2025-09-11", {"conference_participants": 177, "conference_sessions": 15, "conference_police_speaker_share": None}),
]


def figures(data: Path, *options: str) -> dict[str, dict[str, Any]]:
    done = run_asskomm("figures", "--json", *options, data=data)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize(("day", "expected"), OTHER_DAYS)
def test_published_numbers(example_folder: Path, day: str, expected: dict[str, float]) -> None:
    found = figures(example_folder, "--on", day)
    assert {key: found[key]["value"] for key in expected} == expected


def test_the_hundredth_is_seifhennersdorf(example_folder: Path) -> None:
    before = {row["place"] for row in figures(example_folder, "--on", "2021-01-17")["municipalities_advised"]["rows"]}
    after = {row["place"] for row in figures(example_folder, "--on", "2021-01-18")["municipalities_advised"]["rows"]}
    assert after - before == {"14626530"}


def test_analyses_of_2021_in_eight_districts(example_folder: Path) -> None:
    rows = figures(example_folder, "--on", "2021-11-30")["safety_analysis_municipalities"]["rows"]
    assert len({row["district"] for row in rows}) == 8


def test_every_row_behind_a_figure_is_listed(example_folder: Path) -> None:
    for figure in figures(example_folder, "--on", "2023-09-14").values():
        if figure["unit"] == "count" and not figure["key"].startswith("conference"):
            assert len(figure["rows"]) == figure["value"], figure["key"]


def test_from_facts_only_the_published_total_stands_with_what_is_proven(example_folder: Path) -> None:
    advised = figures(example_folder, "--on", "2023-09-14", "--documented")["municipalities_advised"]
    assert (advised["value"], advised["note"]) == (144, "gemeldet, Medieninformation vom 14.09.2023; davon 1 einzeln belegt")
    assert (advised["basis"], advised["example"]) == ("reported", False)


def test_known_on_shows_what_was_recorded_by_then(example_folder: Path) -> None:
    found = figures(example_folder, "--on", "2023-09-14", "--known-on", "2021-01-18")
    assert found["municipalities_advised"]["value"] == 100
    assert dt.date.fromisoformat(found["councils"]["on"]) == dt.date(2023, 9, 14)
