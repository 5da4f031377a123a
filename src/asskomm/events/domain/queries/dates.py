# SPDX-License-Identifier: EUPL-1.2
"""The gatherings that are somebody's own dates, and the next ones that everybody may come to."""

from collections.abc import Iterator

from django.db.models import Q

from asskomm.core.calendar import Entry
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal
from asskomm.events.enums import GatheringState, RegistrationState
from asskomm.events.models import Gathering, Registration
from asskomm.events.rules import ORGANISING
from asskomm.people.models import Account

NEXT = 3


def own_gatherings(principal: Principal) -> Iterator[Entry]:
    """Give what her house invites to, and what she has a place at herself, under the address with which she signs in."""
    mine = Q(owner__in=principal.houses(*ORGANISING)) | Q(pk__in=_confirmed(principal))
    for found in Gathering.objects.visible_to(principal).upcoming(clock.now()).filter(mine, state=GatheringState.PUBLISHED):
        yield Entry(f"gathering:{found.reference}", found.title, found.starts_at, found.ends_at, found.get_absolute_url(), found.place)


def next_gatherings(principal: Principal) -> list[Gathering]:
    """Give the next few that a reader sees and that take place."""
    return list(Gathering.objects.visible_to(principal).upcoming(clock.now()).filter(state=GatheringState.PUBLISHED)[:NEXT])


def _confirmed(principal: Principal) -> list[int]:
    if principal.account is None:
        return []
    address = Account.objects.values_list("email", flat=True).get(pk=principal.account)
    rows = Registration.objects.filter(email=address.lower(), state=RegistrationState.CONFIRMED, shredded=False)
    return list(rows.values_list("gathering", flat=True))
