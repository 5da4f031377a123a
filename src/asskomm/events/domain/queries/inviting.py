# SPDX-License-Identifier: EUPL-1.2
"""Who is asked to contribute, and what they answered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from asskomm.core.estimates import Estimate
from asskomm.events.enums import InvitationState
from asskomm.events.models import Gathering, Invitation


@dataclass(frozen=True)
class Asked:
    """Everybody who is asked, and how many answered what."""

    rows: Sequence[Invitation]
    counts: Sequence[tuple[str, Estimate]]


def asked_at(gathering: Gathering) -> Asked:
    """Give the invitations of a gathering in the order in which they went out."""
    rows = list(Invitation.objects.filter(session__gathering=gathering).select_related("speaker", "session"))
    found = Counter(row.state for row in rows)
    return Asked(rows, [(str(state.label), Estimate(found[state])) for state in InvitationState if state in found])
