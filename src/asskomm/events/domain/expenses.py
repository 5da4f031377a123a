# SPDX-License-Identifier: EUPL-1.2
"""Fee and travel of whoever contributes: enciphered, read only by those who pay them."""

import json
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from asskomm.core.estimates import Estimate
from asskomm.core.installation.sealed import SealError, seal, seal_anew, unseal
from asskomm.events.models import Expenses, Invitation


@dataclass(frozen=True)
class Claim:
    """What somebody asks for.

    Args:
        fee: in euros; `None` where she names none.
        travel: how she comes, and what has to be arranged or paid for it.
    """

    fee: Decimal | None = None
    travel: str = ""

    def __bool__(self) -> bool:
        """Whether she says anything."""
        return self.fee is not None or bool(self.travel)

    @property
    def amount(self) -> Estimate | None:
        """The fee as pages show it."""
        return None if self.fee is None else euros(self.fee)


def euros(amount: Decimal, base: int | None = None) -> Estimate:
    """Give an amount as pages show it, whole euros without cents.

    >>> str(euros(Decimal("100.00"))), str(euros(Decimal("1250.50")))
    ('100 €', '1.250,50 €')
    """
    return Estimate(int(amount) if amount == int(amount) else float(amount), "EUR", base=base)


def keep_expenses(invitation: Invitation, claim: Claim) -> bool:
    """Keep what somebody asks for; where she says nothing, nothing is kept. Says whether that is new."""
    if claim == claim_of(invitation):
        return False
    if claim:
        said = {"fee": None if claim.fee is None else str(claim.fee), "travel": claim.travel}
        Expenses.objects.update_or_create(invitation=invitation, defaults={"sealed": seal(json.dumps(said))})
    else:
        Expenses.objects.filter(invitation=invitation).delete()
    return True


def claim_of(invitation: Invitation) -> Claim:
    """Give what somebody asks for; empty where the key that closed it is forgotten."""
    row = Expenses.objects.filter(invitation=invitation).first()
    return opened(row) if row else Claim()


def opened(expenses: Expenses) -> Claim:
    """Read what is enciphered; empty where the key that closed it is forgotten."""
    try:
        said = json.loads(unseal(expenses.sealed))
    except SealError:
        return Claim()
    return Claim(None if said["fee"] is None else Decimal(said["fee"]), said["travel"])


def seal_expenses_anew() -> tuple[int, int]:
    """Close all of it with the newest key; gives how many, and how many no key opens."""
    closed = lost = 0
    with transaction.atomic():
        for row in Expenses.objects.select_for_update():
            try:
                row.sealed = seal_anew(row.sealed)
            except SealError:
                lost += 1
                continue
            row.save(update_fields=["sealed"])
            closed += 1
    return closed, lost
