# SPDX-License-Identifier: EUPL-1.2
"""What a reviewer has to read, and how many reviews are missing. Whoever is limited to tracks reads what belongs to them; who is not reads all."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from asskomm.core.estimates import Estimate
from asskomm.events.domain.queries.ties import ties_of
from asskomm.events.enums import ProposalState
from asskomm.events.models import Call, Proposal, Review, Reviewer
from asskomm.events.models.proposal import ProposalQuerySet


@dataclass(frozen=True)
class Missing:
    """How many reviews are missing of what can still be judged.

    Args:
        by_reviewer: by the key of the reviewer, for all of a call.
        by_proposal: by the key of the proposal, for all that are to be judged; empty where nobody reviews.
    """

    by_reviewer: Mapping[int, Estimate]
    by_proposal: Mapping[int, Estimate]


def reads(tracks: Collection[int], proposal: Proposal) -> bool:
    """Whether whoever is limited to tracks, by their keys, has a proposal to read."""
    return not tracks or proposal.track_id in tracks


def to_read(reviewer: Reviewer) -> ProposalQuerySet:
    """Give what a reviewer has to read."""
    rows, tracks = Proposal.objects.handed_in().filter(call=reviewer.call), [*reviewer.tracks.values_list("pk", flat=True)]
    return rows.filter(track__in=tracks) if tracks else rows


def missing_reviews(call: Call) -> Missing:
    """Count the reviews that are missing; of whoever is too close to a proposal none is."""
    reviewers = list(call.reviewers.select_related("account").prefetch_related("tracks"))
    if not reviewers:
        return Missing({}, {})
    rows = list(call.proposals.filter(state=ProposalState.SUBMITTED).prefetch_related("co_speakers"))
    given = set(Review.objects.filter(proposal__in=rows).values_list("reviewer", "proposal"))
    of_reviewer, of_proposal = Counter[int](), Counter[int]()
    for reviewer in reviewers:
        tied, tracks = ties_of(reviewer.account, rows), {track.pk for track in reviewer.tracks.all()}
        waiting = [row.pk for row in rows if row.pk not in tied and reads(tracks, row) and (reviewer.pk, row.pk) not in given]
        of_reviewer[reviewer.pk] = len(waiting)
        of_proposal.update(waiting)
    return Missing({key: Estimate(count) for key, count in of_reviewer.items()}, {row.pk: Estimate(of_proposal[row.pk]) for row in rows})
