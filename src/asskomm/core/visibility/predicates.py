# SPDX-License-Identifier: EUPL-1.2
"""Predicates that the rules of several rooms are made of."""

import rules

from asskomm.core.visibility.principal import Principal, Role


@rules.predicate
def is_operator(principal: Principal) -> bool:
    """The operator at the machine's own command line."""
    return principal.everything


@rules.predicate
def is_state_council(principal: Principal) -> bool:
    """Somebody of the state council."""
    return principal.has(Role.STATE_COUNCIL)


@rules.predicate
def is_administrator(principal: Principal) -> bool:
    """Somebody who runs the installation."""
    return principal.has(Role.ADMINISTRATOR)
