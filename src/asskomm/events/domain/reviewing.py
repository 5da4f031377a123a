# SPDX-License-Identifier: EUPL-1.2
"""Verbs around reviews: name who looks at proposals, and say what one thinks of one. A proposal is judged, never a person."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.calling import TRAIL as CALLS
from asskomm.events.domain.calling import CallError, held_call
from asskomm.events.domain.proposal_letters import ask_reviewer
from asskomm.events.domain.proposing import TRAIL, held_proposal
from asskomm.events.domain.queries.reviewing import reads
from asskomm.events.domain.queries.ties import ties_of
from asskomm.events.enums import ProposalState
from asskomm.events.models import Call, Proposal, Review, Reviewer, Track
from asskomm.people.models import Account

MOST = 20


class ReviewError(ValueError):
    """What is asked cannot be; the message is a sentence."""


@dataclass(frozen=True)
class Opinion:
    """What a reviewer thinks of a proposal.

    Args:
        score: how well it fits (one of `Score`); `None` only where she is biased.
        remark: why, for those who decide.
        biased: whether she says that she is too close to judge it.
    """

    score: int | None = None
    remark: str = ""
    biased: bool = False


def name_reviewer(call: Call, account: Account, tracks: Collection[Track] = (), *, by: Principal) -> Reviewer:
    """Let somebody look at what is proposed; a second time changes nothing.

    Args:
        call: for which it is proposed.
        account: of whoever is to look.
        tracks: to what she is limited; none for all that is proposed.
        by: who does it.

    Raises
    ------
        CallError: these are too many, or a track is of another gathering.
        PermissionDenied: the reader does not organise this gathering.
    """
    with transaction.atomic():
        held = held_call(call)
        require("events.change", by, held.gathering)
        known = held.reviewers.filter(account=account).first()
        if known is not None:
            return known
        if held.reviewers.count() >= MOST:
            raise CallError(_("Nennen Sie höchstens %(most)d Menschen.") % {"most": MOST})
        _check_tracks(held, tracks)
        made = Reviewer.objects.create(call=held, account=account)
        made.tracks.set(tracks)
        ask_reviewer(made)
        record_keys(CALLS, [held.gathering.reference], Action.CHANGED, by=by)
    return made


def limit_reviewer(reviewer: Reviewer, tracks: Collection[Track], *, by: Principal) -> Reviewer:
    """Say of which tracks somebody reads what is proposed from now on, none for all; what she has judged stays judged.

    Raises
    ------
        CallError: a track is of another gathering.
        PermissionDenied: as `name_reviewer`.
    """
    with transaction.atomic():
        held = held_call(reviewer.call)
        require("events.change", by, held.gathering)
        _check_tracks(held, tracks)
        if {*reviewer.tracks.values_list("pk", flat=True)} != {track.pk for track in tracks}:
            reviewer.tracks.set(tracks)
            record_keys(CALLS, [held.gathering.reference], Action.CHANGED, by=by)
    return reviewer


def drop_reviewer(reviewer: Reviewer, *, by: Principal) -> None:
    """Let somebody look no more; what she thought of proposals goes with it.

    Raises
    ------
        PermissionDenied: as `name_reviewer`.
    """
    with transaction.atomic():
        held = held_call(reviewer.call)
        require("events.change", by, held.gathering)
        if held.reviewers.filter(pk=reviewer.pk).delete()[0]:
            record_keys(CALLS, [held.gathering.reference], Action.CHANGED, by=by)


def give_review(reviewer: Reviewer, proposal: Proposal, opinion: Opinion, *, by: Principal) -> Review:
    """Say what one thinks of a proposal, or change it, until it is decided.

    Raises
    ------
        ReviewError: it is decided or taken back, belongs to another call or track, she is too close to judge it, or gives no score.
        PermissionDenied: the reader does not review for this call, or is another reviewer.
    """
    with transaction.atomic():
        require("events.review", by, reviewer.call)
        if by.account != reviewer.account_id:
            raise PermissionDenied  # nobody writes for another
        row = held_proposal(proposal)
        if row.call_id != reviewer.call_id:
            raise ReviewError(_("Das gehört zu einer anderen Veranstaltung."))
        if not reads({*reviewer.tracks.values_list("pk", flat=True)}, row):
            raise ReviewError(_("Sie begutachten andere Themenreihen."))
        if row.state != ProposalState.SUBMITTED:
            raise ReviewError(_("Über diesen Vorschlag ist schon entschieden, oder er ist zurückgezogen."))
        told = ties_of(reviewer.account, [row]).get(row.pk)
        if told:
            raise ReviewError(told)
        if opinion.score is None and not opinion.biased:
            raise ReviewError(_("Wählen Sie, wie gut der Vorschlag passt."))
        said = {"score": None if opinion.biased else opinion.score, "remark": opinion.remark.strip(), "biased": opinion.biased}
        review, _new = Review.objects.update_or_create(reviewer=reviewer, proposal=row, defaults=said)
        record_keys(TRAIL, [row.reference], Action.CHANGED, by=by)
    return review


def _check_tracks(call: Call, tracks: Collection[Track]) -> None:
    if any(track.gathering_id != call.gathering_id for track in tracks):
        raise CallError(_("Das gehört zu einer anderen Veranstaltung."))
