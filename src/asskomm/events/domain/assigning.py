# SPDX-License-Identifier: EUPL-1.2
"""Verb: give out places in workshops by wishes, as well as it can be done for all; and what it would come to."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.jobs.domain import orders
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.choosing import MOST_WISHES
from asskomm.events.domain.door import RegistrationError, open_door
from asskomm.events.domain.queries.workshops import Workshop, wish_blocks, workshops_of
from asskomm.events.enums import RegistrationState
from asskomm.events.models import Gathering, Registration, Seat, SessionPlaces, Wish
from asskomm.methods.assignment import UNASSIGNED, Assignment, assign

TRAIL, TELL = "gatherings", "events.tell_assigned"


@dataclass(frozen=True)
class Proposal:
    """What giving out the places of workshops side by side comes to.

    Args:
        block: the workshops.
        registrations: of those who named wishes and have no place in one of them, in the order of arrival.
        wishes: of each, numbers of workshops of the block, the dearest first.
        free: how many places each workshop has left.
        assignment: who gets what.
    """

    block: Sequence[Workshop]
    registrations: Sequence[Registration]
    wishes: Sequence[Sequence[int]]
    free: Sequence[int]
    assignment: Assignment

    def met(self) -> list[int]:
        """Count those who get their first, second, third wish."""
        return [self.assignment.met(rank) for rank in range(1, MOST_WISHES + 1)]

    def unmet(self) -> int:
        """Count those who get none."""
        return self.assignment.met(0)

    def wanted_first(self, workshop: int) -> int:
        """Count those whose first wish a workshop is."""
        return sum(named[0] == workshop for named in self.wishes)


def proposals(gathering: Gathering) -> list[Proposal]:
    """Say what giving out the places would come to now, for each block of workshops side by side."""
    return [_proposal(gathering, block) for block in wish_blocks(gathering, workshops_of(gathering))]


def assign_workshops(gathering: Gathering, *, by: Principal) -> None:
    """Give out the places by wishes, and let a job tell everybody who named some; from now on who comes first has a place.

    As many as possible get one of their wishes, as few as possible only their third; among equals, who came first fares better. Whoever
    did not get her first wish stands in the line of each that she named before the one she got, in the order of arrival.

    Raises
    ------
        RegistrationError: no wishes are collected, or nobody registers.
        PermissionDenied: the reader does not organise this gathering.
    """
    require("events.change", by, gathering)
    with transaction.atomic(), _held(gathering), open_door(gathering) as door:
        if not door.gathering.collects_wishes:
            raise RegistrationError(_("Die Plätze in den Workshops sind schon zugeteilt."))
        for block in wish_blocks(door.gathering, list(door.seating.workshops.values())):
            for row in Seat.objects.in_line().filter(session__in=[workshop.session for workshop in block]):
                door.seating.end(row)  # who waited while places went to whoever came first; her wishes say it anew
            door.seating.give_out(_given_out(_proposal(door.gathering, block)))
        orders.order(TELL, {"gathering": door.gathering.reference}, by=by, title=door.gathering.title)
        door.gathering.workshops_assigned_at = clock.now()
        door.gathering.save(update_fields=["workshops_assigned_at"])
        record(TRAIL, [door.gathering], Action.CHANGED, by=by)


@contextmanager
def _held(gathering: Gathering) -> Iterator[None]:
    """Hold the gathering before its counters, as the pages of those who plan do, which want them too."""
    Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)
    yield


def _proposal(gathering: Gathering, block: Sequence[Workshop]) -> Proposal:
    keys = [workshop.session for workshop in block]
    seated = Seat.objects.holding().filter(session__in=keys).values("registration")
    wishes = Wish.objects.filter(session__in=keys, registration__state=RegistrationState.CONFIRMED).exclude(registration__in=seated)
    named: dict[int, list[int]] = {}
    for registration, session in wishes.order_by("registration__number", "rank").values_list("registration", "session"):
        named.setdefault(registration, []).append(keys.index(session))
    rows = Registration.objects.select_related("gathering", "brought_by").in_bulk(named)
    counters = SessionPlaces.objects.in_bulk(keys, field_name="session_id")
    free = [counters[key].capacity - counters[key].taken for key in keys]
    return Proposal(block, [rows[key] for key in named], list(named.values()), free, assign(list(named.values()), free))


def _given_out(proposal: Proposal) -> Iterator[tuple[Registration, int, bool]]:
    """Give the places, then the lines of what somebody would have liked better: whose, the key of the session, whether she waits."""
    seats = proposal.assignment.seats.tolist()
    for row, seat in zip(proposal.registrations, seats, strict=True):
        if seat != UNASSIGNED:
            yield row, proposal.block[seat].session, False
    for row, seat, named in zip(proposal.registrations, seats, proposal.wishes, strict=True):
        for better in named[: named.index(seat)] if seat != UNASSIGNED else named:
            yield row, proposal.block[better].session, True
