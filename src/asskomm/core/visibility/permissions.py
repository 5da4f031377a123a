# SPDX-License-Identifier: EUPL-1.2
"""One door for permissions: every room adds named rules, everybody asks here."""

import rules
from django.core.exceptions import PermissionDenied

from asskomm.core.visibility.principal import Principal


def allowed(rule: str, principal: Principal, matter: object = None) -> bool:
    """Whether a rule lets a reader do something.

    Raises
    ------
        KeyError: no such rule.
    """
    if not rules.rule_exists(rule):
        raise KeyError(rule)
    return bool(rules.test_rule(rule, principal, matter))


def require(rule: str, principal: Principal, matter: object = None) -> None:
    """Refuse where the rule does not allow it.

    Raises
    ------
        PermissionDenied: with the name of the rule.
    """
    if not allowed(rule, principal, matter):
        raise PermissionDenied(rule)
