# SPDX-License-Identifier: EUPL-1.2
"""Verbs of whoever proposes a session: begin a draft, go on with it, hand it in, take it back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal
from asskomm.events.domain.calling import held_call
from asskomm.events.domain.contributing import decline_invitation
from asskomm.events.domain.inviting import InvitationError
from asskomm.events.domain.proposal_letters import ask_co_speaker, say_begun, say_submitted
from asskomm.events.enums import InvitationState, ProposalState
from asskomm.events.models import Call, CoSpeaker, Invitation, Proposal, Review

TRAIL = "proposals"
MOST_PROPOSALS = 1000
"""How many a call takes, drafts included; whoever writes a program to fill it is stopped here."""
DEMANDED = ("name", "email", "kind", "title", "abstract")
"""What has to be said before a proposal can be handed in."""


class ProposalError(ValueError):
    """What is asked cannot be as things stand; the message is a sentence."""


@dataclass(frozen=True)
class Said:
    """What somebody says of herself and her session; in a draft anything may be missing.

    Args:
        name: given and family name.
        email: where the link goes.
        organisation: for whom she speaks, in her words.
        kind: what sort of session it is (key of `SessionKind`).
        title: of the session.
        abstract: what it is about.
        technology: what she needs in the room.
        photo_consent: whether pictures of her may be shown.
        answers: to questions of the call, by the key of the question.
        track_id: to which track she thinks that it belongs; `None` where she names none.
    """

    name: str = ""
    email: str = ""
    organisation: str = ""
    kind: str = ""
    title: str = ""
    abstract: str = ""
    technology: str = ""
    photo_consent: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    track_id: int | None = None

    @property
    def values(self) -> dict[str, object]:
        """All of it as it is kept: addresses in the one way in which they are compared."""
        return asdict(self) | {"email": self.email.strip().lower(), "answers": dict(self.answers)}


def begin_draft(call: Call, said: Said, *, by: Principal) -> Proposal:
    """Keep the first words of somebody who proposes; where she gave an address, the link goes there.

    Raises
    ------
        ProposalError: nobody can propose now, nothing was said, very many have been begun, or the track is of another gathering.
    """
    if said == Said():
        raise ProposalError(_("Füllen Sie mindestens ein Feld aus."))
    with transaction.atomic():
        held = held_call(call)
        _require_open(held)
        if held.proposals.count() >= MOST_PROPOSALS:
            raise ProposalError(_("Es sind schon sehr viele Vorschläge angefangen, mehr nehmen wir nicht an."))
        row = Proposal(call=held, begun_at=clock.now())
        _put(row, said)
        record_keys(TRAIL, [row.reference], Action.CREATED, by=by)
    return row


def keep_draft(proposal: Proposal, said: Said) -> Proposal:
    """Keep what somebody has written so far; that she writes has no history.

    Raises
    ------
        ProposalError: nobody can propose any more, it is handed in already, or was removed.
    """
    with transaction.atomic():
        row = held_proposal(proposal)
        _require_open(row.call)
        if row.state not in {ProposalState.DRAFT, ProposalState.WITHDRAWN}:
            raise ProposalError(_("Dieser Vorschlag ist schon eingereicht."))
        _put(row, said)
    return row


def submit(proposal: Proposal, said: Said, *, by: Principal) -> Proposal:
    """Hand a proposal in, or change one that is handed in; a second click changes nothing and writes nothing.

    Raises
    ------
        ProposalError: nobody can propose any more, it is decided, or something that has to be said is missing.
    """
    with transaction.atomic():
        row = held_proposal(proposal)
        if not row.may_change(clock.now()):
            raise ProposalError(_("Das lässt sich nicht mehr ändern. Wenden Sie sich an die Einladenden."))
        _check(row.call, said)
        new, changed = row.state != ProposalState.SUBMITTED, _differs(row, said)
        moved = said.values["email"] != row.email
        if new:
            row.state, row.submitted_at = ProposalState.SUBMITTED, clock.now()
        if new or changed:
            _put(row, said, tell=False)
            record_keys(TRAIL, [row.reference], Action.CONFIRMED if new else Action.CHANGED, by=by)
        if new or moved:
            _write(row, asks=new)
    return row


def withdraw(proposal: Proposal, *, by: Principal) -> Proposal | None:
    """Take a proposal back; a draft goes at once, and gives nothing. What reviewers said goes too; whoever contributes already declines with it.

    Raises
    ------
        ProposalError: it was removed, or the gathering has begun.
    """
    with transaction.atomic():
        row = held_proposal(proposal)
        if row.state == ProposalState.DRAFT:
            record_keys(TRAIL, [row.reference], Action.REMOVED, by=by)
            row.delete()
            return None
        if row.state == ProposalState.WITHDRAWN:
            return row  # a second click
        if row.state == ProposalState.ACCEPTED:
            _step_back(row, by)
        row.state = ProposalState.WITHDRAWN
        row.save(update_fields=["state"])
        Review.objects.filter(proposal=row).delete()
        record_keys(TRAIL, [row.reference], Action.WITHDRAWN, by=by)
    return row


def held_proposal(proposal: Proposal) -> Proposal:
    """Give a proposal as it stands now, and hold it until the transaction ends.

    Raises
    ------
        ProposalError: it was removed.
    """
    row = Proposal.objects.select_for_update(of=("self",)).with_all().filter(pk=proposal.pk).first()
    if row is None:
        raise ProposalError(_("Diesen Vorschlag gibt es nicht mehr."))
    return row


def ask_those_named(proposal: Proposal) -> None:
    """Ask everybody with whom it is proposed and who was not asked yet, in the order of their addresses."""
    for one in proposal.co_speakers.filter(asked_at__isnull=True).order_by("email"):
        _ask(one)


def _write(row: Proposal, *, asks: bool) -> None:
    """Say that it has arrived and ask those named, in the order of the addresses, so that no two transactions wait for each other's."""
    written_to: list[Proposal | CoSpeaker] = [row, *(row.co_speakers.filter(asked_at__isnull=True) if asks else ())]
    for one in sorted(written_to, key=lambda one: one.email):
        if isinstance(one, CoSpeaker):
            _ask(one)
        else:
            say_submitted(one)


