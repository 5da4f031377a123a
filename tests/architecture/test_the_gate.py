# SPDX-License-Identifier: EUPL-1.2
"""Whoever protects persons or respondents lets the one gate decide what is shown."""

import ast
from pathlib import Path

import asskomm

PACKAGE = Path(asskomm.__file__).parent
GATE = "asskomm.methods.disclosure"
PROTECTING = {"PERSONS", "RESPONDENTS"}
BEHIND = {"events/figures/of_answers.py": "counts what the evaluation has let through"}


def _trees() -> dict[str, ast.Module]:
    return {str(path.relative_to(PACKAGE)): ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py") if path.name != "estimate.py"}


def _protects(tree: ast.Module) -> bool:
    named = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in PROTECTING)
    return any(isinstance(node.value, ast.Name) and node.value.id == "Protects" for node in named)


def _asks_the_gate(tree: ast.Module) -> bool:
    return any(isinstance(node, ast.ImportFrom) and node.module == GATE for node in ast.walk(tree))


def test_whoever_protects_somebody_asks_the_gate() -> None:
    trees = _trees()
    protecting = {name for name, tree in trees.items() if _protects(tree)}
    assert protecting == {name for name in protecting if _asks_the_gate(trees[name])} | BEHIND.keys()
    assert "events/domain/queries/evaluating.py" in protecting
