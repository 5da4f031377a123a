# SPDX-License-Identifier: EUPL-1.2
"""Verbs of whoever comes: register, alone or with others, confirm, change, cancel; and of the job that passes places on."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal
from asskomm.events.domain.counters import lock
from asskomm.events.domain.door import TRAIL, Door, RegistrationError, open_door
from asskomm.events.domain.needs import keep_needs
from asskomm.events.domain.offers import HOLDS
from asskomm.events.domain.queries.origins import recognised_place
from asskomm.events.domain.turnstile import Turnstile
from asskomm.events.enums import ParticipantType, RegistrationState
from asskomm.events.models import Attendance, Gathering, Needs, Registration
from asskomm.territory.models import Municipality

MOST_COMPANIONS = 20
_UNCONFIRMED = frozenset({RegistrationState.HELD, RegistrationState.WAITING, RegistrationState.LAPSED})
FORGOTTEN: dict[str, Any] = {"name": "", "email": "", "organisation": "", "municipality": None, "travel": "", "listed": False, "answers": {}, "shredded": True}
"""What is left of somebody who is forgotten: her number and her type. With a municipality, both can name a person of a small one."""
_OVER = frozenset({RegistrationState.CANCELLED, RegistrationState.LAPSED, RegistrationState.REFUSED})


@dataclass(frozen=True)
class Details:
    """What somebody says beside her name, and may change later.

    Args:
        organisation: in her words.
        listed: whether her name may stand on the list of participants.
        travel: how she comes (key of `Travel`).
        meal: what she eats (key of `Meal`).
        needs: what she needs to take part.
        answers: to questions of this gathering, by the key of the question.
    """

    organisation: str = ""
    listed: bool = False
    travel: str = ""
    meal: str = ""
    needs: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Applicant:
    """Whoever registers, as she says it.

    Args:
        name: given and family name.
        email: where the link to confirm goes; empty only where those who invite enter somebody themselves.
        participant_type: on whose behalf she comes.
        municipality: where she comes for one.
        details: what else she says.
    """

    name: str
    email: str
    participant_type: str
    municipality: Municipality | None = None
    details: Details = field(default_factory=Details)

    @property
    def address(self) -> str:
        """The address in the one way in which it is compared."""
        return self.email.strip().lower()


def register(gathering: Gathering, applicant: Applicant, companions: Sequence[str] = (), *, by: Principal) -> Registration:
    """Register somebody: with a place that is held for her, or at the end of the line; a second time changes nothing and sends the link again.

    Args:
        gathering: that she comes to.
        applicant: who she is.
        companions: names of those whom she brings, at most `MOST_COMPANIONS`; each has a number and a place of her own.
        by: who does it.

    Raises
    ------
        RegistrationError: nobody can register now, or so many at once.
    """
    if len(companions) > MOST_COMPANIONS:
        raise RegistrationError(_("Melden Sie höchstens %(most)d Menschen auf einmal an.") % {"most": MOST_COMPANIONS + 1})
    return _TURNSTILE.go((gathering.pk, by), _Arrival(applicant, companions), lambda arrivals: _let_in(gathering, arrivals, by))


@dataclass(frozen=True)
class _Arrival:
    """Somebody who registers, and the names of those whom she brings."""

    applicant: Applicant
    companions: Sequence[str]


_TURNSTILE = Turnstile[_Arrival, Registration]()


def _let_in(gathering: Gathering, arrivals: Sequence[_Arrival], by: Principal) -> list[Registration]:
    """Register those who came at the same time, in their order; gives the registration of each."""
    parties: list[tuple[_Arrival, list[Registration]]] = []
    with open_door(gathering, arriving=[arrival.applicant.address for arrival in arrivals]) as door:
        door.require_open()
        given = []
        for arrival in arrivals:
            row = door.known.get(arrival.applicant.address)
            if row is None:
                row, *_brought = party = _arrive(door, arrival)
                parties.append((arrival, party))
                door.post.ask_to_confirm(row)
            else:
                door.post.say_again(row)
            given.append(row)
        Registration.objects.bulk_create(party[0] for _arrival, party in parties)
        Registration.objects.bulk_create(row for _arrival, party in parties for row in party[1:])
        for arrival, party in parties:
            note_needs(party[0], arrival.applicant.details)
        record_keys(TRAIL, [row.reference for _arrival, party in parties for row in party], Action.CREATED, by=by)
    return given


def _arrive(door: Door, arrival: _Arrival) -> list[Registration]:
    """Give somebody and those whom she brings the next numbers, and hold places where there are some and nobody looks at registrations first; not saved yet."""
    who, approved = arrival.applicant, not door.gathering.approves
    first = enter(door, who, approved=approved)
    brought = [Applicant(name, "", who.participant_type, who.municipality) for name in arrival.companions]
    party = [first, *(enter(door, one, approved=approved, brought_by=first) for one in brought)]
    if approved:
        for row in party:
            door.seat(row, RegistrationState.HELD, clock.now() + HOLDS)
    if who.address:
        door.known[who.address] = first
    return party


def enter(door: Door, applicant: Applicant, *, approved: bool, brought_by: Registration | None = None) -> Registration:
    """Give somebody the next number; not saved yet."""
    details = applicant.details if brought_by is None else Details(brought_by.organisation)
    return Registration(
        gathering=door.gathering,
        number=door.counters.next_number(),
        participant_type=applicant.participant_type,
        state=RegistrationState.WAITING,
        name=applicant.name.strip(),
        email=applicant.address,
        organisation=details.organisation.strip(),
        municipality=applicant.municipality,
        brought_by=brought_by,
        approved=approved,
        listed=details.listed,
        travel=details.travel,
        answers=dict(details.answers),
        registered_at=clock.now(),
    )


def note_needs(row: Registration, details: Details) -> None:
    """Keep what somebody new says she needs."""
    if details.meal or details.needs:
        keep_needs(row, details.meal, details.needs)


def confirm(registration: Registration, *, by: Principal) -> Registration:
    """Confirm the address, and with it the places that are held or offered; whoever comes too late is treated like somebody who comes now.

    Those whom she brings are confirmed with her.

    Raises
    ------
        RegistrationError: she has cancelled, was refused or registered anew, nobody can register any more, or the gathering is over or called off.
    """
    with open_door(registration.gathering) as door:
        row = door.fresh(registration)
        if row.state == RegistrationState.CONFIRMED or (row.state == RegistrationState.WAITING and row.address_confirmed):
            return row  # a second click
        door.require_ahead()
        if row.state == RegistrationState.CANCELLED:
            raise RegistrationError(_("Sie haben sich abgemeldet. Melden Sie sich neu an, wenn Sie doch kommen möchten."))
        if row.state == RegistrationState.REFUSED:
            raise RegistrationError(_("Für diese Veranstaltung können Sie sich nicht mehr anmelden."))
        if row.state == RegistrationState.LAPSED:
            door.require_open()
            if door.open_under(row.email) is not None:
                raise RegistrationError(_("Sie haben sich inzwischen neu angemeldet. Benutzen Sie den Link aus der neueren E-Mail."))
        brought = row.companions.filter(address_confirmed=False, state__in=_UNCONFIRMED).select_related("gathering", "brought_by").order_by("number")
        rows = [row, *brought]
        for one in rows:
            _confirmed(door, one)
        door.advance(at_once=rows)
        door.post.say_standing(row)
        record_keys(TRAIL, [one.reference for one in rows], Action.CONFIRMED, by=by)
    return row


def _confirmed(door: Door, row: Registration) -> None:
    """Note that the address is confirmed; who is too late goes to the end of the line."""
    if row.state == RegistrationState.LAPSED:
        row.number, row.state = door.counters.next_number(), RegistrationState.WAITING
    if row.state != RegistrationState.WAITING:
        row.state, row.held_until = RegistrationState.CONFIRMED, None
    row.address_confirmed = True
    row.save(update_fields=["number", "state", "held_until", "address_confirmed"])


def cancel(registration: Registration, *, by: Principal, together: bool = False) -> Registration:
    """Give the place back, or leave the line; the next in line gets it.

    Args:
        registration: that ends.
        by: who does it.
        together: whether those whom she brings do not come either.

    Raises
    ------
        RegistrationError: she is inside already, or the gathering is over or called off.
    """
    with open_door(registration.gathering) as door:
        row = door.fresh(registration)
        brought = [door.fresh(one) for one in row.companions.order_by("number")] if together else []
        ending = [one for one in (row, *brought) if one.state not in _OVER]
        if not ending:
            return row  # a second click
        door.require_ahead()
        for one in ending:
            _require_outside(one)
            door.end(one, RegistrationState.CANCELLED)
        door.advance()
        door.post.say_standing(ending[0])
        record_keys(TRAIL, [one.reference for one in ending], Action.ENDED, by=by)
    return row


def change_details(registration: Registration, name: str, details: Details, *, by: Principal) -> Registration:
    """Change what somebody said about herself; her address, her type and her number stay.

    Raises
    ------
        RegistrationError: she does not come any more.
    """
    with transaction.atomic():
        row = Registration.objects.select_for_update(of=("self",)).select_related("gathering", "brought_by").get(pk=registration.pk)
        if row.state in _OVER or row.shredded:
            raise RegistrationError(_("Sie sind abgemeldet."))
        before = row.organisation
        row.name, row.organisation, row.listed, row.travel = name.strip(), details.organisation.strip(), details.listed, details.travel
        row.answers = dict(details.answers)
        if details.organisation.strip() != before and row.participant_type == ParticipantType.MUNICIPALITY:
            row.municipality = recognised_place(row.organisation, clock.today())
        row.save(update_fields=["name", "organisation", "municipality", "listed", "travel", "answers"])
        keep_needs(row, details.meal, details.needs)
        record_keys(TRAIL, [row.reference], Action.CHANGED, by=by)
    return row


def pass_on(gathering: Gathering) -> None:
    """Take back what nobody confirmed in time, of workshops too, and offer the lines what is free."""
    with open_door(gathering) as door:  # whoever opens it does that for the gathering
        if door.has_seats():
            door.seating.advance()


def forget_unconfirmed(gathering: Gathering, before: dt.datetime) -> int:
    """Forget who registered before an instant and never confirmed her address; gives how many. None of them holds a place by then."""
    with transaction.atomic():
        lock(gathering)  # so that nobody confirms meanwhile
        rows = Registration.objects.forgettable(before).filter(gathering=gathering)
        Needs.objects.filter(registration__in=rows).delete()
        return rows.update(state=RegistrationState.LAPSED, **FORGOTTEN)


def _require_outside(row: Registration) -> None:
    if Attendance.objects.present().filter(registration=row).exists():
        raise RegistrationError(_("Sie sind schon eingelassen."))
