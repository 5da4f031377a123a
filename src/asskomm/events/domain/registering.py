# SPDX-License-Identifier: EUPL-1.2
"""Verbs: register, confirm, cancel, and let the next in line have what becomes free.

All of them hold the counters of the gathering first, then touch registrations, and write letters last in the order of their
addresses, so that two of them never wait for each other.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.events.domain.counters import Counters, lock
from asskomm.events.domain.letters import Post
from asskomm.events.enums import HOLDING, GatheringState, RegistrationState
from asskomm.events.models import Attendance, Gathering, Places, Registration
from asskomm.territory.models import Municipality

HOLDS = dt.timedelta(minutes=30)
"""How long a place is held for somebody who has not confirmed her address."""
ACCEPTS = dt.timedelta(hours=48)
"""How long somebody from the line has to accept; less where the gathering begins sooner."""
TRAIL = "registrations"


class RegistrationError(ValueError):
    """What is asked cannot be done as things stand; the message is a sentence."""


@dataclass(frozen=True)
class Applicant:
    """Whoever registers, as she says it.

    Args:
        name: given and family name.
        email: where the link to confirm goes.
        participant_type: on whose behalf she comes.
        organisation: in her words.
        municipality: where she comes for one.
    """

    name: str
    email: str
    participant_type: str
    organisation: str = ""
    municipality: Municipality | None = None


def register(gathering: Gathering, applicant: Applicant, *, by: Principal) -> Registration:
    """Register somebody: with a place that is held for her, or at the end of the line; a second time changes nothing and sends the link again.

    Raises
    ------
        RegistrationError: nobody can register now.
    """
    with _door(gathering) as door:
        _require_open(door.gathering)
        email = applicant.email.strip().lower()
        known = _open_under(door.gathering, email)
        if known is not None:
            door.post.say_again(known)
            return known
        registration = Registration(
            gathering=door.gathering,
            number=door.counters.next_number(),
            participant_type=applicant.participant_type,
            state=RegistrationState.WAITING,
            name=applicant.name.strip(),
            email=email,
            organisation=applicant.organisation.strip(),
            municipality=applicant.municipality,
            registered_at=clock.now(),
        )
        if door.counters.has_room(registration.participant_type):
            door.seat(registration, RegistrationState.HELD, clock.now() + HOLDS)
        registration.save()
        door.post.ask_to_confirm(registration)
        record_keys(TRAIL, [registration.reference], Action.CREATED, by=by)
    return registration


def confirm(registration: Registration, *, by: Principal) -> Registration:
    """Confirm the address, and with it the place that is held or offered; whoever comes too late is treated like somebody who comes now.

    Raises
    ------
        RegistrationError: she has cancelled or registered anew, nobody can register any more, or the gathering is over or called off.
    """
    with _door(registration.gathering) as door:
        row = _fresh(registration)
        if row.state == RegistrationState.CONFIRMED or (row.state == RegistrationState.WAITING and row.address_confirmed):
            return row  # a second click
        _require_ahead(door.gathering)
        if row.state == RegistrationState.CANCELLED:
            raise RegistrationError(_("Sie haben sich abgemeldet. Melden Sie sich neu an, wenn Sie doch kommen möchten."))
        if row.state == RegistrationState.LAPSED:
            _require_open(door.gathering)
            if _open_under(door.gathering, row.email) is not None:
                raise RegistrationError(_("Sie haben sich inzwischen neu angemeldet. Benutzen Sie den Link aus der neueren E-Mail."))
            row.number, row.state = door.counters.next_number(), RegistrationState.WAITING
        if row.state != RegistrationState.WAITING:
            row.state, row.held_until = RegistrationState.CONFIRMED, None
        row.address_confirmed = True
        row.save(update_fields=["number", "state", "held_until", "address_confirmed"])
        door.advance(at_once=row)
        door.post.say_standing(row)
        record_keys(TRAIL, [row.reference], Action.CONFIRMED, by=by)
    return row


def cancel(registration: Registration, *, by: Principal) -> Registration:
    """Give the place back, or leave the line; the next in line gets it.

    Raises
    ------
        RegistrationError: she is inside already, or the gathering is over or called off.
    """
    with _door(registration.gathering) as door:
        row = _fresh(registration)
        if row.state in {RegistrationState.CANCELLED, RegistrationState.LAPSED}:
            return row  # a second click
        _require_ahead(door.gathering)
        _require_outside(row)
        door.end(row, RegistrationState.CANCELLED)
        door.advance()
        door.post.say_standing(row)
        record_keys(TRAIL, [row.reference], Action.ENDED, by=by)
    return row


def seat_now(registration: Registration, *, by: Principal) -> Registration:
    """Give a free place at once to somebody who stands at the door: who is not registered yet and not saved, waits, cancelled or came too late.

    That she is there confirms more than an answer to a mail would.

    Raises
    ------
        RegistrationError: no place is free, she is registered anew, or the gathering is over or called off.
    """
    with _door(registration.gathering) as door:
        row = _fresh(registration) if registration.pk else registration
        if row.state == RegistrationState.CONFIRMED and row.pk:
            return row  # a second click
        _require_ahead(door.gathering)
        other = _open_under(door.gathering, row.email) if row.email else None
        if other is not None and other.pk != row.pk:
            raise RegistrationError(_("Mit dieser E-Mail-Adresse ist schon jemand angemeldet."))
        if not row.pk or row.state not in HOLDING:
            _require_room(door.counters, row.participant_type)
            door.seat(row, RegistrationState.CONFIRMED, None)
        action = Action.CONFIRMED if row.pk else Action.CREATED
        row.number = row.number or door.counters.next_number()
        row.state, row.held_until, row.address_confirmed = RegistrationState.CONFIRMED, None, True
        row.save()
        record_keys(TRAIL, [row.reference], action, by=by)
    return row


def pass_on(gathering: Gathering) -> None:
    """Take back what nobody confirmed in time, and offer the line what is free."""
    with _door(gathering):
        pass  # whoever opens the door does that


def forget_unconfirmed(gathering: Gathering, before: dt.datetime) -> int:
    """Forget who registered before an instant and never confirmed her address; gives how many. None of them holds a place by then."""
    with transaction.atomic():
        lock(gathering)  # so that nobody confirms meanwhile
        rows = Registration.objects.forgettable(before).filter(gathering=gathering)
        return rows.update(state=RegistrationState.LAPSED, name="", email="", organisation="", shredded=True)


@dataclass
class _Door:
    """A gathering whose counters are locked.

    Args:
        gathering: as it stands now.
        counters: of it.
        post: the letters of this transaction.
    """

    gathering: Gathering
    counters: Counters
    post: Post = field(default_factory=Post)

    def seat(self, row: Registration, state: RegistrationState, until: dt.datetime | None) -> None:
        """Give a place to a registration, which the caller saves."""
        self.counters.take(row.participant_type)
        row.state, row.held_until = state, until

    def end(self, row: Registration, state: RegistrationState) -> None:
        """End a registration, and take its place back."""
        if row.state in HOLDING:
            self.counters.give_back(row.participant_type)
        row.state, row.held_until = state, None
        row.save(update_fields=["state", "held_until"])

    def lapse(self) -> None:
        """End what nobody confirmed in time."""
        overdue = list(Registration.objects.overdue(clock.now()).filter(gathering=self.gathering).order_by("number"))
        for row in overdue:
            row.gathering = self.gathering
            offered = row.state == RegistrationState.OFFERED
            self.end(row, RegistrationState.LAPSED)
            if offered:
                self.post.say_standing(row)
        if overdue:
            record_keys(TRAIL, [row.reference for row in overdue], Action.ENDED, by=SYSTEM)

    def advance(self, at_once: Registration | None = None) -> None:
        """Offer free places to the line in the order of arrival, until it begins; whose contingent is full is passed over and keeps her place in it.

        Args:
            at_once: who has just confirmed, and does not have to do it a second time.
        """
        if self.counters.is_full() or not self.gathering.published or self.gathering.starts_at <= clock.now():
            return
        until = min(clock.now() + ACCEPTS, max(self.gathering.starts_at, clock.now() + HOLDS))
        for row in Registration.objects.in_line().filter(gathering=self.gathering):
            if self.counters.is_full():
                return
            if not self.counters.has_room(row.participant_type):
                continue
            if at_once is not None and row.pk == at_once.pk:
                self.seat(at_once, RegistrationState.CONFIRMED, None)
                at_once.save(update_fields=["state", "held_until"])
                continue
            row.gathering = self.gathering
            self.seat(row, RegistrationState.OFFERED, until)
            row.save(update_fields=["state", "held_until"])
            self.post.offer(row)


@contextmanager
def _door(gathering: Gathering) -> Iterator[_Door]:
    """Open the door to a gathering for one at a time: what is overdue goes to the next in line first, whatever was asked."""
    with transaction.atomic():
        try:
            counters = lock(gathering)
        except Places.DoesNotExist:
            raise RegistrationError(_("Für diese Veranstaltung meldet man sich nicht an.")) from None
        door = _Door(Gathering.objects.get(pk=gathering.pk), counters)
        door.lapse()
        door.advance()
        yield door
        counters.save()
        door.post.send()


def _fresh(registration: Registration) -> Registration:
    return Registration.objects.select_related("gathering").get(pk=registration.pk)


def _open_under(gathering: Gathering, email: str) -> Registration | None:
    return Registration.objects.open().select_related("gathering").filter(gathering=gathering, email=email, shredded=False).first()


def _require_ahead(gathering: Gathering) -> None:
    if gathering.state == GatheringState.CALLED_OFF:
        raise RegistrationError(_("Diese Veranstaltung ist abgesagt."))
    if gathering.ends_at <= clock.now():
        raise RegistrationError(_("Diese Veranstaltung ist vorbei."))


def _require_outside(row: Registration) -> None:
    if Attendance.objects.present().filter(registration=row).exists():
        raise RegistrationError(_("Sie sind schon eingelassen."))


def _require_room(counters: Counters, participant_type: str) -> None:
    if not counters.has_room(participant_type):
        raise RegistrationError(_("Es ist kein Platz frei."))


def _require_open(gathering: Gathering) -> None:
    if not gathering.takes_registrations(clock.now()):
        raise RegistrationError(_("Die Anmeldung ist zurzeit nicht offen."))
