# SPDX-License-Identifier: EUPL-1.2
"""A kind of object that exists in these tests alone."""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from asskomm.core.audit import TRAILS, Field, State, Subject, Trail
from asskomm.core.visibility import Principal


def _states(objects: Sequence[Any]) -> Iterator[State]:
    return (State(o.key, {"name": o.name, "places": o.places}, o.audience) for o in objects)


def _find(key: str, principal: Principal) -> Subject | None:
    return Subject(f"Bank {key}", "/kommunen/14626110/") if key != "geheim" else None


@pytest.fixture
def _benches() -> Iterator[None]:
    TRAILS.register("bench", Trail("Bank", {"name": Field("Name"), "places": Field("Orte")}, _states, _find))
    yield
    TRAILS.remove("bench")


def bench(name: str = "Bank am Weiher", places: Sequence[str] = ("Görlitz",), *, key: str = "b1", audience: frozenset[str] | None = None) -> Any:
    """Make a bench."""
    return SimpleNamespace(key=key, name=name, places=list(places), audience=audience)
