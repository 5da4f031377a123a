# SPDX-License-Identifier: EUPL-1.2
"""What somebody can choose among the workshops, what she has, and how that came about."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
from asskomm.events.domain.programme_content import Part
from asskomm.events.domain.queries.standing import free_line
from asskomm.events.domain.queries.workshops import Workshop, blocks_of, side_by_side, workshops_of
from asskomm.events.enums import SeatState
from asskomm.events.models import Gathering, Registration, Seat, SessionPlaces, Wish


@dataclass(frozen=True)
class Option:
    """A workshop as somebody sees it who may choose it.

    Args:
        part: what the programme says.
        counter: its places.
        waiting: how many stand in its line.
        seat: what she has of it.
        rank: which of her wishes it was or is; 0 for none.
        ahead: whether it has not begun.
        place_in_line: which in the line she is, where she stands in it.
    """

    part: Part
    counter: SessionPlaces
    waiting: Estimate
    seat: Seat | None
    rank: int
    ahead: bool
    place_in_line: Estimate | None

    @property
    def places_line(self) -> str:
        """Say how many places are left, or how many wait."""
        return free_line(self.counter) if self.counter.has_room else _("Alle Plätze sind vergeben, auf der Warteliste: %(waiting)s") % {"waiting": self.waiting}

    @property
    def standing(self) -> str:
        """Say what she has of it; empty for nothing."""
        if self.seat is None:
            return ""
        if self.place_in_line is not None:
            return _("Sie stehen auf der Warteliste auf Platz %(number)s.") % {"number": self.place_in_line}
        return _("Sie sind dabei.") if self.seat.state == SeatState.SEATED else ""


@dataclass(frozen=True)
class Block:
    """Workshops side by side, or one alone.

    Args:
        options: by the order of the programme.
        by_wishes: whether places are given out by wishes, and have not been yet.
        was_by_wishes: whether they were.
    """

    options: tuple[Option, ...]
    by_wishes: bool
    was_by_wishes: bool

    @property
    def wishes(self) -> list[Option]:
        """What she named, the dearest first."""
        return sorted((option for option in self.options if option.rank), key=lambda option: option.rank)

    @property
    def seated(self) -> bool:
        """Whether she has a place in one of them, which she gives up for another."""
        return any(option.seat is not None and option.seat.state == SeatState.SEATED for option in self.options)

    @property
    def outcome(self) -> str:
        """Say which of her wishes she got, where wishes decided."""
        if not self.was_by_wishes or not self.wishes:
            return ""
        got = next((option.rank for option in self.wishes if option.seat is not None and option.seat.state == SeatState.SEATED), 0)
        if not got and not any(option.place_in_line for option in self.options):
            return ""
        if not got:
            return _("Keinen Ihrer Wünsche konnten wir erfüllen. Sie stehen auf den Wartelisten; wird ein Platz frei, schreiben wir Ihnen.")
        return _("Sie haben Ihren %(rank)d. Wunsch.") % {"rank": got}


def choices_of(registration: Registration) -> list[Block]:
    """Give the workshops in blocks by time, with what somebody has and wishes."""
    gathering = registration.gathering
    workshops = workshops_of(gathering)
    seats = {seat.session_id: seat for seat in Seat.objects.filter(registration=registration)}
    ranks = dict(Wish.objects.filter(registration=registration).values_list("session", "rank"))
    counters = counted(gathering)
    lines = _places_in_line(seats)
    options = {
        workshop.session: _option(
            workshop, counters[workshop.session], seats.get(workshop.session), ranks.get(workshop.session, 0), lines.get(workshop.session)
        )
        for workshop in workshops
    }
    return [_block(gathering, side_by_side(block), [options[workshop.session] for workshop in block]) for block in blocks_of(workshops)]


def counted(gathering: Gathering) -> Mapping[int, SessionPlaces]:
    """Give the counters of a gathering's workshops by the key of the session, each with `waiting`."""
    waiting = Count("session__seats", filter=Q(session__seats__state=SeatState.WAITING))
    rows = SessionPlaces.objects.filter(session__gathering=gathering).annotate(waiting=waiting)
    return {row.session_id: row for row in rows}


def has_workshops(gathering: Gathering) -> bool:
    """Whether there is something to choose."""
    return SessionPlaces.objects.filter(session__gathering=gathering).exists() and gathering.programme_versions.exists()


def _places_in_line(seats: Mapping[int, Seat]) -> Mapping[int, Estimate]:
    before = Q()
    for seat in seats.values():
        if seat.state == SeatState.WAITING:
            before |= Q(session=seat.session_id, number__lte=seat.number)
    rows = Seat.objects.filter(before, state=SeatState.WAITING).order_by().values_list("session").annotate(Count("pk")) if before else ()
    return {session: Estimate(number) for session, number in rows}


def _option(workshop: Workshop, counter: SessionPlaces, seat: Seat | None, rank: int, place_in_line: Estimate | None) -> Option:
    waiting = Estimate(counter.waiting)  # type: ignore[attr-defined]
    return Option(workshop.part, counter, waiting, seat, rank, workshop.part.starts_at > clock.now(), place_in_line)


def _block(gathering: Gathering, parallel: bool, options: list[Option]) -> Block:  # noqa: FBT001 -- what kind of block it is
    wished = parallel and gathering.wishes_until is not None
    return Block(tuple(options), wished and gathering.collects_wishes, wished and not gathering.collects_wishes)
