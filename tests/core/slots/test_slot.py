# SPDX-License-Identifier: EUPL-1.2
"""An ordered registry with each key once."""

import pytest

from asskomm.core.slots import Slot


@pytest.fixture
def slot() -> Slot[str]:
    """Three entries, registered out of order."""
    made: Slot[str] = Slot()
    made.register("z", "zuletzt")
    made.register("c", "zweitens", order=10)
    made.register("b", "erstens", order=10)
    return made


def test_entries_come_by_order_and_then_by_key(slot: Slot[str]) -> None:
    assert list(slot) == ["erstens", "zweitens", "zuletzt"]
    assert slot.keys() == ["b", "c", "z"]


def test_an_entry_is_found_by_key(slot: Slot[str]) -> None:
    assert slot["c"] == "zweitens"
    assert ("c" in slot, "x" in slot) == (True, False)
    with pytest.raises(KeyError):
        slot["x"]


def test_a_key_is_taken_once(slot: Slot[str]) -> None:
    with pytest.raises(ValueError, match=r"^slot entry 'c' is registered twice$"):
        slot.register("c", "noch einmal")
    assert slot["c"] == "zweitens"


def test_an_entry_can_be_taken_out(slot: Slot[str]) -> None:
    slot.remove("c")
    assert slot.keys() == ["b", "z"]
    slot.register("c", "wieder da")
    assert slot["c"] == "wieder da"
