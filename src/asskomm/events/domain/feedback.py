# SPDX-License-Identifier: EUPL-1.2
"""Verbs: say how it was, without a name; ask for that, close it, and count an answer as praise."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.jobs.domain import orders
from asskomm.core.mail.signatures import is_signed, signature
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.programme_content import Part, released_programme
from asskomm.events.domain.queries.arriving import turnout_by_type
from asskomm.events.enums import GatheringState, SessionKind
from asskomm.events.models import Feedback, Gathering, Session

TRAIL, ASK = "gatherings", "events.ask_for_feedback"
_PURPOSE, _MOST_EACH, _SPARE = "feedback", 3, 1000


class FeedbackError(ValueError):
    """What is asked cannot be; the message is a sentence."""


@dataclass(frozen=True)
class Said:
    """What somebody says.

    Args:
        rating: one of `Rating`.
        liked: what was good, in her words.
        better: what could be better.
        nonce: given out with the form; a second answer with the same one changes nothing.
    """

    rating: int
    nonce: str
    liked: str = ""
    better: str = ""


def path_of_feedback(gathering: Gathering, session: str = "") -> str:
    """Give the path under which people say how a gathering or a session of it was; whoever was there has it, whether or not she has an account."""
    words = [gathering.reference, signature(_PURPOSE, gathering.reference)]
    return reverse("events:session_feedback", args=[*words, session]) if session else reverse("events:feedback", args=words)


def gathering_under(reference: str, word: str) -> Gathering | None:
    """Give the gathering that such a path leads to; none while it is a draft."""
    if not is_signed(word, _PURPOSE, reference):
        return None
    return Gathering.objects.exclude(state=GatheringState.DRAFT).select_related("owner").filter(reference=reference).first()


def rated_parts(gathering: Gathering) -> list[Part]:
    """Give the sessions that people can say something about: of the released programme, and begun."""
    programme = released_programme(gathering)
    now = clock.now()
    return [part for part in programme.parts if part.kind != SessionKind.BREAK and part.starts_at <= now] if programme else []


def give_feedback(gathering: Gathering, session: str, said: Said) -> None:
    """Keep an answer; nothing of whoever gives it is kept, and so nothing of it stands in the history.

    Args:
        gathering: that she was at.
        session: the reference of the session it is about; empty for the gathering as a whole.
        said: what she says.

    Raises
    ------
        FeedbackError: nobody is asked now, there is no such session, or there are far more answers than people were there.
    """
    if not gathering.takes_feedback(clock.now()):
        raise FeedbackError(_("Zurzeit fragen wir nicht nach Ihrer Meinung."))
    about = None
    if session:
        if session not in {part.reference for part in rated_parts(gathering)}:
            raise FeedbackError(_("Diesen Beitrag gibt es nicht, oder er hat noch nicht begonnen."))
        about = Session.objects.filter(gathering=gathering, reference=session).first()
        if about is None:
            raise FeedbackError(_("Dieser Beitrag hat nicht stattgefunden."))
    rows = Feedback.objects.filter(gathering=gathering, session=about)
    if rows.count() >= _most(gathering):
        raise FeedbackError(_("Es sind schon sehr viele Antworten da, mehr nehmen wir nicht an."))
    try:
        with transaction.atomic():
            Feedback.objects.create(gathering=gathering, session=about, **vars(said))
    except IntegrityError:
        return  # a second click


def close_feedback(gathering: Gathering, *, by: Principal) -> Gathering:
    """Take no more answers; from now on all of them are counted.

    Raises
    ------
        FeedbackError: it has not ended.
        PermissionDenied: the reader does not organise this gathering.
    """
    with transaction.atomic():
        require("events.change", by, gathering)
        row = Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)
        if row.ends_at > clock.now():
            raise FeedbackError(_("Die Veranstaltung ist noch nicht vorbei."))
        if row.feedback_closed_at is None:
            row.feedback_closed_at = clock.now()
            row.save(update_fields=["feedback_closed_at"])
            record(TRAIL, [row], Action.CHANGED, by=by)
    return row


def ask_for_feedback(gathering: Gathering, *, by: Principal) -> None:
    """Let a job write to everybody who was there; nobody gets a second mail.

    Raises
    ------
        FeedbackError: it has not ended, or nobody is asked any more.
        PermissionDenied: as `close_feedback`.
    """
    require("events.change", by, gathering)
    if gathering.ends_at > clock.now() or not gathering.takes_feedback(clock.now()):
        raise FeedbackError(_("Um Rückmeldung bitten kann man nach dem Ende und zwei Wochen lang."))
    with transaction.atomic():
        record(TRAIL, [gathering], Action.CHANGED, by=by)
        orders.order(ASK, {"gathering": gathering.reference}, by=by, title=gathering.title)


def count_as_praise(answer: Feedback, *, praise: bool, by: Principal) -> None:
    """Count what somebody liked as praise, or no longer.

    Raises
    ------
        FeedbackError: she did not write what she liked.
        PermissionDenied: as `close_feedback`.
    """
    with transaction.atomic():
        require("events.change", by, answer.gathering)
        row = Feedback.objects.select_for_update(of=("self",)).get(pk=answer.pk)
        if not row.liked:
            raise FeedbackError(_("Da steht nichts, was jemand gut fand."))
        row.praise = praise
        row.save(update_fields=["praise"])
        record(TRAIL, [answer.gathering], Action.CHANGED, by=by)


def _most(gathering: Gathering) -> int:
    there = sum(int(row.turnout.expected.value or 0) + int(row.guests.value or 0) for row in turnout_by_type(gathering))
    return _MOST_EACH * there + _SPARE
