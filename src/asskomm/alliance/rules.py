# SPDX-License-Identifier: EUPL-1.2
"""Who may record, change and confirm events."""

import rules

from asskomm.alliance.domain.drafts import EventDraft
from asskomm.alliance.models import Event
from asskomm.core.visibility import Principal, Role
from asskomm.core.visibility.predicates import is_operator, is_state_council
from asskomm.people.enums import RUNS_A_HOUSE
from asskomm.people.models import Organisation

REPORTING = (Role.STATE_COUNCIL, Role.COORDINATOR, Role.MAYOR, Role.DISTRICT)


@rules.predicate
def may_enter(principal: Principal) -> bool:
    """Somebody whose function is to report for a place."""
    return principal.has(*REPORTING)


@rules.predicate
def acts_for_places(principal: Principal, draft: EventDraft | None) -> bool:
    """Every municipality of the draft is one she acts for, and it is recorded as her own organisation's."""
    if draft is None:
        return False
    places = {m.ags for m in draft.municipalities}
    return bool(places) and places <= principal.municipalities and draft.owner.pk in principal.houses(*REPORTING)


@rules.predicate
def writes_as_the_council(principal: Principal, draft: EventDraft | None) -> bool:
    """The draft is recorded as the state council's, to which she belongs."""
    return draft is not None and draft.owner.pk in principal.houses(Role.STATE_COUNCIL)


@rules.predicate
def owns(principal: Principal, event: Event | None) -> bool:
    """An organisation for which she reports recorded the event."""
    return event is not None and event.owner_id in principal.houses(*REPORTING)


@rules.predicate
def runs_it(principal: Principal, organisation: Organisation | None) -> bool:
    """She runs the organisation; coaches, contact persons and other guests of the house do not."""
    return organisation is not None and organisation.pk in principal.houses(*RUNS_A_HOUSE)


rules.add_rule("alliance.enter_events", is_operator | may_enter)
rules.add_rule("alliance.record_event", is_operator | writes_as_the_council | acts_for_places)
rules.add_rule("alliance.change_event", is_operator | owns)
rules.add_rule("alliance.confirm_event", is_operator | is_state_council)
rules.add_rule("alliance.see_unseen", is_operator | is_state_council)
rules.add_rule("alliance.plan_contacts", is_operator | is_state_council)
rules.add_rule("alliance.see_stalls", is_operator | is_state_council | runs_it)
