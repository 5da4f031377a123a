# SPDX-License-Identifier: EUPL-1.2
"""The workshops of a gathering under lock: who takes part, who waits, and what is overdue passed on first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from asskomm.core.clock import clock
from asskomm.events.domain.counters import give_back, lock_sessions, next_number, take
from asskomm.events.domain.letters import Post
from asskomm.events.domain.offers import accept_until
from asskomm.events.domain.queries.workshops import Workshop, workshops_of
from asskomm.events.enums import SEAT_HOLDING, SeatState
from asskomm.events.models import Gathering, Registration, Seat, SessionPlaces


@dataclass
class Seating:
    """The counters of all workshops of one gathering; reached through its door only, so locked after the gathering's own.

    Args:
        gathering: as it stands now.
        counters: by the key of the session.
        workshops: those of the released programme, by the key of the session.
        post: the letters of this transaction.
    """

    gathering: Gathering
    counters: dict[int, SessionPlaces]
    workshops: Mapping[int, Workshop]
    post: Post

    def seat_of(self, registration: Registration, session: int) -> Seat | None:
        """Give somebody's place in a workshop or in its line."""
        return Seat.objects.filter(registration=registration, session=session).select_related("session").first()

    def choose(self, registration: Registration, session: int) -> Seat:
        """Give somebody the next number of a workshop, by the key of its session: a place where there is one, else the end of its line."""
        row = self._next(registration, session, wait=False)
        row.save()
        return row

    def give_out(self, chosen: Iterable[tuple[Registration, int, bool]]) -> None:
        """Do the same for many, in the order given: whose, the key of the session, whether she waits even where there is a place."""
        Seat.objects.bulk_create([self._next(registration, session, wait=wait) for registration, session, wait in chosen])

    def accept(self, row: Seat) -> None:
        """Make the place that is offered somebody her own."""
        row.state, row.held_until = SeatState.SEATED, None
        row.save(update_fields=["state", "held_until"])

    def end(self, row: Seat) -> None:
        """Take a place back, or let somebody leave the line."""
        if row.state in SEAT_HOLDING:
            give_back(self.counters[row.session_id])
        row.delete()

    def end_parallel(self, registration: Registration, workshop: Workshop) -> None:
        """Take back the places that somebody has in workshops at the same time; where she only waits she goes on waiting."""
        for row in Seat.objects.filter(registration=registration, state=SeatState.SEATED).exclude(session=workshop.session):
            other = self.workshops.get(row.session_id)
            if other is not None and workshop.overlaps(other):
                self.end(row)

    def end_all(self, registration: Registration) -> None:
        """Take back all that somebody has."""
        for row in Seat.objects.filter(registration=registration):
            self.end(row)

    def lapse(self) -> None:
        """Take back what nobody accepted in time."""
        rows = Seat.objects.overdue(clock.now()).filter(session__in=self.counters)
        for row in rows.select_related("session", "registration__gathering", "registration__brought_by").order_by("session", "number"):
            if self.gathering.published:
                self.post.say_seat_lapsed(row)
            self.end(row)

    def advance(self) -> None:
        """Offer free places to the lines in the order in which people chose, until the workshop begins."""
        if not self.gathering.published:
            return
        now = clock.now()
        ahead = {key: workshop.part for key, workshop in self.workshops.items() if workshop.part.starts_at > now and self.counters[key].has_room}
        waiting = Seat.objects.in_line().filter(session__in=ahead)
        for row in waiting.select_related("session", "registration__gathering", "registration__brought_by"):
            counter = self.counters[row.session_id]
            begins = ahead[row.session_id].starts_at
            if counter.has_room:
                take(counter)
                row.state, row.held_until = SeatState.OFFERED, min(accept_until(begins), begins)
                row.save(update_fields=["state", "held_until"])
                self.post.offer_seat(row)

    def _next(self, registration: Registration, session: int, *, wait: bool) -> Seat:
        counter = self.counters[session]
        row = Seat(registration=registration, session_id=session, number=next_number(counter), state=SeatState.WAITING)
        if not wait and counter.has_room:
            take(counter)
            row.state = SeatState.SEATED
        return row

    def save(self) -> None:
        """Write the counters; the database refuses one place too many."""
        for row in self.counters.values():
            row.save(update_fields=["taken", "last_number"])


def take_seating(gathering: Gathering, post: Post) -> Seating:
    """Lock the counters of all workshops, and pass on what is overdue and free."""
    seating = Seating(gathering, lock_sessions(gathering), {workshop.session: workshop for workshop in workshops_of(gathering)}, post)
    seating.lapse()
    seating.advance()
    return seating
