# SPDX-License-Identifier: EUPL-1.2
"""The gatherings that are somebody's own dates, and the next ones that everybody may come to."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from asskomm.core.calendar import Entry
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal
from asskomm.events.enums import GatheringState, RegistrationState
from asskomm.events.models import Gathering, Registration
from asskomm.events.models.gathering import GatheringQuerySet
from asskomm.events.rules import ORGANISING
from asskomm.people.models import Account

NEXT = 3


def date_of(gathering: Gathering) -> Entry:
    """Give a gathering as a date; what is called off stays one, so that a calendar that has it strikes it out."""
    key, path = f"gathering:{gathering.reference}", gathering.get_absolute_url()
    return Entry(key, gathering.title, gathering.starts_at, gathering.ends_at, path, gathering.place, called_off=gathering.called_off)


def own_gatherings(principal: Principal) -> Iterator[Entry]:
    """Give what her house invites to, and what she has a place at herself, under the address with which she signs in."""
    for found in _coming(principal).filter(_hers(principal)):
        yield date_of(found)


def next_gatherings(principal: Principal) -> list[Gathering]:
    """Give the next few that a reader sees and that take place."""
    return list(_coming(principal)[:NEXT])


def next_for_her(principal: Principal) -> list[Gathering]:
    """Give the next few that are not her own dates already."""
    return list(_coming(principal).exclude(_hers(principal))[:NEXT])


def _coming(principal: Principal) -> GatheringQuerySet:
    return Gathering.objects.visible_to(principal).upcoming(clock.now()).filter(state=GatheringState.PUBLISHED)


def _hers(principal: Principal) -> Q:
    return Q(owner__in=principal.houses(*ORGANISING)) | Q(pk__in=_confirmed(principal))


def _confirmed(principal: Principal) -> QuerySet[Registration, Any]:
    address = Account.objects.filter(pk=principal.account or 0).annotate(address=Lower("email")).values("address")
    return Registration.objects.filter(email__in=address, state=RegistrationState.CONFIRMED, shredded=False).values("gathering")
