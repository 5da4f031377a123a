# SPDX-License-Identifier: EUPL-1.2
"""Verbs: take a place in a workshop or stand in its line, leave it, name wishes; and drop a workshop."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal
from asskomm.events.domain.door import TRAIL, Door, RegistrationError, open_door
from asskomm.events.domain.queries.workshops import Workshop, wish_blocks
from asskomm.events.enums import RegistrationState, SeatState
from asskomm.events.models import Gathering, Registration, Seat, Session, Wish

MOST_WISHES = 3


def choose(registration: Registration, session: str, *, by: Principal) -> Seat:
    """Give somebody a place in a workshop, accept the one that is offered her, or put her at the end of its line; a second time changes nothing.

    Where she has a place in another at the same time she keeps it until she has this one.

    Args:
        registration: of somebody who has a place in the gathering.
        session: the reference of the workshop.
        by: who does it.

    Raises
    ------
        RegistrationError: she has no place in the gathering, there is no such workshop, it has begun, or wishes are collected for it.
    """
    with _opened(registration) as (door, row):
        workshop = _workshop(door, session)
        if any(workshop in block for block in wish_blocks(door.gathering, list(door.seating.workshops.values()))):
            raise RegistrationError(_("Für diese Workshops werden Wünsche gesammelt."))
        seat = door.seating.seat_of(row, workshop.session) or door.seating.choose(row, workshop.session)
        if seat.state == SeatState.OFFERED:
            door.seating.accept(seat)
        if seat.state == SeatState.SEATED:
            door.seating.end_parallel(row, workshop)
            door.seating.advance()
        record_keys(TRAIL, [row.reference], Action.CHANGED, by=by)
    return seat


def leave(registration: Registration, session: str, *, by: Principal) -> None:
    """Give a place in a workshop back, refuse the one that is offered, or leave the line; the next in line gets it.

    Raises
    ------
        RegistrationError: as `choose`.
    """
    with _opened(registration) as (door, row):
        workshop = _workshop(door, session)
        seat = door.seating.seat_of(row, workshop.session)
        if seat is None:
            return  # a second click
        door.seating.end(seat)
        door.seating.advance()
        record_keys(TRAIL, [row.reference], Action.CHANGED, by=by)


def name_wishes(registration: Registration, among: str, sessions: Sequence[str], *, by: Principal) -> None:
    """Name what somebody would like to take part in, of workshops that run side by side; what she named of them before is forgotten.

    Args:
        registration: whose wishes.
        among: the reference of one of the workshops that run side by side.
        sessions: references of those she would like, the dearest first; at most `MOST_WISHES`, or none.
        by: who does it.

    Raises
    ------
        RegistrationError: no wishes are collected any more, one is named twice, or they do not run side by side.
    """
    with _opened(registration) as (door, row):
        if not door.gathering.takes_wishes(clock.now()):
            raise RegistrationError(_("Wünsche werden nicht mehr gesammelt."))
        one, wanted = _workshop(door, among), [_workshop(door, session) for session in sessions]
        blocks = wish_blocks(door.gathering, list(door.seating.workshops.values()))
        block = next((block for block in blocks if one in block), [])
        if len(wanted) > MOST_WISHES or any(workshop not in block for workshop in wanted):
            raise RegistrationError(_("Wählen Sie bis zu drei Workshops, die zur selben Zeit laufen."))
        if len({workshop.session for workshop in wanted}) < len(wanted):
            raise RegistrationError(_("Wählen Sie jeden Workshop nur einmal."))
        Wish.objects.filter(registration=row, session__in=[workshop.session for workshop in block]).delete()
        Wish.objects.bulk_create(Wish(registration=row, session_id=workshop.session, rank=rank) for rank, workshop in enumerate(wanted, 1))
        record_keys(TRAIL, [row.reference], Action.CHANGED, by=by)


def drop_workshops(gathering: Gathering, sessions: Collection[Session]) -> None:
    """Free everybody who has a place in some sessions or waits for one, and tell them that these do not take place; inside a transaction that removes them."""
    dropped = {session.pk: session for session in sessions if hasattr(session, "places")}
    if not dropped or not gathering.places.exists():
        return
    with open_door(gathering) as door:
        seating, now = door.seating, clock.now()  # before the seats are read, because it passes on what is overdue
        missed = {key for key, one in dropped.items() if door.gathering.is_ahead(now) and (one.starts_at is None or one.starts_at > now)}
        for seat in Seat.objects.filter(session__in=dropped).select_related("session", "registration__gathering", "registration__brought_by"):
            if seat.session_id in missed:
                door.post.say_dropped(seat)
            seating.end(seat)


@contextmanager
def _opened(registration: Registration) -> Iterator[tuple[Door, Registration]]:
    with open_door(registration.gathering) as door:
        row = door.fresh(registration)
        door.require_ahead()
        if row.state != RegistrationState.CONFIRMED:
            raise RegistrationError(_("Workshops wählt man, sobald man für die Veranstaltung einen Platz hat."))
        yield door, row


def _workshop(door: Door, session: str) -> Workshop:
    found = next((workshop for workshop in door.seating.workshops.values() if workshop.part.reference == session), None)
    if found is None:
        raise RegistrationError(_("Diesen Workshop gibt es nicht mehr."))
    if found.part.starts_at <= clock.now():
        raise RegistrationError(_("„%(title)s“ hat schon begonnen.") % {"title": found.part.title})
    return found
