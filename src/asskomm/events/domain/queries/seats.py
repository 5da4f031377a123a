# SPDX-License-Identifier: EUPL-1.2
"""How the workshops stand, and who comes to which, for those who plan."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from asskomm.core.estimates import Estimate
from asskomm.events.domain.assigning import Proposal
from asskomm.events.domain.programme_content import Part
from asskomm.events.domain.queries.choices import counted
from asskomm.events.domain.queries.workshops import blocks_of, workshops_of
from asskomm.events.enums import SeatState
from asskomm.events.models import Gathering, Registration, Seat, Session, SessionPlaces


@dataclass(frozen=True)
class WorkshopStanding:
    """One workshop.

    Args:
        part: what the programme says.
        taken: how many are taken.
        capacity: how many there are.
        waiting: how many stand in its line.
    """

    part: Part
    taken: Estimate
    capacity: Estimate
    waiting: Estimate


def workshops_standing(gathering: Gathering) -> list[list[WorkshopStanding]]:
    """Give the workshops in blocks by time."""
    counters = counted(gathering)
    return [[_standing(workshop.part, counters[workshop.session]) for workshop in block] for block in blocks_of(workshops_of(gathering))]


def seats_of(session: Session) -> list[Seat]:
    """Give who takes part in a session and who waits, in the order in which they chose."""
    return list(Seat.objects.filter(session=session).select_related("registration").order_by("state", "number"))


def taken_by(registration: Registration) -> set[str]:
    """Give the titles of the workshops in which somebody has a place."""
    rows = Seat.objects.filter(registration=registration, state=SeatState.SEATED)
    return set(rows.values_list("session__title", flat=True))


def standing_of_session(session: Session) -> str:
    """Say how many of its places are taken."""
    return _("%(taken)s von %(capacity)s Plätzen vergeben") % {"taken": Estimate(session.places.taken), "capacity": Estimate(session.places.capacity)}


@dataclass(frozen=True)
class ProposalRow:
    """What giving out the places comes to for one workshop."""

    title: str
    free: Estimate
    first: Estimate
    given: Estimate


@dataclass(frozen=True)
class DrawnProposal:
    """What it comes to for workshops side by side.

    Args:
        part: the one that begins first.
        rows: one for each workshop.
        met: how many get their first, second, third wish.
        unmet: how many get none.
    """

    part: Part
    rows: Sequence[ProposalRow]
    met: Sequence[Estimate]
    unmet: Estimate


def drawn_proposal(proposal: Proposal) -> DrawnProposal:
    """Put a proposal into numbers that a page shows."""
    seats = proposal.assignment.seats.tolist()
    rows = [
        ProposalRow(workshop.part.title, Estimate(free), Estimate(proposal.wanted_first(number)), Estimate(seats.count(number)))
        for number, (workshop, free) in enumerate(zip(proposal.block, proposal.free, strict=True))
    ]
    return DrawnProposal(proposal.block[0].part, rows, [Estimate(met) for met in proposal.met()], Estimate(proposal.unmet()))


def _standing(part: Part, counter: SessionPlaces) -> WorkshopStanding:
    return WorkshopStanding(part, Estimate(counter.taken), Estimate(counter.capacity), Estimate(counter.waiting))  # type: ignore[attr-defined]
