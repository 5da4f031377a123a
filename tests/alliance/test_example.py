# SPDX-License-Identifier: EUPL-1.2
"""The example alliance yields the published numbers on their days."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.processes import plain_environment

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
    "gathering_participants": 230,
    "gathering_municipalities": 81,
    "gathering_sessions": 17,
    "gathering_speakers": 23,
    "gathering_police_speaker_share": 6 / 23,
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


DOCUMENTED = ("--on", "2023-09-14", "--documented")
KNOWN = ("--on", "2023-09-14", "--known-on", "2021-01-18")
ASKED = [*(("--on", day) for day, _expected in OTHER_DAYS), DOCUMENTED, KNOWN]
PROGRAM = """
import json, sys
from asskomm.config.cli import main
sys.exit(sum(main(["figures", "--json", *options]) for options in json.loads(sys.argv[1])))
"""
Figures = Callable[..., dict[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def figures(example_folder: Path) -> Figures:
    """What the command says, asked for everything at once: starting it takes longer than answering."""
    environment = plain_environment() | {"ASSKOMM_DATA": str(example_folder)}
    done = subprocess.run([sys.executable, "-c", PROGRAM, json.dumps(ASKED)], capture_output=True, text=True, check=True, env=environment)
    found, decoder, text = {}, json.JSONDecoder(), done.stdout.strip()
    for options in ASKED:
        found[options], end = decoder.raw_decode(text)
        text = text[end:].strip()
    return lambda *options: dict(found[options])


@pytest.mark.parametrize(("day", "expected"), OTHER_DAYS)
def test_published_numbers(figures: Figures, day: str, expected: dict[str, float]) -> None:
    found = figures("--on", day)
    assert {key: found[key]["value"] for key in expected} == expected


def test_the_hundredth_is_seifhennersdorf(figures: Figures) -> None:
    before = {row["place"] for row in figures("--on", "2021-01-17")["municipalities_advised"]["rows"]}
    after = {row["place"] for row in figures("--on", "2021-01-18")["municipalities_advised"]["rows"]}
    assert after - before == {"14626530"}


def test_analyses_of_2021_in_eight_districts(figures: Figures) -> None:
    rows = figures("--on", "2021-11-30")["safety_analysis_municipalities"]["rows"]
    assert len({row["district"] for row in rows}) == 8


def test_every_row_behind_a_figure_is_listed(figures: Figures) -> None:
    for figure in figures("--on", "2023-09-14").values():
        if figure["unit"] == "count" and not figure["key"].startswith(("conference", "gathering")):
            assert len(figure["rows"]) == figure["value"], figure["key"]


def test_from_facts_only_the_published_total_stands_with_what_is_proven(figures: Figures) -> None:
    advised = figures(*DOCUMENTED)["municipalities_advised"]
    assert (advised["value"], advised["note"]) == (144, "gemeldet, Medieninformation vom 14.09.2023; davon 1 einzeln belegt")
    assert (advised["basis"], advised["example"]) == ("reported", False)


def test_known_on_shows_what_was_recorded_by_then(figures: Figures) -> None:
    found = figures(*KNOWN)
    assert found["municipalities_advised"]["value"] == 100
    assert dt.date.fromisoformat(found["councils"]["on"]) == dt.date(2023, 9, 14)
