# SPDX-License-Identifier: EUPL-1.2
"""The server is killed while people register and confirm: whoever saw the answer is there, nobody twice, and no place is given away twice."""

from pathlib import Path

from tests.events.killing import BEFORE_A_KILL, Server, outlive

ROUNDS, PLACES = 5, 40


def test_whoever_saw_the_answer_is_there_and_nobody_twice(tmp_path: Path, own_database: str) -> None:
    outlived = outlive(Server(tmp_path / "data", own_database, PLACES), ROUNDS)
    assert (outlived.lost, outlived.doubled) == (set(), [])
    assert outlived.numbers == list(range(1, len(outlived.rows) + 1))
    assert outlived.counter == (PLACES, len(outlived.rows))
    assert outlived.held == PLACES
    assert len(outlived.told.confirmed) >= (ROUNDS + 1) * BEFORE_A_KILL