def _ask(one: CoSpeaker) -> None:
    if ask_co_speaker(one):
        one.asked_at = clock.now()
        one.save(update_fields=["asked_at"])


def _require_open(call: Call) -> None:
    if not call.is_open(clock.now()):
        raise ProposalError(_("Zurzeit werden keine Vorschläge angenommen."))


def _check(call: Call, said: Said) -> None:
    needed = {str(question.pk) for question in call.questions.all() if question.required}
    missing = [name for name in DEMANDED if not str(getattr(said, name)).strip()]
    if missing or needed - said.answers.keys():
        raise ProposalError(_("Zum Einreichen fehlt noch etwas."))
    if said.kind not in call.kinds:
        raise ProposalError(_("Diese Art von Beitrag wird nicht gesucht."))


def _differs(row: Proposal, said: Said) -> bool:
    return any(getattr(row, name) != value for name, value in said.values.items())


def _put(row: Proposal, said: Said, *, tell: bool = True) -> None:
    """Write what was said; to an address that is new goes the link."""
    values = said.values
    if said.track_id is not None and not row.call.gathering.tracks.filter(pk=said.track_id).exists():
        raise ProposalError(_("Diese Themenreihe gibt es nicht mehr."))
    fresh = bool(values["email"]) and values["email"] != row.email
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    if tell and fresh:
        say_begun(row)


def _step_back(row: Proposal, by: Principal) -> None:
    """Decline for whoever proposed it what came of it."""
    rows = Invitation.objects.filter(session=row.session_id, speaker__email__iexact=row.email, state=InvitationState.ACCEPTED)
    try:
        for invitation in rows:
            decline_invitation(invitation, by=by)
    except InvitationError as fault:
        raise ProposalError(str(fault)) from None
