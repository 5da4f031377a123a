# SPDX-License-Identifier: EUPL-1.2
"""Who may say how organisations stand to each other, appoint people, and hold tokens for programs."""

import rules

from asskomm.core.visibility import Principal, Role
from asskomm.core.visibility.predicates import is_administrator, is_operator, is_state_council
from asskomm.people.enums import OF_PLACES, OF_THE_STATE, RUN_BY_SOMEBODY, RUNS_A_HOUSE, FunctionRole
from asskomm.people.models import Account, Function, Organisation

_SPEAKS = (Role.MAYOR, Role.COORDINATOR, Role.DISTRICT)
_GIVEN_BY_MAYORS = frozenset({FunctionRole.COORDINATOR, FunctionRole.PARTNER})
_GIVEN_BY_THE_ADMINISTRATION = frozenset({FunctionRole.ADMINISTRATOR, FunctionRole.STATE_COUNCIL})


@rules.predicate
def belongs(principal: Principal, organisation: Organisation | None) -> bool:
    """She holds a function in the organisation."""
    return organisation is not None and organisation.pk in principal.organisations


@rules.predicate
def speaks(principal: Principal) -> bool:
    """Her function speaks for an organisation."""
    return principal.has(*_SPEAKS)


@rules.predicate
def speaks_for_it(principal: Principal, organisation: Organisation | None) -> bool:
    """Her function in this organisation speaks for it."""
    return organisation is not None and organisation.pk in principal.houses(*_SPEAKS)


@rules.predicate
def runs_it(principal: Principal, organisation: Organisation | None) -> bool:
    """She runs the organisation; coaches, contact persons and other guests of the house do not."""
    return organisation is not None and organisation.pk in principal.houses(*RUNS_A_HOUSE)


@rules.predicate
def has_somebody_who_runs_it(_principal: Principal, organisation: Organisation | None) -> bool:
    """It is of a kind in which somebody runs the house; in all others whoever serves there is of it."""
    return organisation is not None and organisation.kind in RUN_BY_SOMEBODY


@rules.predicate
def acts_for_a_place(_principal: Principal, organisation: Organisation | None) -> bool:
    """It is the body of a municipality or a district."""
    return organisation is not None and organisation.kind in OF_PLACES


@rules.predicate
def is_one_of_few(_principal: Principal, organisation: Organisation | None) -> bool:
    """It would be of a kind of which a state has few."""
    return organisation is None or organisation.kind in OF_THE_STATE


@rules.predicate
def is_herself(principal: Principal, account: Account | None) -> bool:
    """The account is her own; not even the operator holds tokens of others."""
    return account is not None and principal.account == account.pk


@rules.predicate
def speaks_for_hers(principal: Principal, account: Account | None) -> bool:
    """Somebody who speaks for an organisation in which the person behind the account holds a function, or will."""
    houses = principal.houses(*_SPEAKS)
    return account is not None and bool(houses) and account.person.functions.filter(organisation__in=houses).exists()


@rules.predicate
def appoints_here(principal: Principal, function: Function | None) -> bool:
    """It is a function that a mayor gives in her own house, and she is the mayor there."""
    return function is not None and function.organisation_id in principal.houses(Role.MAYOR) and function.role in _GIVEN_BY_MAYORS


@rules.predicate
def is_of_the_state(_principal: Principal, function: Function | None) -> bool:
    """It is a function that nobody but the administration gives."""
    return function is not None and function.role in _GIVEN_BY_THE_ADMINISTRATION


@rules.predicate
def is_her_own(principal: Principal, function: Function | None) -> bool:
    """She holds the function herself."""
    return function is not None and principal.account is not None and Account.objects.filter(pk=principal.account, person=function.person_id).exists()


may_appoint = is_operator | is_administrator | (is_state_council & ~is_of_the_state) | appoints_here

rules.add_rule("people.relate", is_operator | is_state_council | speaks_for_it)
rules.add_rule("people.merge", is_operator | is_state_council)
rules.add_rule("people.load", is_operator | is_state_council | is_administrator)
rules.add_rule("people.appoint_to_the_state", is_operator | is_administrator)
rules.add_rule("people.hold_token", is_herself)
rules.add_rule("people.invite", is_operator | is_state_council | is_administrator | speaks_for_hers)
rules.add_rule("people.appoint", may_appoint)
rules.add_rule("people.change_function", may_appoint | is_her_own)
rules.add_rule("people.end_function", may_appoint | is_her_own)
rules.add_rule("people.see_terms", is_operator | is_state_council | is_administrator | runs_it | (belongs & ~has_somebody_who_runs_it))
rules.add_rule("people.see_vacancies", is_operator | is_state_council)
rules.add_rule("people.add_organisation", is_operator | is_state_council | is_administrator | (speaks & ~is_one_of_few))
rules.add_rule("people.write_profile", is_operator | is_state_council | speaks_for_it | (belongs & ~acts_for_a_place))
