# SPDX-License-Identifier: EUPL-1.2
"""What is written to those who propose, and to those whom they name, with the links by which they come back; and to those who look at it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.urls import reverse

from asskomm.core.clock import clock
from asskomm.core.installation.shared import count_up
from asskomm.core.mail.domain.writing import send
from asskomm.core.mail.signatures import is_signed, signature
from asskomm.events.domain.invitation_letters import path_of
from asskomm.events.enums import ProposalState
from asskomm.events.mails import (
    CO_SPEAKER_ASKED,
    PROPOSAL_ACCEPTED,
    PROPOSAL_BEGUN,
    PROPOSAL_CALLED_OFF,
    PROPOSAL_REFUSED,
    PROPOSAL_SUBMITTED,
    PROPOSAL_WAITING,
    REVIEW_ASKED,
)
from asskomm.events.models import CoSpeaker, Invitation, Proposal, Reviewer
from asskomm.events.models.invitation import TAKES_SLIDES

MOST_A_DAY = 20
"""How many letters with a link an address gets in a day because somebody typed it in."""
OF_DECISION = {
    ProposalState.ACCEPTED: PROPOSAL_ACCEPTED,
    ProposalState.WAITING: PROPOSAL_WAITING,
    ProposalState.REFUSED: PROPOSAL_REFUSED,
}
_PROPOSAL, _CO_SPEAKER, _TYPED_IN = "proposal", "co_speaker", "typed_in"


@dataclass(frozen=True)
class Letter:
    """What goes to somebody because a proposal was decided.

    Args:
        to: her address.
        name: who she is.
        proposal: what was decided.
        invitation: by which she changes what she contributes from now on.
    """

    to: str
    name: str
    proposal: Proposal
    invitation: Invitation | None = None


def path_of_proposal(proposal: Proposal) -> str:
    """Give the path under which somebody finds her proposal; nobody can guess it, and nothing of it is kept."""
    return reverse("events:proposal", args=[proposal.reference, signature(_PROPOSAL, proposal.reference)])


def path_of_co_speaker(co_speaker: CoSpeaker) -> str:
    """Give the path under which somebody who was named agrees or takes her name away."""
    return reverse("events:co_speaker", args=[co_speaker.reference, signature(_CO_SPEAKER, co_speaker.reference)])


def proposal_under(reference: str, word: str) -> Proposal | None:
    """Give the proposal that a path leads to; none two weeks after the gathering."""
    if not is_signed(word, _PROPOSAL, reference):
        return None
    found = Proposal.objects.with_all().filter(reference=reference).first()
    return None if found is None or _is_over(found) else found


def co_speaker_under(reference: str, word: str) -> CoSpeaker | None:
    """Give who was named as a path says; none two weeks after the gathering."""
    if not is_signed(word, _CO_SPEAKER, reference):
        return None
    found = CoSpeaker.objects.select_related("proposal__call__gathering__owner").filter(reference=reference, asked_at__isnull=False).first()
    return None if found is None or _is_over(found.proposal) else found


def say_begun(proposal: Proposal) -> None:
    """Send somebody the link of what she has begun, once for an address; it says nothing that she typed, because nobody knows yet whose address it is."""
    if _may_write(proposal.email):
        context = _context(proposal) | {"link": settings.SITE_URL + path_of_proposal(proposal)}
        send(PROPOSAL_BEGUN.key, to=proposal.email, context=context, once=f"proposal_begun:{proposal.reference}:{_digest(proposal.email)}")


def say_submitted(proposal: Proposal) -> None:
    """Say that a proposal has arrived, once for an address."""
    if _may_write(proposal.email):
        context = _context(proposal) | {"link": settings.SITE_URL + path_of_proposal(proposal)}
        once = f"proposal_submitted:{proposal.reference}:{_digest(proposal.email)}:{proposal.submitted_at}"
        send(PROPOSAL_SUBMITTED.key, to=proposal.email, context=context, once=once)


def say_proposal_off(proposal: Proposal) -> None:
    """Say to somebody who proposes that there is nothing to contribute to; a second time says nothing."""
    send(PROPOSAL_CALLED_OFF.key, to=proposal.email, context=_context(proposal), once=f"proposal_off:{proposal.reference}")


def ask_co_speaker(co_speaker: CoSpeaker) -> bool:
    """Ask somebody who was named whether she agrees; says whether the letter was written."""
    if not _may_write(co_speaker.email):
        return False
    context = _context(co_speaker.proposal) | {"name": co_speaker.name, "link": settings.SITE_URL + path_of_co_speaker(co_speaker)}
    send(CO_SPEAKER_ASKED.key, to=co_speaker.email, context=context, once=f"co_speaker:{co_speaker.reference}")
    return True


def ask_reviewer(reviewer: Reviewer) -> None:
    """Ask a member to look at what is proposed; a second time says nothing."""
    gathering, account = reviewer.call.gathering, reviewer.account
    link = settings.SITE_URL + reverse("events:reviews", args=[gathering.reference])
    context = {"gathering": gathering, "name": str(account), "link": link}
    send(REVIEW_ASKED.key, to=account.email, account=account.pk, context=context, once=f"review_asked:{reviewer.pk}")


def say_decided(letters: Iterable[Letter], decision: ProposalState) -> None:
    """Write all letters in the order of their addresses, so that no two transactions wait for each other's; a second time says nothing."""
    for letter in sorted(letters, key=lambda letter: letter.to):
        whose = letter.invitation.reference if letter.invitation else letter.proposal.reference
        link = path_of(letter.invitation) if letter.invitation else path_of_proposal(letter.proposal)
        context = _context(letter.proposal) | {"name": letter.name, "link": settings.SITE_URL + link}
        send(OF_DECISION[decision].key, to=letter.to, context=context, once=f"{OF_DECISION[decision].key}:{whose}")


def preview_of(letter: Letter, decision: ProposalState, link: str) -> str:
    """Give the text that would go out, with a word in place of the link."""
    context = _context(letter.proposal) | {"name": letter.name, "link": link}
    filled = Engine.get_default().get_template(OF_DECISION[decision].template).render(Context(context, autoescape=False))
    return "" + filled.strip()  # what Django calls safe is not, as nothing was escaped


def _context(proposal: Proposal) -> dict[str, Any]:
    return {"proposal": proposal, "gathering": proposal.call.gathering, "call": proposal.call}


def _is_over(proposal: Proposal) -> bool:
    return clock.now() >= proposal.call.gathering.ends_at + TAKES_SLIDES


def _may_write(address: str) -> bool:
    return count_up(f"proposal_letters:{_digest(address)}", dt.timedelta(days=1)) <= MOST_A_DAY


def _digest(address: str) -> str:
    return signature(_TYPED_IN, address.lower(), length=16)
