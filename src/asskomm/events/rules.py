# SPDX-License-Identifier: EUPL-1.2
"""Who may organise gatherings and see who comes."""

import rules

from asskomm.core.visibility import Principal, Role
from asskomm.core.visibility.predicates import is_operator
from asskomm.events.models import Gathering


@rules.predicate
def organises(principal: Principal) -> bool:
    """Somebody whose function is to bring people together."""
    return principal.has(Role.STATE_COUNCIL, Role.COORDINATOR, Role.MAYOR, Role.DISTRICT)


@rules.predicate
def of_her_organisation(principal: Principal, gathering: Gathering | None) -> bool:
    """Her organisation invites."""
    return gathering is not None and gathering.owner_id in principal.organisations


rules.add_rule("events.organise", is_operator | organises)
rules.add_rule("events.change", is_operator | (organises & of_her_organisation))
rules.add_rule("events.see_participants", is_operator | (organises & of_her_organisation))
