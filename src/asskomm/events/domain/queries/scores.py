# SPDX-License-Identifier: EUPL-1.2
"""How proposals were judged: how many scores, their mean, and how far they lie apart. Scores of whoever is too close do not count."""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from asskomm.core.estimates import Basis, Estimate
from asskomm.events.domain.queries.ties import ties_of
from asskomm.events.enums import ProposalState
from asskomm.events.models import Call, Proposal, Review


@dataclass(frozen=True)
class Judged:
    """How a proposal was judged.

    Args:
        proposal: what was judged.
        count: how many scores there are.
        mean: of the scores, `None` where there are none.
        spread: the standard deviation of the scores, `None` where there are fewer than two.
        reviews: what was said, of whoever may judge it and of whoever says that she may not.
    """

    proposal: Proposal
    count: Estimate
    mean: Estimate | None
    spread: Estimate | None
    reviews: Sequence[Review]

    @property
    def rank(self) -> tuple[bool, float]:
        """The best first, those that nobody has judged last."""
        return (self.mean is None, -float(self.mean.value or 0) if self.mean else 0.0)


def judged(call: Call) -> list[Judged]:
    """Give what was handed in for a call, the best first."""
    rows = list(call.proposals.handed_in().select_related("track").prefetch_related("co_speakers"))
    reviews = list(Review.objects.filter(proposal__in=rows).select_related("reviewer__account__person").order_by("pk"))
    tied = _tied(rows, reviews)
    found = [_judged(row, [review for review in reviews if review.proposal_id == row.pk and row.pk not in tied[review.reviewer_id]]) for row in rows]
    return sorted(found, key=lambda one: one.rank)


def judged_one(proposal: Proposal) -> Judged:
    """Give how one proposal was judged."""
    reviews = list(proposal.reviews.select_related("reviewer__account__person").order_by("pk"))
    tied = _tied([proposal], reviews)
    return _judged(proposal, [review for review in reviews if proposal.pk not in tied[review.reviewer_id]])


def counts_of(rows: Iterable[Judged]) -> list[tuple[str, Estimate]]:
    """Count proposals by how far they are."""
    states = [row.proposal.state for row in rows]
    return [(str(state.label), Estimate(states.count(state))) for state in ProposalState if state in states]


def _tied(rows: Sequence[Proposal], reviews: Sequence[Review]) -> Mapping[int, Mapping[int, str]]:
    """Give for each reviewer of whom there is a review the proposals that she is too close to by now."""
    reviewers = {review.reviewer_id: review.reviewer for review in reviews}
    return {key: ties_of(reviewer.account, rows) for key, reviewer in reviewers.items()}


def _judged(proposal: Proposal, reviews: Sequence[Review]) -> Judged:
    scores = [review.score for review in reviews if review.score is not None]
    mean = Estimate(round(statistics.fmean(scores), 1), basis=Basis.MEASURED, base=len(scores)) if scores else None
    spread = Estimate(round(statistics.pstdev(scores), 1), basis=Basis.MEASURED, base=len(scores)) if len(scores) > 1 else None
    return Judged(proposal, Estimate(len(scores)), mean, spread, reviews)
