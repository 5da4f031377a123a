# SPDX-License-Identifier: EUPL-1.2
"""Verbs of whoever organises: ask somebody to contribute, send the link again, take the invitation back; and of the job that reminds."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record, record_keys
from asskomm.core.clock import clock
from asskomm.core.search.analysis.folding import fold
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.invitation_letters import say_invited, say_reminder
from asskomm.events.domain.programme import SESSIONS, SPEAKERS, ProgrammeError, SessionFacts, SpeakerFacts, add_session, add_speaker
from asskomm.events.domain.queries.backgrounds import background_of
from asskomm.events.enums import GatheringState, InvitationState
from asskomm.events.models import Expenses, Gathering, Invitation, Session, Slides, Speaker, Speaking

TRAIL = "invitations"
PAUSE = dt.timedelta(minutes=1)
"""Within it the link is not sent a second time: it was a second click."""
_NO = frozenset({InvitationState.DECLINED, InvitationState.WITHDRAWN})


class InvitationError(ValueError):
    """What is asked cannot be as things stand; the message is a sentence."""


@dataclass(frozen=True)
class Invitee:
    """Whom to ask for what.

    Args:
        name: given and family name; whoever is known under the address keeps hers.
        email: where the link goes.
        topic: working title.
        kind: what sort of session it is (key of `SessionKind`).
        note: a sentence to her alone.
        answer_until: the day by which she should answer.
        session: where she is to join one that exists; `None` for a new one of this topic.
        organisation: for which she speaks, in words; where nobody says it, she is asked.
        participant_type: on whose behalf (key of `ParticipantType`); empty where the organisation says it, or nobody knows.
    """

    name: str
    email: str
    topic: str
    kind: str
    note: str = ""
    answer_until: dt.date | None = None
    session: Session | None = None
    organisation: str = ""
    participant_type: str = ""

    @property
    def address(self) -> str:
        """The address in the one way in which it is compared."""
        return self.email.strip().lower()

    @property
    def facts(self) -> SpeakerFacts:
        """What is known of her now."""
        background, organisation = background_of(self.organisation, self.participant_type, clock.today()), " ".join(self.organisation.split())
        return SpeakerFacts(self.name.strip(), self.address, organisation, **vars(background))

    @property
    def title(self) -> str:
        """The working title, without spaces that nobody sees."""
        return " ".join(self.topic.split())


def invite_speaker(gathering: Gathering, invitee: Invitee, *, by: Principal) -> Invitation:
    """Ask somebody to contribute: she gets a link, the programme a session without a time; a second time only sends the link again.

    Whoever declined, or whose invitation was taken back, is asked anew.

    Raises
    ------
        InvitationError: the gathering is called off or has begun, or the deadline is past or too late.
        ProgrammeError: the session belongs to another gathering.
        PermissionDenied: the reader does not organise this gathering.
    """
    with transaction.atomic():
        require("events.change", by, gathering)
        held = Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)  # of two clicks the second finds what the first made
        _check(held, invitee)
        speaker = held.speakers.filter(email__iexact=invitee.address).first() or _entered_without_address(held, invitee, by)
        found = _known(speaker, invitee) if speaker else None
        if found is not None:
            return _asked_anew(found, invitee, by)
        speaker = speaker or add_speaker(held, invitee.facts, by=by)
        session = _session(held, invitee, speaker, by)
        now = clock.now()
        asked = {"topic": session.title, "note": invitee.note.strip(), "answer_until": invitee.answer_until}
        invitation = Invitation.objects.create(session=session, speaker=speaker, invited_at=now, sent_at=now, **asked)
        record_keys(TRAIL, [invitation.reference], Action.CREATED, by=by)
        say_invited(invitation)
    return invitation


def send_again(invitation: Invitation, *, by: Principal) -> Invitation:
    """Send somebody her link again; not within the same minute.

    Raises
    ------
        InvitationError: she declined, it was taken back, or the gathering is called off or has begun.
        PermissionDenied: as `invite_speaker`.
    """
    with transaction.atomic():
        row = held_invitation(invitation)
        require("events.change", by, row.session.gathering)
        _require_ahead(row.session.gathering)
        if row.state in _NO:
            raise InvitationError(_("Diese Einladung ist beendet. Laden Sie neu ein, wenn Sie es noch einmal versuchen möchten."))
        if _send(row):
            record_keys(TRAIL, [row.reference], Action.CHANGED, by=by)
    return row


def withdraw_invitation(invitation: Invitation, *, by: Principal) -> Invitation:
    """Take an invitation back: the link leads nowhere, she is not named at the session any more, and what she handed in goes.

    Raises
    ------
        PermissionDenied: as `invite_speaker`.
    """
    with transaction.atomic():
        row = held_invitation(invitation)
        require("events.change", by, row.session.gathering)
        if row.state == InvitationState.WITHDRAWN:
            return row  # a second click
        step_back(row, InvitationState.WITHDRAWN, by)
        record_keys(TRAIL, [row.reference], Action.WITHDRAWN, by=by)
    return row


def remind_speakers() -> int:
    """Remind everybody whose deadline is near and who has not answered, each once; give how many."""
    now, today = clock.now(), clock.today()
    due = list(Invitation.objects.to_remind(now, today).order_by("speaker__email", "pk").values_list("pk", flat=True))
    return sum(_remind(key, now, today) for key in due)


def held_invitation(invitation: Invitation) -> Invitation:
    """Give an invitation as it stands now, and hold it until the transaction ends; always before its session and its speaker.

    Raises
    ------
        InvitationError: its session was removed.
    """
    row = Invitation.objects.select_for_update(of=("self",)).with_all().filter(pk=invitation.pk).first()
    if row is None:
        raise InvitationError(_("Diese Einladung gibt es nicht mehr."))
    return row


def join(session: Session, speaker: Speaker, by: Principal) -> None:
    """Name somebody at a session, last of those who contribute to it."""
    _row, new = Speaking.objects.get_or_create(session=session, speaker=speaker, defaults={"position": session.speakings.count()})
    if new:
        record(SESSIONS, [session], Action.CHANGED, by=by)


def step_back(row: Invitation, state: InvitationState, by: Principal) -> None:
    """End an invitation that is held: no name at the session, no fee, no travel, no slides."""
    row.state, row.technology, row.documented = state, "", False
    row.save(update_fields=["state", "technology", "documented"])
    Expenses.objects.filter(invitation=row).delete()
    Slides.objects.filter(session=row.session, speaker=row.speaker).delete()
    if Speaking.objects.filter(session=row.session, speaker=row.speaker).delete()[0]:
        record(SESSIONS, [row.session], Action.CHANGED, by=by)


def _remind(key: int, now: dt.datetime, today: dt.date) -> bool:
    with transaction.atomic():
        row = Invitation.objects.select_for_update(of=("self",)).with_all().to_remind(now, today).filter(pk=key).first()
        if row is None:
            return False  # answered meanwhile
        row.reminded_at = now
        row.save(update_fields=["reminded_at"])
        say_reminder(row)
    return True


def _check(gathering: Gathering, invitee: Invitee) -> None:
    _require_ahead(gathering)
    if invitee.session is not None and invitee.session.gathering_id != gathering.pk:
        raise ProgrammeError(_("Das gehört zu einer anderen Veranstaltung."))
    if invitee.answer_until is not None and not clock.today() <= invitee.answer_until <= localdate(gathering.starts_at):
        raise InvitationError(_("Der Tag, bis zu dem Sie eine Antwort möchten, liegt zwischen heute und dem Beginn der Veranstaltung."))


def _require_ahead(gathering: Gathering) -> None:
    if gathering.state == GatheringState.CALLED_OFF:
        raise InvitationError(_("Diese Veranstaltung ist abgesagt."))
    if gathering.starts_at <= clock.now():
        raise InvitationError(_("Diese Veranstaltung hat schon begonnen."))


def _entered_without_address(gathering: Gathering, invitee: Invitee, by: Principal) -> Speaker | None:
    """Give whoever is in the programme under this name without an address, with the address from now on; none where several are called so."""
    called = fold(" ".join(invitee.name.split()))
    found = [speaker for speaker in gathering.speakers.filter(email="") if fold(speaker.name) == called]
    if len(found) != 1:
        return None
    found[0].email = invitee.address
    found[0].save(update_fields=["email"])
    record_keys(SPEAKERS, [found[0].reference], Action.CHANGED, by=by)
    return found[0]


def _known(speaker: Speaker, invitee: Invitee) -> Invitation | None:
    """Give the invitation that somebody has to this session, or to one that was called the same when she was asked."""
    rows = Invitation.objects.select_for_update(of=("self",)).with_all().filter(speaker=speaker)
    if invitee.session is not None:
        return rows.filter(session=invitee.session).first()
    wanted = fold(invitee.title)
    return next((row for row in rows if wanted in {fold(row.topic), fold(row.session.title)}), None)


def _asked_anew(row: Invitation, invitee: Invitee, by: Principal) -> Invitation:
    ended = row.state in _NO
    if row.state != InvitationState.ACCEPTED:
        row.state, row.note, row.answer_until, row.answered_at, row.reminded_at = (
            InvitationState.INVITED,
            invitee.note.strip(),
            invitee.answer_until,
            None,
            None,
        )
        row.save()
        join(row.session, row.speaker, by)
    if ended or _may_send(row):
        record_keys(TRAIL, [row.reference], Action.RESTORED if ended else Action.CHANGED, by=by)
    _send(row)
    return row


def _may_send(row: Invitation) -> bool:
    return clock.now() - row.sent_at >= PAUSE


def _send(row: Invitation) -> bool:
    if not _may_send(row):
        return False
    row.sent_at = clock.now()
    row.save(update_fields=["sent_at"])
    say_invited(row)
    return True


def _session(gathering: Gathering, invitee: Invitee, speaker: Speaker, by: Principal) -> Session:
    if invitee.session is None:
        return add_session(gathering, SessionFacts(invitee.kind, invitee.title, speakers=[speaker]), by=by)
    join(invitee.session, speaker, by)
    return invitee.session
