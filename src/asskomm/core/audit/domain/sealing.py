# SPDX-License-Identifier: EUPL-1.2
"""Verb: seal the entries of the last minute. A chain within the verbs' own transactions would be one lock for the whole program."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from asskomm.core.audit.digests import leaf_of, link, merkle_root
from asskomm.core.audit.models import Entry, Seal, SealedEntry
from asskomm.core.clock import clock

MOST = 1000
SETTLED = dt.timedelta(hours=1)  # no transaction is open for so long, so no entry with a lower number can still come


def seal() -> int:
    """Seal what is not sealed, up to a thousand entries; gives how many they were, none also where another process was quicker."""
    try:
        with transaction.atomic():
            return _seal()
    except IntegrityError:
        return 0


def _seal() -> int:
    last = Seal.objects.order_by("-number").first()
    entries = list(unsealed()[:MOST])
    if not entries:
        return 0
    leaves = [leaf(entry) for entry in entries]
    root, number, now = merkle_root(leaves), (last.number if last else 0) + 1, clock.now()
    chain = link(last.chain if last else "", number, now, root)
    made = Seal.objects.create(number=number, sealed_at=now, count=len(entries), last_entry=entries[-1].pk, root=root, chain=chain)
    SealedEntry.objects.bulk_create(SealedEntry(entry=entry.pk, seal=made, leaf=value) for entry, value in zip(entries, leaves, strict=True))
    return len(entries)


def leaf(entry: Entry) -> str:
    """Give the hash of an entry as it is now."""
    return leaf_of(entry.pk, entry.at, entry.action, entry.kind, entry.key, entry.account, entry.digest, read_at=entry.read_at)


def settled_up_to() -> int:
    """Give the number up to which every entry is sealed for good."""
    settled = Seal.objects.filter(sealed_at__lt=clock.now() - SETTLED).order_by("-last_entry").values_list("last_entry", flat=True).first()
    return settled or 0


def unsealed() -> QuerySet[Entry]:
    """Give the entries that wait for a seal, in the order of their numbers."""
    sealed = SealedEntry.objects.filter(entry=OuterRef("pk"))
    return Entry.objects.filter(~Exists(sealed), pk__gt=settled_up_to()).order_by("pk")
