# SPDX-License-Identifier: EUPL-1.2
"""Places are changed by one way only: these modules write the counters, under lock, and nothing else does."""

import ast
from collections.abc import Iterator
from pathlib import Path

import asskomm
from asskomm.events.models.places import Counter

ROOM = Path(asskomm.__file__).parent / "events"
GIVES = {
    "domain/counters.py": "places of a gathering and its contingents, held by whoever opened the door",
    "domain/seating.py": "places in workshops, held behind the same door",
    "domain/applying.py": "gives the place of a stand back, held with its fair",
    "domain/stand_decisions.py": "gives places of stands, held with their fair",
}
FURNISHES = {
    "domain/gatherings.py": "says how many places there are",
    "domain/workshops.py": "says how many places a workshop has",
    "domain/fairs.py": "says for how many stands there is room",
}
NOT_A_COUNTER = {"domain/programme_parts.py": "how many a room of the house holds"}
GIVEN, SIZE = {"taken", "last_number"}, {"capacity"}
COUNTERS = {model.__name__ for model in Counter.__subclasses__()}
WRITING = {"create", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(ROOM.rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(ROOM)), ast.parse(path.read_text(encoding="utf-8"))


def _assigned(tree: ast.Module) -> set[str]:
    """Give the names of attributes that a module writes."""
    nodes = list(ast.walk(tree))
    targets = [target for node in nodes if isinstance(node, ast.Assign) for target in node.targets]
    targets += [node.target for node in nodes if isinstance(node, ast.AugAssign | ast.AnnAssign)]
    parts = [part for target in targets for part in ast.walk(target)]
    return {part.attr for part in parts if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store)}


def _written_at_once(tree: ast.Module) -> set[str]:
    """Give the fields that a module writes without reading the row, and the counters that it makes."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        named = {keyword.arg or "" for keyword in node.keywords}
        if isinstance(node.func, ast.Attribute) and node.func.attr in WRITING:
            made = {part.id for part in ast.walk(node.func) if isinstance(part, ast.Name)} & COUNTERS
            found |= made | (named & (GIVEN | SIZE))
        if isinstance(node.func, ast.Name) and node.func.id in COUNTERS:
            found.add(node.func.id)
    return found


def test_only_these_modules_give_and_take_places() -> None:
    assert {name for name, tree in _trees() if _assigned(tree) & GIVEN} == GIVES.keys()


def test_only_these_modules_say_how_many_there_are() -> None:
    assert {name for name, tree in _trees() if _assigned(tree) & SIZE} == FURNISHES.keys() | NOT_A_COUNTER.keys()
    assert {name for name, tree in _trees() if _written_at_once(tree)} == FURNISHES.keys()


def test_the_counters_are_known() -> None:
    assert {"Places", "SessionPlaces", "StandPlaces"} == COUNTERS
