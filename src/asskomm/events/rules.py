# SPDX-License-Identifier: EUPL-1.2
"""Who may organise gatherings and see who comes."""

import rules

from asskomm.core.visibility import Principal, Role
from asskomm.core.visibility.predicates import is_operator
from asskomm.events.domain.door_passes import Entrance
from asskomm.events.models import Call, DatePoll, Gathering

ORGANISING = (Role.STATE_COUNCIL, Role.COORDINATOR, Role.MAYOR, Role.DISTRICT)


@rules.predicate
def organises(principal: Principal) -> bool:
    """Somebody whose function is to bring people together."""
    return principal.has(*ORGANISING)


@rules.predicate
def for_her_house(principal: Principal, gathering: Gathering | DatePoll | None) -> bool:
    """An organisation invites in which this is her function."""
    return gathering is not None and gathering.owner_id in principal.houses(*ORGANISING)


@rules.predicate
def at_her_door(principal: Principal, entrance: Entrance | None) -> bool:
    """Such an organisation invites to what is behind this door."""
    return entrance is not None and entrance.gathering.owner_id in principal.houses(*ORGANISING)


@rules.predicate
def by_link(_principal: Principal, entrance: Entrance | None) -> bool:
    """Whoever has the link of the day."""
    return entrance is not None and entrance.open_by_link


@rules.predicate
def by_link_for_guests(_principal: Principal, entrance: Entrance | None) -> bool:
    """The same, where it is also for those who have no place."""
    return entrance is not None and entrance.door_pass is not None and entrance.door_pass.lets_in_guests and entrance.open_by_link


@rules.predicate
def reviews(principal: Principal, call: Call | None) -> bool:
    """A member whom those who invite asked to look at what is proposed."""
    return call is not None and principal.is_member and call.reviewers.filter(account=principal.account).exists()


rules.add_rule("events.organise", is_operator | organises)
rules.add_rule("events.change", is_operator | for_her_house)
rules.add_rule("events.see_participants", is_operator | for_her_house)
rules.add_rule("events.let_in", is_operator | at_her_door | by_link)
rules.add_rule("events.let_in_guests", is_operator | at_her_door | by_link_for_guests)
rules.add_rule("events.review", reviews)
