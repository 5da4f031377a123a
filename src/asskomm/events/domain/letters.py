# SPDX-License-Identifier: EUPL-1.2
"""What is written to those who register, with the link by which they confirm and cancel."""

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse

from asskomm.core.mail.domain.writing import send
from asskomm.core.mail.signatures import is_signed, signature
from asskomm.events.enums import Ask, RegistrationState
from asskomm.events.mails import AGAIN, APPLIED, CALLED_OFF, CANCELLED, CONFIRMED, LAPSED, OFFERED, REFUSED, TO_CONFIRM, WAITING
from asskomm.events.models import Registration

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
    """Letters of one transaction, written at its end in the order of their addresses, so that no two transactions wait for each other's addresses."""

    letters: list[tuple[str, Registration]] = field(default_factory=list)

    def ask_to_confirm(self, registration: Registration) -> None:
        """Ask for the confirmation of the address."""
        self.letters.append((TO_CONFIRM.key, registration))

    def say_again(self, registration: Registration) -> None:
        """Say to somebody who registers twice that she has."""
        self.letters.append((AGAIN.key if registration.address_confirmed else TO_CONFIRM.key, registration))

    def offer(self, registration: Registration) -> None:
        """Offer a place to somebody from the line."""
        self.letters.append((OFFERED.key, registration))

    def say_standing(self, registration: Registration) -> None:
        """Say how a registration stands now."""
        applied = registration.state == RegistrationState.WAITING and not registration.approved
        self.letters.append((APPLIED.key if applied else _OF_STATE[RegistrationState(registration.state)].key, registration))

    def send(self) -> None:
        """Write all of them into the outbox."""
        for kind, registration in sorted(self.letters, key=lambda letter: letter[1].writes_to):
            if registration.writes_to:
                send(kind, to=registration.writes_to, context=_context(registration))
        self.letters.clear()


def say_called_off(registration: Registration) -> None:
    """Say to somebody that there is nothing to come to; a second time says nothing."""
    if registration.writes_to:
        send(CALLED_OFF.key, to=registration.writes_to, context=_context(registration), once=f"called_off:{registration.reference}")


def _context(registration: Registration) -> dict[str, object]:
    gathering = registration.gathering
    return {
        "registration": registration,
        "gathering": gathering,
        "brought": list(registration.companions.order_by("number")) if Ask.COMPANIONS in gathering.asks else [],
        "waiting": registration.state == RegistrationState.WAITING,
        "link": settings.SITE_URL + path_of(registration),
        "page": settings.SITE_URL + gathering.get_absolute_url(),
    }
