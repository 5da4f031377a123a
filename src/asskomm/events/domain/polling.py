# SPDX-License-Identifier: EUPL-1.2
"""Verbs: ask when people could meet, answer, and settle on a day, of which a draft of a gathering comes."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.installation.domain import is_example
from asskomm.core.mail.signatures import is_signed, signature
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.gatherings import Facts, Room, draft_gathering
from asskomm.events.enums import Answer, GatheringKind
from asskomm.events.models import DatePoll, Gathering, PollOption, PollVote, PollVoter
from asskomm.people.models import Organisation

TRAIL = "polls"
MOST_OPTIONS, MOST_VOTERS = 20, 200
_POLL, _VOTER = "date_poll", "date_poll_voter"


class PollError(ValueError):
    """What is asked cannot be; the message is a sentence."""


def path_of_poll(poll: DatePoll) -> str:
    """Give the path under which people answer; nobody can guess it."""
    return reverse("events:poll", args=[poll.reference, signature(_POLL, poll.reference)])


def path_of_voter(voter: PollVoter) -> str:
    """Give the path under which somebody changes her answers."""
    return reverse("events:poll_voter", args=[voter.reference, signature(_VOTER, voter.reference)])


def poll_under(reference: str, word: str) -> DatePoll | None:
    """Give the poll that a path leads to."""
    return DatePoll.objects.select_related("owner", "gathering").filter(reference=reference).first() if is_signed(word, _POLL, reference) else None


def voter_under(reference: str, word: str) -> PollVoter | None:
    """Give whose answers a path leads to."""
    rows = PollVoter.objects.select_related("poll__owner", "poll__gathering")
    return rows.filter(reference=reference).first() if is_signed(word, _VOTER, reference) else None


def ask_when(owner: Organisation, title: str, place: str, times: Sequence[tuple[dt.datetime, dt.datetime]], note: str = "", *, by: Principal) -> DatePoll:
    """Ask when people could meet.

    Args:
        owner: who invites.
        title: to what.
        place: where.
        times: begin and end of each day to choose from.
        note: what else there is to say.
        by: who asks.

    Raises
    ------
        PollError: fewer than two days, too many, one that is over before it begins, or one that is past.
        PermissionDenied: the reader does not organise gatherings of this organisation.
    """
    wanted = sorted(set(times))
    if not 2 <= len(wanted) <= MOST_OPTIONS:
        raise PollError(_("Nennen Sie zwei bis %(most)d Termine zur Wahl.") % {"most": MOST_OPTIONS})
    if any(end <= begin for begin, end in wanted):
        raise PollError(_("Das Ende liegt vor dem Beginn."))
    if wanted[0][0] <= clock.now():
        raise PollError(_("Ein Termin liegt in der Vergangenheit."))
    with transaction.atomic():
        poll = DatePoll(owner=owner, title=title, place=place, note=note, asked_at=clock.now(), example=is_example())
        require("events.change", by, poll)
        poll.save()
        PollOption.objects.bulk_create(PollOption(poll=poll, starts_at=begin, ends_at=end) for begin, end in wanted)
        record_keys(TRAIL, [poll.reference], Action.CREATED, by=by)
    return poll


def answer_poll(poll: DatePoll, name: str, answers: Mapping[int, str], voter: PollVoter | None = None) -> PollVoter:
    """Say when somebody can come, or change it; whoever presses twice is there once.

    Args:
        poll: that asks.
        name: under which she stands in the list.
        answers: one of `Answer` by the key of the day; a day that is not named is a no.
        voter: who she is, where she has answered before.

    Raises
    ------
        PollError: it is settled, somebody of this name has answered, or very many have.
    """
    with transaction.atomic():
        row = DatePoll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
        if row.settled_at is not None:
            raise PollError(_("Der Termin steht schon fest."))
        if voter is None and row.voters.count() >= MOST_VOTERS:
            raise PollError(_("Es haben schon sehr viele geantwortet, mehr nehmen wir nicht an."))
        who = voter or PollVoter(poll=row)
        who.name = name.strip()
        try:
            with transaction.atomic():
                who.save()
        except IntegrityError:
            raise PollError(_("„%(name)s“ hat schon geantwortet. Nehmen Sie Ihren eigenen Link, oder einen anderen Namen.") % {"name": who.name}) from None
        who.votes.all().delete()
        options = row.options.values_list("pk", flat=True)
        PollVote.objects.bulk_create(PollVote(voter=who, option_id=option, answer=answers.get(option, Answer.NO)) for option in options)
    return who


def settle(poll: DatePoll, option: PollOption, *, by: Principal) -> Gathering:
    """Settle on a day: nobody answers any more, and there is a draft of a gathering; a second time gives the same draft.

    Raises
    ------
        PollError: the day belongs to another poll.
        PermissionDenied: as `ask_when`.
    """
    with transaction.atomic():
        require("events.change", by, poll)
        row = DatePoll.objects.select_for_update(of=("self",)).select_related("owner", "gathering").get(pk=poll.pk)
        if row.gathering is not None:
            return row.gathering
        if option.poll_id != row.pk:
            raise PollError(_("Diesen Termin gibt es hier nicht."))
        facts = Facts(GatheringKind.NETWORK_MEETING, row.title, row.place, option.starts_at, option.ends_at, row.note)
        row.gathering, row.settled_at = draft_gathering(facts, Room(), owner=row.owner, by=by), clock.now()
        row.save(update_fields=["gathering", "settled_at"])
        record_keys(TRAIL, [row.reference], Action.ENDED, by=by)
    return row.gathering
