# SPDX-License-Identifier: EUPL-1.2
"""Verbs around those with whom something is proposed: name somebody, take her away; she agrees, or takes her name away herself."""

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal
from asskomm.events.domain.proposing import TRAIL, ProposalError, ask_those_named, held_proposal
from asskomm.events.enums import ProposalState
from asskomm.events.models import CoSpeaker, Proposal

MOST = 5


def name_co_speaker(proposal: Proposal, name: str, email: str, *, by: Principal) -> CoSpeaker:
    """Name somebody with whom it is proposed; once it is handed in she is asked by mail whether she agrees.

    Raises
    ------
        ProposalError: it can be changed no more, she proposes it herself, is named already, or these are too many.
    """
    address = email.strip().lower()
    with transaction.atomic():
        row = _held_open(proposal)
        known = row.co_speakers.filter(email=address).first()
        if known is not None:
            raise ProposalError(_("Diese Adresse haben Sie schon genannt."))
        if address == row.email:
            raise ProposalError(_("Das ist Ihre eigene Adresse."))
        if row.co_speakers.count() >= MOST:
            raise ProposalError(_("Nennen Sie höchstens %(most)d Menschen.") % {"most": MOST})
        made = CoSpeaker.objects.create(proposal=row, name=name.strip(), email=address)
        if row.state == ProposalState.SUBMITTED:
            ask_those_named(row)
        record_keys(TRAIL, [row.reference], Action.CHANGED, by=by)
    return made


def drop_co_speaker(proposal: Proposal, reference: str, *, by: Principal) -> None:
    """Name somebody no more.

    Raises
    ------
        ProposalError: it can be changed no more.
    """
    with transaction.atomic():
        row = _held_open(proposal)
        if row.co_speakers.filter(reference=reference).delete()[0]:
            record_keys(TRAIL, [row.reference], Action.CHANGED, by=by)


def agree(co_speaker: CoSpeaker, *, by: Principal) -> CoSpeaker:
    """Agree to be named; a second click changes nothing.

    Raises
    ------
        ProposalError: it is decided or taken back, or she is not named any more.
    """
    with transaction.atomic():
        row = held_proposal(co_speaker.proposal)
        found = _still_named(row, co_speaker)
        if found.agreed_at is not None:
            return found  # a second click
        if not row.is_undecided:
            raise ProposalError(_("Über diesen Vorschlag ist schon entschieden, oder er ist zurückgezogen. Wenden Sie sich an die Einladenden."))
        found.agreed_at = clock.now()
        found.save(update_fields=["agreed_at"])
        record_keys(TRAIL, [row.reference], Action.CHANGED, by=by)
    return found


def step_down(co_speaker: CoSpeaker, *, by: Principal) -> None:
    """Take one's own name away; nothing of it is kept.

    Raises
    ------
        ProposalError: she contributes already; then she declines by the link to her session.
    """
    with transaction.atomic():
        row = held_proposal(co_speaker.proposal)
        found = _still_named(row, co_speaker)
        if row.state == ProposalState.ACCEPTED and found.agreed_at is not None:
            raise ProposalError(_("Der Beitrag ist angenommen. Absagen können Sie mit dem Link aus der E-Mail dazu."))
        found.delete()
        record_keys(TRAIL, [row.reference], Action.CHANGED, by=by)


def _held_open(proposal: Proposal) -> Proposal:
    row = held_proposal(proposal)
    if not row.may_change(clock.now()):
        raise ProposalError(_("Das lässt sich nicht mehr ändern. Wenden Sie sich an die Einladenden."))
    return row


def _still_named(row: Proposal, co_speaker: CoSpeaker) -> CoSpeaker:
    found = row.co_speakers.filter(pk=co_speaker.pk).first()
    if found is None:
        raise ProposalError(_("Sie sind hier nicht mehr genannt."))
    return found
