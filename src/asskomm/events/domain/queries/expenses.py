# SPDX-License-Identifier: EUPL-1.2
"""What those who contribute cost, for those who pay it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from asskomm.core.estimates import Estimate
from asskomm.events.domain.expenses import Claim, euros, opened
from asskomm.events.models import Expenses, Gathering, Invitation


@dataclass(frozen=True)
class Cost:
    """What one of them asks for."""

    invitation: Invitation
    claim: Claim


@dataclass(frozen=True)
class Costs:
    """All of them, and the fees together."""

    rows: Sequence[Cost]
    total: Estimate


def costs_of(gathering: Gathering) -> Costs:
    """Give what those who said yes ask for, by name."""
    found = Expenses.objects.filter(invitation__in=Invitation.objects.accepted().filter(session__gathering=gathering))
    ordered = found.select_related("invitation__speaker", "invitation__session").order_by("invitation__speaker__name", "pk")
    rows = [Cost(row.invitation, opened(row)) for row in ordered]
    fees = [row.claim.fee for row in rows if row.claim.fee is not None]
    return Costs(rows, euros(sum(fees, Decimal(0)), base=len(fees)))
