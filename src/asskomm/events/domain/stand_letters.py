# SPDX-License-Identifier: EUPL-1.2
"""What is written to those who apply for a stand or a poster, with the link by which they change or withdraw it."""

from django.conf import settings
from django.urls import reverse

from asskomm.core.mail.domain.writing import send
from asskomm.core.mail.registry import MailKind
from asskomm.core.mail.signatures import is_signed, signature
from asskomm.events.mails import STAND_ACCEPTED, STAND_APPLIED, STAND_OFF, STAND_REFUSED, STAND_WITHDRAWN
from asskomm.events.models import Stand

_PURPOSE = "stand"


def path_of_stand(stand: Stand) -> str:
    """Give the path under which somebody changes her application; nobody can guess it, and nothing of it is kept."""
    return reverse("events:stand", args=[stand.reference, signature(_PURPOSE, stand.reference)])


def stand_under(reference: str, word: str) -> Stand | None:
    """Give the application that a path leads to; none when her name is forgotten."""
    if not is_signed(word, _PURPOSE, reference):
        return None
    return Stand.objects.with_all().filter(reference=reference, shredded=False).first()


def say_applied(stand: Stand) -> None:
    """Send somebody her link."""
    _write(STAND_APPLIED, stand)


def say_accepted(stand: Stand) -> None:
    """Say that there is a place."""
    _write(STAND_ACCEPTED, stand)


def say_refused(stand: Stand, *, taken_back: bool) -> None:
    """Say that there is none, or no longer."""
    _write(STAND_REFUSED, stand, taken_back=taken_back)


def say_withdrawn(stand: Stand) -> None:
    """Say to somebody that she withdrew."""
    _write(STAND_WITHDRAWN, stand)


def say_stand_off(stand: Stand) -> None:
    """Say that the gathering is called off; a second time says nothing."""
    _write(STAND_OFF, stand, once=f"stand_off:{stand.reference}")


def _write(kind: MailKind, stand: Stand, once: str | None = None, **more: object) -> None:
    gathering = stand.fair.gathering
    context = {"stand": stand, "gathering": gathering, "fair": stand.fair, "link": settings.SITE_URL + path_of_stand(stand), **more}
    if stand.email:
        send(kind.key, to=stand.email, context=context, once=once)
