# SPDX-License-Identifier: EUPL-1.2
"""What is done with data about persons: one table, from which the privacy page and the drafts for the data protection officer are made."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from asskomm.core.retention import DELETION_RULES, DeletionRule

_TABLE = Path(__file__).resolve().parents[1] / "data" / "processing.csv"


@dataclass(frozen=True)
class Processing:
    """One kind of data.

    Args:
        key: name that stays.
        data: what is kept, in words.
        controller: who answers for it (Art. 4 no. 7 GDPR).
        purpose: what for.
        basis: what allows it.
        rule: key of the rule by which it goes.
    """

    key: str
    data: str
    controller: str
    purpose: str
    basis: str
    rule: str

    @property
    def deletion(self) -> DeletionRule:
        """The rule by which it goes."""
        return DELETION_RULES[self.rule]


@cache
def processings() -> tuple[Processing, ...]:
    """Give the table; German, as the law is."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(Processing(**row) for row in csv.DictReader(file))
