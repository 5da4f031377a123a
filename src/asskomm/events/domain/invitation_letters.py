# SPDX-License-Identifier: EUPL-1.2
"""What is written to those who are asked to contribute, with the link by which they answer."""

from django.conf import settings
from django.urls import reverse

from asskomm.core.clock import clock
from asskomm.core.mail.domain.writing import send
from asskomm.core.mail.signatures import is_signed, signature
from asskomm.events.enums import InvitationState
from asskomm.events.mails import CONTRIBUTION_OFF, INVITED, INVITED_REMINDER
from asskomm.events.models import Invitation

_PURPOSE = "invitation"


def path_of(invitation: Invitation) -> str:
    """Give the path under which somebody answers; nobody can guess it, and nothing of it is kept."""
    return reverse("events:contribution", args=[invitation.reference, signature(_PURPOSE, invitation.reference)])


def invitation_under(reference: str, word: str) -> Invitation | None:
    """Give the invitation that a path leads to; none two weeks after the gathering."""
    if not is_signed(word, _PURPOSE, reference):
        return None
    found = Invitation.objects.with_all().filter(reference=reference).first()
    return None if found is None or found.is_over(clock.now()) else found


def say_invited(invitation: Invitation) -> None:
    """Send somebody her link."""
    _write(INVITED.key, invitation)


def say_reminder(invitation: Invitation) -> None:
    """Bring an invitation to mind; once for each deadline."""
    _write(INVITED_REMINDER.key, invitation, once=f"invited_reminder:{invitation.reference}:{invitation.answer_until}")


def say_contribution_off(invitation: Invitation) -> None:
    """Say to somebody that what she would have contributed to is called off; a second time says nothing."""
    _write(CONTRIBUTION_OFF.key, invitation, once=f"contribution_off:{invitation.reference}")


def _write(kind: str, invitation: Invitation, once: str | None = None) -> None:
    gathering = invitation.session.gathering
    context = {
        "invitation": invitation,
        "accepted": invitation.state == InvitationState.ACCEPTED,
        "gathering": gathering,
        "link": settings.SITE_URL + path_of(invitation),
    }
    if invitation.speaker.email:
        send(kind, to=invitation.speaker.email, context=context, once=once)
