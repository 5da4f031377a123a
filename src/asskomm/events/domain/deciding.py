# SPDX-License-Identifier: EUPL-1.2
"""Verb: decide on several proposals at once. Of an accepted one comes a session, with invitations to which everybody has said yes already."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.calling import CallError, held_call, require_ahead
from asskomm.events.domain.inviting import TRAIL as INVITATIONS
from asskomm.events.domain.programme import SPEAKERS, SessionFacts, SpeakerFacts, add_session, add_speaker
from asskomm.events.domain.proposal_letters import OF_DECISION, Letter, say_decided
from asskomm.events.domain.proposing import TRAIL
from asskomm.events.domain.queries.backgrounds import background_of
from asskomm.events.domain.registering_speakers import order_registration
from asskomm.events.enums import InvitationState, ProposalState
from asskomm.events.models import Call, Gathering, Invitation, Proposal, Speaker


def decide(call: Call, references: Collection[str], decision: ProposalState, *, by: Principal) -> Sequence[Proposal]:
    """Say yes, no or "perhaps later" to some proposals, and write to whoever proposed them; gives those that were decided by this.

    What is decided already, or taken back meanwhile, stays as it is, and nobody is written to twice: whoever waits may still get a yes or a no.

    Args:
        call: to which they belong; those of others are left alone.
        references: of the proposals.
        decision: accepted, waiting or refused.
        by: who decides.

    Raises
    ------
        CallError: the gathering is called off or has begun, or this is no decision.
        PermissionDenied: the reader does not organise this gathering.
    """
    if decision not in OF_DECISION:
        raise CallError(_("Sagen Sie, wie Sie entscheiden."))
    with transaction.atomic():
        require("events.change", by, call.gathering)
        Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=call.gathering_id)  # first, as whoever invites does
        held = held_call(call)  # of two who decide at once the second finds what the first decided
        require_ahead(held.gathering)
        rows = [row for row in _held(held, references) if row.is_undecided and row.state != decision]
        letters = [letter for row in rows for letter in _decided(row, decision, by)]
        record_keys(TRAIL, [row.reference for row in rows], Action.RELEASED if decision == ProposalState.ACCEPTED else Action.ENDED, by=by)
        say_decided(letters, decision)
        if rows and decision == ProposalState.ACCEPTED:
            order_registration(held.gathering)
    return rows


def letters_of(proposal: Proposal, decision: ProposalState) -> list[Letter]:
    """Give to whom a decision would go: a yes to all who contribute, anything else to whoever proposed it."""
    first = Letter(proposal.email, proposal.name, proposal)
    others = proposal.co_speakers.filter(agreed_at__isnull=False) if decision == ProposalState.ACCEPTED else ()
    return [first, *(Letter(one.email, one.name, proposal) for one in others)]


def _held(call: Call, references: Collection[str]) -> list[Proposal]:
    return list(Proposal.objects.select_for_update(of=("self",)).with_all().filter(call=call, reference__in=references).order_by("pk"))


def _decided(row: Proposal, decision: ProposalState, by: Principal) -> list[Letter]:
    letters = letters_of(row, decision)
    row.state, row.decided_at = decision, clock.now()
    if decision == ProposalState.ACCEPTED:
        letters = _into_programme(row, letters, by)
    row.save(update_fields=["state", "decided_at", "session"])
    return letters


def _into_programme(row: Proposal, letters: Sequence[Letter], by: Principal) -> list[Letter]:
    """Make the session and those who contribute; technology is what whoever proposed it asked for."""
    gathering, now = row.call.gathering, clock.now()
    speakers = [_speaker(gathering, letter, by) for letter in letters]
    row.session = add_session(gathering, SessionFacts(row.kind, row.title, row.abstract, track=row.track, speakers=list(dict.fromkeys(speakers))), by=by)
    written = []
    for letter, speaker in zip(letters, speakers, strict=True):
        times = {"invited_at": now, "sent_at": now, "answered_at": now}
        technology = row.technology if letter.to == row.email else ""
        said = {"topic": row.title, "state": InvitationState.ACCEPTED, "technology": technology}
        invitation = Invitation.objects.create(session=row.session, speaker=speaker, **said, **times)
        written.append(Letter(letter.to, letter.name, row, invitation))
    record_keys(INVITATIONS, [letter.invitation.reference for letter in written if letter.invitation], Action.CONFIRMED, by=by)
    return written


def _speaker(gathering: Gathering, letter: Letter, by: Principal) -> Speaker:
    """Give who contributes; whoever is known under the address stays who she is, and what she said of photos last counts."""
    proposal, proposes = letter.proposal, letter.to == letter.proposal.email
    known = gathering.speakers.select_for_update(of=("self",)).filter(email__iexact=letter.to).first()
    if known is None:
        organisation = proposal.organisation if proposes else ""
        background = background_of(organisation, "", clock.today())
        facts = SpeakerFacts(letter.name, letter.to, organisation, **vars(background), photo_consent=proposes and proposal.photo_consent)
        return add_speaker(gathering, facts, by=by)
    if proposes and known.photo_consent != proposal.photo_consent:
        known.photo_consent = proposal.photo_consent
        known.save(update_fields=["photo_consent"])
        record_keys(SPEAKERS, [known.reference], Action.CHANGED, by=by)
    return known
