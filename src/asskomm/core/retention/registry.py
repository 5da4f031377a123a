# SPDX-License-Identifier: EUPL-1.2
"""Rooms register what goes on a date, and what they hold on a person."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from asskomm.core.jobs import Runner
from asskomm.core.slots import Slot

Words = str | Promise


@dataclass(frozen=True)
class DeletionRule:
    """Something that goes on its date.

    Args:
        key: name in the protocol.
        what: goes.
        period: how long it is kept, in words.
        reason: why it is kept so long and no longer.
        delete: deletes what is due, in short transactions, and gives how many objects went.
    """

    key: str
    what: Words
    period: Words
    reason: Words
    delete: Callable[[Runner], int]


@dataclass(frozen=True)
class SubjectRecords:
    """What a room holds on the person behind an account.

    Args:
        name: of these records.
        rows: gives them for the key of an account, as texts by their headings.
    """

    name: Words
    rows: Callable[[int], Iterable[Mapping[str, str]]]


DELETION_RULES: Slot[DeletionRule] = Slot()
SUBJECT_RECORDS: Slot[SubjectRecords] = Slot()
