# SPDX-License-Identifier: EUPL-1.2
"""What is done with data about persons: one table, from which the privacy page and the drafts for the data protection officer are made."""

import csv
from collections.abc import Iterable
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
        subjects: about whom, by "; ".
        special: which special category it is (Art. 9 GDPR); empty where none.
        controller: who answers for it (Art. 4 no. 7 GDPR).
        recipients: who gets it beside the controller and the computing centre (Art. 4 no. 9 GDPR), by "; "; empty where nobody does.
        purpose: what for.
        basis: what allows it.
        rule: key of the rule by which it goes.
    """

    key: str
    data: str
    subjects: str
    special: str
    controller: str
    recipients: str
    purpose: str
    basis: str
    rule: str

    @property
    def deletion(self) -> DeletionRule:
        """The rule by which it goes."""
        return DELETION_RULES[self.rule]


@dataclass(frozen=True)
class Scope:
    """About whom something is kept and who gets it, over the whole table, each named once; and what is a special category.

    Args:
        subjects: kinds of persons, in the order of the table.
        recipients: of any kind of data.
        special: the rows of special categories.
    """

    subjects: tuple[str, ...]
    recipients: tuple[str, ...]
    special: tuple[Processing, ...]


@cache
def processings() -> tuple[Processing, ...]:
    """Give the table; German, as the law is."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(Processing(**row) for row in csv.DictReader(file))


@cache
def scope() -> Scope:
    """Sum the table up; no page and no draft says such a thing in words of its own."""
    rows = processings()
    return Scope(_named_once(row.subjects for row in rows), _named_once(row.recipients for row in rows), tuple(row for row in rows if row.special))


def _named_once(lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for listed in lists if listed for name in listed.split("; ")))
