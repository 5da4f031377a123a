# SPDX-License-Identifier: EUPL-1.2
"""The table on OWASP ASVS names every requirement of levels 1 and 2 once, and every proof in it exists."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "security" / "asvs.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (V\d+\.\d+\.\d+) \| (.+?) \| (.+?) \| (.+) \|$", TEXT, re.MULTILINE)
SUMS = re.findall(r"^\| (V\d+|zusammen)\b.* \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", TEXT, re.MULTILINE)

STATES = ("erfüllt", "nicht anwendbar", "abweichend", "offen")
COUNTS = {  # of ASVS 5.0.0: how many requirements of levels 1 and 2 each section of a chapter has; they come first in it
    "V1": (2, 9, 11, 3, 2),
    "V2": (3, 3, 4, 1),
    "V3": (0, 2, 4, 6, 5, 0, 2),
    "V4": (3, 1, 2, 4),
    "V5": (1, 3, 2, 3),
    "V6": (3, 12, 4, 4, 5, 3, 0, 4),
    "V7": (3, 4, 2, 5, 2, 2),
    "V8": (2, 3, 1, 1),
    "V9": (3, 4),
    "V10": (2, 2, 4, 11, 5, 2, 3),
    "V11": (2, 3, 3, 4, 1, 1),
    "V12": (3, 2, 4),
    "V13": (1, 5, 2, 5),
    "V14": (2, 4, 3),
    "V15": (3, 3, 7),
    "V16": (1, 5, 4, 3, 3),
    "V17": (1, 4, 2),
}
NUMBERS = [f"{chapter}.{section}.{number}" for chapter, counts in COUNTS.items() for section, count in enumerate(counts, 1) for number in range(1, count + 1)]
_IS_PATH = re.compile(r"(?:src|tests|docs|release|script|tools|requirements)/\S+|pyproject\.toml")


def proofs_of(words: str) -> list[str]:
    """Give the tests and files that a cell names."""
    return [quoted for quoted in re.findall(r"`([^`]+)`", words) if _IS_PATH.fullmatch(quoted)]


def exists(proof: str) -> bool:
    """Whether there is the file, and in it the test where one is named."""
    path, colons, name = proof.partition("::")
    file = ROOT / path
    if not file.is_file():
        return False
    return not colons or re.search(rf"^def {re.escape(name)}\(", file.read_text(encoding="utf-8"), re.MULTILINE) is not None


def test_every_requirement_stands_there_once_and_in_order() -> None:
    assert [number for number, *_rest in ROWS] == NUMBERS


def test_no_row_is_overlooked() -> None:
    assert len(ROWS) == len(re.findall(r"^\| V\d+\.", TEXT, re.MULTILINE))


def test_every_state_is_one_of_four() -> None:
    assert {state for _number, _words, state, _proof in ROWS} <= set(STATES)


def test_what_is_fulfilled_has_a_proof() -> None:
    assert [number for number, _words, state, proof in ROWS if state == STATES[0] and not proofs_of(proof)] == []


def test_every_proof_exists() -> None:
    assert [(number, proof) for number, _words, _state, cell in ROWS for proof in proofs_of(cell) if not exists(proof)] == []


def test_the_sums_are_right() -> None:
    counted = Counter((place, state) for number, _words, state, _proof in ROWS for place in (number.partition(".")[0], "zusammen"))
    expected = [(place, *(counted[place, state] for state in STATES)) for place in (*COUNTS, "zusammen")]
    assert [(place, *map(int, sums)) for place, *sums in SUMS] == expected


@pytest.mark.parametrize("proof", ["tests/docs/test_asvs.py::test_that_is_not_there", "tests/docs/test_that_is_not_there.py::test_x", "src/nowhere.py"])
def test_a_proof_that_is_missing_is_noticed(proof: str) -> None:
    assert (proofs_of(f"Beleg: `{proof}`"), exists(proof)) == ([proof], False)
