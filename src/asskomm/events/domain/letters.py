# SPDX-License-Identifier: EUPL-1.2
"""What is written to those who register, with the link by which they confirm and cancel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from django.conf import settings
from django.urls import reverse

from asskomm.core.mail.domain.writing import Letter, send, send_together
from asskomm.core.mail.registry import MailKind
from asskomm.core.mail.signatures import is_signed, signature
from asskomm.events.domain.feedback import path_of_feedback
from asskomm.events.domain.queries.choices import has_workshops
from asskomm.events.enums import Ask, RegistrationState
from asskomm.events.mails import (
    AGAIN,
    APPLIED,
    CALLED_OFF,
    CANCELLED,
    CONFIRMED,
    FEEDBACK,
    LAPSED,
    MOVED,
    OFFERED,
    REFUSED,
    SEAT_LAPSED,
    SEAT_OFFERED,
    TO_CONFIRM,
    WAITING,
    WORKSHOP_DROPPED,
    WORKSHOPS_ASSIGNED,
)
from asskomm.events.models import Registration, Seat
from asskomm.events.models.gathering import FEEDBACK_FOR

_PURPOSE = "registration"
_OF_STATE = {
    RegistrationState.CONFIRMED: CONFIRMED,
    RegistrationState.WAITING: WAITING,
    RegistrationState.CANCELLED: CANCELLED,
    RegistrationState.LAPSED: LAPSED,
    RegistrationState.REFUSED: REFUSED,
}


def path_of(registration: Registration) -> str:
    """Give the path under which somebody finds her registration; nobody can guess it, and nothing of it is kept."""
    return reverse("events:registration", args=[registration.reference, signature(_PURPOSE, registration.reference)])


def registration_under(reference: str, word: str) -> Registration | None:
    """Give the registration that a path leads to."""
    if not is_signed(word, _PURPOSE, reference):
        return None
    return Registration.objects.select_related("gathering", "brought_by").filter(reference=reference, shredded=False).first()


@dataclass
class Post:
    """Letters of one transaction, written at its end together, addresses in their order, so that no two transactions wait for each other's addresses."""

    letters: list["_Due"] = field(default_factory=list)

    def ask_to_confirm(self, registration: Registration) -> None:
        """Ask for the confirmation of the address."""
        self._add(TO_CONFIRM, registration)

    def say_again(self, registration: Registration) -> None:
        """Say to somebody who registers twice that she has."""
        self._add(AGAIN if registration.address_confirmed else TO_CONFIRM, registration)

    def offer(self, registration: Registration) -> None:
        """Offer a place to somebody from the line."""
        self._add(OFFERED, registration)

    def say_standing(self, registration: Registration) -> None:
        """Say how a registration stands now."""
        applied = registration.state == RegistrationState.WAITING and not registration.approved
        self._add(APPLIED if applied else _OF_STATE[RegistrationState(registration.state)], registration)

    def offer_seat(self, seat: Seat) -> None:
        """Offer a place in a workshop."""
        self._add(SEAT_OFFERED, seat.registration, seat=seat)

    def say_seat_lapsed(self, seat: Seat) -> None:
        """Say that a place in a workshop was not accepted in time."""
        self._add(SEAT_LAPSED, seat.registration, seat=seat)

    def say_dropped(self, seat: Seat) -> None:
        """Say that a workshop does not take place."""
        self._add(WORKSHOP_DROPPED, seat.registration, seat=seat)

    def send(self) -> None:
        """Write all of them into the outbox."""
        rows = [letter for letter in self.letters if letter.registration.writes_to]
        send_together([Letter(one.kind.key, one.registration.writes_to, {**_context(one.registration), **one.more}) for one in rows])
        self.letters.clear()

    def _add(self, kind: MailKind, registration: Registration, **more: object) -> None:
        self.letters.append(_Due(kind, registration, more))


@dataclass(frozen=True)
class _Due:
    kind: MailKind
    registration: Registration
    more: Mapping[str, object]


def say_called_off(registration: Registration) -> None:
    """Say to somebody that there is nothing to come to; a second time says nothing."""
    if registration.writes_to:
        send(CALLED_OFF.key, to=registration.writes_to, context=_context(registration), once=f"called_off:{registration.reference}")


def say_moved(registration: Registration, change: str) -> None:
    """Say to somebody that time or place are others; of one change a second time says nothing."""
    if registration.writes_to:
        send(MOVED.key, to=registration.writes_to, context=_context(registration), once=f"moved:{registration.reference}:{change}")


def say_assigned(registration: Registration) -> None:
    """Say to somebody who named wishes what she got; a second time says nothing."""
    if registration.writes_to:
        seats = list(registration.seats.select_related("session").order_by("session__starts_at", "state", "number"))
        send(
            WORKSHOPS_ASSIGNED.key,
            to=registration.writes_to,
            context={**_context(registration), "seats": seats},
            once=f"assigned:{registration.reference}",
        )


def ask_how_it_was(registration: Registration) -> None:
    """Ask somebody who was there how it was; a second time asks nothing, and the answer does not say whose it is."""
    gathering = registration.gathering
    until = gathering.ends_at + FEEDBACK_FOR
    context = {"gathering": gathering, "link": settings.SITE_URL + path_of_feedback(gathering), "until": until}
    send(FEEDBACK.key, to=registration.email, context=context, once=f"feedback:{registration.reference}")


def _context(registration: Registration) -> dict[str, object]:
    gathering = registration.gathering
    return {
        "registration": registration,
        "gathering": gathering,
        "brought": list(registration.companions.order_by("number")) if Ask.COMPANIONS in gathering.asks else [],
        "waiting": registration.state == RegistrationState.WAITING,
        "link": settings.SITE_URL + path_of(registration),
        "has_workshops": partial(has_workshops, gathering),
        "workshops_link": f"{settings.SITE_URL}{path_of(registration)}workshops/",
        "page": settings.SITE_URL + gathering.get_absolute_url(),
    }
