# SPDX-License-Identifier: EUPL-1.2
"""How a poll stands: who can come when, and which day suits most."""

from collections.abc import Sequence
from dataclasses import dataclass

from asskomm.core.estimates import Estimate
from asskomm.core.visibility import Principal
from asskomm.events.enums import Answer
from asskomm.events.models import DatePoll, PollOption, PollVoter

_MOST = 20


@dataclass(frozen=True)
class OptionStanding:
    """A day.

    Args:
        option: the day.
        yes: how many can come.
        maybe: how many perhaps.
        best: whether no day suits more.
    """

    option: PollOption
    yes: Estimate
    maybe: Estimate
    best: bool


@dataclass(frozen=True)
class PollStanding:
    """How a poll stands.

    Args:
        options: the days by time.
        rows: each who answered, with her answers in the order of the days.
    """

    options: Sequence[OptionStanding]
    rows: Sequence[tuple[PollVoter, Sequence[str]]]


def open_polls(principal: Principal) -> list[DatePoll]:
    """Give what the reader's organisations still look for a day for, the newest first."""
    rows = DatePoll.objects.filter(settled_at__isnull=True)
    return list((rows if principal.everything else rows.filter(owner__in=principal.organisations))[:_MOST])


def standing_of_poll(poll: DatePoll) -> PollStanding:
    """Count the answers."""
    options, voters = list(poll.options.all()), list(poll.voters.prefetch_related("votes"))
    said = {voter.pk: {vote.option_id: Answer(vote.answer) for vote in voter.votes.all()} for voter in voters}
    counts = {option.pk: [sum(said[voter.pk].get(option.pk) == answer for voter in voters) for answer in (Answer.YES, Answer.MAYBE)] for option in options}
    best = max(counts.values()) if voters and counts else None
    shown = [OptionStanding(option, Estimate(counts[option.pk][0]), Estimate(counts[option.pk][1]), counts[option.pk] == best) for option in options]
    return PollStanding(shown, [(voter, [str(said[voter.pk].get(option.pk, Answer.NO).label) for option in options]) for voter in voters])
