# SPDX-License-Identifier: EUPL-1.2
"""Who may say how organisations stand to each other, appoint people, and hold tokens for programs."""

import rules

from asskomm.core.visibility import Principal, Role
from asskomm.core.visibility.predicates import is_administrator, is_operator, is_state_council
from asskomm.people.models import Account, Organisation


@rules.predicate
def belongs(principal: Principal, organisation: Organisation | None) -> bool:
    """She holds a function in the organisation."""
    return organisation is not None and organisation.pk in principal.organisations


@rules.predicate
def speaks_for_it(principal: Principal) -> bool:
    """Her function speaks for her organisation."""
    return principal.has(Role.MAYOR, Role.COORDINATOR, Role.DISTRICT)


@rules.predicate
def is_herself(principal: Principal, account: Account | None) -> bool:
    """The account is her own; not even the operator holds tokens of others."""
    return account is not None and principal.account == account.pk


@rules.predicate
def speaks_for_hers(principal: Principal, account: Account | None) -> bool:
    """Somebody who speaks for an organisation in which the person behind the account holds a function, or will."""
    if account is None or not principal.has(Role.MAYOR, Role.COORDINATOR, Role.DISTRICT):
        return False
    return account.person.functions.filter(organisation__in=principal.organisations).exists()


rules.add_rule("people.relate", is_operator | is_state_council | (belongs & speaks_for_it))
rules.add_rule("people.merge", is_operator | is_state_council)
rules.add_rule("people.load", is_operator | is_state_council | is_administrator)
rules.add_rule("people.appoint_to_the_state", is_operator | is_administrator)
rules.add_rule("people.hold_token", is_herself)
rules.add_rule("people.invite", is_operator | is_state_council | is_administrator | speaks_for_hers)
