# SPDX-License-Identifier: EUPL-1.2
"""Who may see an object, in words that can be kept beside a copy of it: in the index of the search, in the history."""

from collections.abc import Iterable

from asskomm.core.visibility.levels import Visibility
from asskomm.core.visibility.principal import Principal

PUBLIC = frozenset({Visibility.PUBLIC.value})


def audience_of(visibility: str, owner: int, partners: Iterable[int] = ()) -> frozenset[str]:
    """Give the audience of a shared object.

    >>> sorted(audience_of("partners", 3, [7]))
    ['org:3', 'org:7']
    """
    if visibility == Visibility.PUBLIC:
        return PUBLIC
    insiders = {owner, *(partners if visibility == Visibility.PARTNERS else ())}
    levels = {Visibility.ALLIANCE.value} if visibility == Visibility.ALLIANCE else set()
    return frozenset(levels | {f"org:{organisation}" for organisation in insiders})


def groups_of(principal: Principal) -> frozenset[str]:
    """Give the audiences to which a reader belongs."""
    levels = {Visibility.PUBLIC.value} | ({Visibility.ALLIANCE.value} if principal.is_member else set())
    return frozenset(levels | {f"org:{organisation}" for organisation in principal.organisations})


def written(audience: Iterable[str]) -> str:
    """Write an audience into one cell."""
    return " ".join(sorted(audience))


def admits(cell: str, principal: Principal) -> bool:
    """Whether a reader belongs to an audience as it was written."""
    return principal.everything or not groups_of(principal).isdisjoint(cell.split())
