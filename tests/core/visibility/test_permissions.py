# SPDX-License-Identifier: EUPL-1.2
"""A rule that nobody wrote allows nothing, loudly."""

from collections.abc import Iterator

import pytest
import rules
from django.core.exceptions import PermissionDenied

from asskomm.core.visibility import ANYONE, SYSTEM, Principal, allowed, require


@rules.predicate  # type: ignore[untyped-decorator] # rules ships no types
def _is_operator(principal: Principal, matter: object) -> bool:
    return principal.everything and matter == "Akte"


@pytest.fixture
def rule() -> Iterator[str]:
    """A rule of a toy room."""
    rules.add_rule("toy.read", _is_operator)  # type: ignore[no-untyped-call] # as above
    yield "toy.read"
    rules.remove_rule("toy.read")  # type: ignore[no-untyped-call] # as above


def test_a_rule_is_asked_with_reader_and_matter(rule: str) -> None:
    assert allowed(rule, SYSTEM, "Akte") is True
    assert allowed(rule, SYSTEM, "Brief") is False
    assert allowed(rule, ANYONE, "Akte") is False


def test_an_unknown_rule_is_a_fault() -> None:
    with pytest.raises(KeyError) as fault:
        allowed("toy.unwritten", SYSTEM)
    assert fault.value.args == ("toy.unwritten",)


def test_require_refuses_with_the_name_of_the_rule(rule: str) -> None:
    require(rule, SYSTEM, "Akte")
    with pytest.raises(PermissionDenied) as refusal:
        require(rule, ANYONE, "Akte")
    assert refusal.value.args == ("toy.read",)
