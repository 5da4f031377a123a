# SPDX-License-Identifier: EUPL-1.2
"""Rooms register what goes on a date, and what they hold on a person."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
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
class DataSubject:
    """Whoever asks what is kept about her.

    Args:
        accounts: keys of hers; none where she never had one, several where two persons turned out to be one.
        addresses: of e-mail, in lower case; by them goes what needs no account.
    """

    accounts: frozenset[int] = frozenset()
    addresses: frozenset[str] = frozenset()

    def addressed(self, field: str) -> Q:
        """Give the condition that a field names one of her addresses, whatever its case; nothing meets it where there is none."""
        return reduce(or_, (Q(**{f"{field}__iexact": address}) for address in sorted(self.addresses - {""})), Q(pk__in=()))


@dataclass(frozen=True)
class SubjectRecords:
    """What a room holds on a person.

    Args:
        name: of these records.
        rows: gives them, as texts by their headings.
    """

    name: Words
    rows: Callable[[DataSubject], Iterable[Mapping[str, str]]]


DELETION_RULES: Slot[DeletionRule] = Slot()
SUBJECT_RECORDS: Slot[SubjectRecords] = Slot()
IDENTITIES: Slot[Callable[[DataSubject], DataSubject]] = Slot()
"""Rooms that know which other accounts and addresses belong to the same person."""
