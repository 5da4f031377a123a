# SPDX-License-Identifier: EUPL-1.2
"""A place is taken and given back in one file: nobody else writes to a counter."""

import ast
from pathlib import Path

import asskomm

ROOT = Path(asskomm.__file__).parent / "events"
ONE_WAY = "domain/counters.py"
COUNTED = {"taken", "last_number"}


def writes(path: Path) -> list[str]:
    """Give what a file assigns to a counter, or makes one with."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []
        found += [target.attr for target in targets if isinstance(target, ast.Attribute) and target.attr in COUNTED]
        found += [word.arg for word in node.keywords if word.arg in COUNTED] if isinstance(node, ast.Call) else []
    return found


def test_counters_are_written_in_one_file() -> None:
    writing = {path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py") if "migrations" not in path.parts and writes(path)}
    assert writing == {ONE_WAY}
