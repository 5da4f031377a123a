# SPDX-License-Identifier: EUPL-1.2
"""Verbs of whoever is asked to contribute: say yes and what about, hand in slides, say no. What was released stays until the organiser releases anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO

from django.db import models, transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record, record_keys
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal
from asskomm.events.domain.expenses import Claim, keep_expenses
from asskomm.events.domain.inviting import TRAIL, InvitationError, held_invitation, join, step_back
from asskomm.events.domain.programme import SESSIONS, SPEAKERS
from asskomm.events.domain.queries.backgrounds import background_of
from asskomm.events.domain.registering_speakers import order_registration
from asskomm.events.domain.shelf import digest_of
from asskomm.events.domain.slides import SHELF, check_slides, require_few
from asskomm.events.enums import InvitationState
from asskomm.events.models import Invitation, Session, Slides, Speaker


@dataclass(frozen=True)
class Contribution:
    """What somebody says about herself and her session.

    Args:
        title: of the session.
        abstract: what it is about.
        biography: who she is.
        technology: what she needs in the room.
        photo_consent: whether pictures of her may be shown.
        claim: fee and travel.
        organisation: for which she speaks, where that is not known yet.
    """

    title: str
    abstract: str = ""
    biography: str = ""
    technology: str = ""
    photo_consent: bool = False
    claim: Claim = field(default_factory=Claim)
    organisation: str = ""


def accept_invitation(invitation: Invitation, said: Contribution, *, by: Principal) -> Invitation:
    """Say yes, or change what was said; a second click with the same words changes nothing. A job registers whoever says yes.

    Raises
    ------
        InvitationError: it was taken back, or the gathering is called off or has begun.
    """
    with transaction.atomic():
        row = _held_open(invitation)
        session = Session.objects.select_for_update(of=("self",)).select_related("gathering", "room").get(pk=row.session_id)
        speaker = Speaker.objects.select_for_update(of=("self",)).get(pk=row.speaker_id)
        join(session, speaker, by)
        if _put(session, {"title": said.title, "abstract": said.abstract}):
            record(SESSIONS, [session], Action.CHANGED, by=by)
        if _put(speaker, {"biography": said.biography, "photo_consent": said.photo_consent, **_for_whom(speaker, said)}):
            record_keys(SPEAKERS, [speaker.reference], Action.CHANGED, by=by)
        new = row.state != InvitationState.ACCEPTED
        moved = {"state": InvitationState.ACCEPTED, "answered_at": clock.now()} if new else {}
        changed = [_put(row, {"technology": said.technology, **moved}), keep_expenses(row, said.claim)]
        if any(changed):
            record_keys(TRAIL, [row.reference], Action.CONFIRMED if new else Action.CHANGED, by=by)
        if new:
            order_registration(session.gathering)
    return row


def _for_whom(speaker: Speaker, said: Contribution) -> dict[str, str]:
    """Give for whom she speaks, where those who asked her left it to her."""
    if speaker.organisation or not said.organisation.strip():
        return {}
    background = background_of(said.organisation, speaker.participant_type, clock.today())
    return {"organisation": " ".join(said.organisation.split()), "participant_type": background.participant_type, "level": speaker.level or background.level}


def decline_invitation(invitation: Invitation, *, by: Principal) -> Invitation:
    """Say no, also after having said yes: she is not named at the session any more, and fee, travel and slides go.

    Raises
    ------
        InvitationError: as `accept_invitation`.
    """
    with transaction.atomic():
        row = _held_open(invitation)
        if row.state == InvitationState.DECLINED:
            return row  # a second click
        step_back(row, InvitationState.DECLINED, by)
        _put(row, {"answered_at": clock.now()})
        record_keys(TRAIL, [row.reference], Action.ENDED, by=by)
    return row


def hand_in_slides(invitation: Invitation, name: str, file: IO[bytes], *, documented: bool, by: Principal) -> Slides:
    """Hand in slides in place of those before; the same file a second time changes nothing.

    Args:
        invitation: to the session that they belong to.
        name: of the file as she calls it.
        file: that can be read from any place.
        documented: whether they may be shown once the gathering is over.
        by: who does it.

    Raises
    ------
        InvitationError: she has not said yes, or it is too late.
        SlidesError: the file is not taken.
    """
    size = file.seek(0, 2)
    ending = check_slides(name, size, file)
    with transaction.atomic():
        row = _held_for_slides(invitation)
        _put(row, {"documented": documented})
        before = Slides.objects.filter(session=row.session, speaker=row.speaker).first()
        if before is not None and (before.sha256, before.documented, before.file_name) == (digest_of(file), documented, name[-200:]):
            return before
        require_few(row.reference)
        reference, sha256, size = SHELF.keep(file)
        kept = {"reference": reference, "file_name": name[-200:], "ending": ending, "sha256": sha256, "size": size, "documented": documented}
        slides, _new = Slides.objects.update_or_create(session=row.session, speaker=row.speaker, defaults={**kept, "handed_in_at": clock.now()})
        record_keys(TRAIL, [row.reference], Action.CHANGED, by=by)
    return slides


def settle_slides(invitation: Invitation, *, documented: bool, remove: bool = False, by: Principal) -> None:
    """Say whether slides may be shown once the gathering is over, or remove those that are there.

    Raises
    ------
        InvitationError: as `hand_in_slides`.
    """
    with transaction.atomic():
        row = _held_for_slides(invitation)
        changed = _put(row, {"documented": documented})
        for slides in Slides.objects.filter(session=row.session, speaker=row.speaker):
            changed = bool(slides.delete()[0]) if remove else _put(slides, {"documented": documented}) or changed
        if changed:
            record_keys(TRAIL, [row.reference], Action.CHANGED, by=by)


def _held_open(invitation: Invitation) -> Invitation:
    row = held_invitation(invitation)
    if not row.is_open(clock.now()):
        raise InvitationError(_("Das lässt sich nicht mehr ändern. Wenden Sie sich an die Einladenden."))
    return row


def _held_for_slides(invitation: Invitation) -> Invitation:
    row = held_invitation(invitation)
    if not row.takes_slides(clock.now()):
        raise InvitationError(_("Folien lassen sich hier nicht mehr abgeben. Wenden Sie sich an die Einladenden."))
    return row


def _put(row: models.Model, values: Mapping[str, object]) -> bool:
    """Write what is different; says whether anything was."""
    new = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in new.items():
        setattr(row, name, value)
    if new:
        row.save(update_fields=list(new))
    return bool(new)
