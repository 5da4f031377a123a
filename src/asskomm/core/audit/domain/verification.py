# SPDX-License-Identifier: EUPL-1.2
"""Question: was anything changed, deleted or inserted that is sealed? Answers in sentences, without a word from the entries themselves."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, OuterRef

from asskomm.core.audit.digests import content_digest, link, merkle_root
from asskomm.core.audit.domain.sealing import leaf, settled_up_to
from asskomm.core.audit.enums import Action
from asskomm.core.audit.guards import missing_guards
from asskomm.core.audit.models import Content, Entry, Seal, SealedEntry

LATE = dt.timedelta(minutes=5)  # clocks of several nodes, and a transaction that took its time


@dataclass
class _Walk:
    """What is carried from seal to seal."""

    chain: str = ""
    number: int = 0
    newest: dt.datetime | None = None
    forgotten: Mapping[tuple[str, str], int] = field(default_factory=dict)


def verify(kept: Mapping[int, str] | None = None) -> Iterator[str]:
    """Find what does not fit, as sentences; nothing where all is well.

    Args:
        kept: chains by number that were exported before; without them somebody who rewrites everything is not found out.
    """
    yield from (f"Die Tabelle {table} ist nicht mehr gegen Ändern und Löschen geschützt." for table in missing_guards(DEFAULT_DB_ALIAS))
    walk = _Walk(forgotten=_forgotten())
    for seal in Seal.objects.order_by("number").iterator():
        yield from _seal(seal, walk)
        if kept and kept.get(seal.number, seal.chain) != seal.chain:
            yield f"Siegel {seal.number} ist ein anderes als das, das ausgegeben wurde."
    if kept:
        yield from (f"Siegel {number} fehlt, es wurde aber ausgegeben." for number in sorted(kept) if number > walk.number)
    yield from _never_sealed()


def _forgotten() -> Mapping[tuple[str, str], int]:
    """Give the last entry that says that contents of an object were deleted."""
    rows = Entry.objects.filter(action=Action.FORGOTTEN).order_by("pk").values_list("kind", "key", "pk")
    return {(kind, key): number for kind, key, number in rows.iterator()}


def _seal(seal: Seal, walk: _Walk) -> Iterator[str]:
    yield from (f"Siegel {number} fehlt." for number in range(walk.number + 1, seal.number))
    rows = list(seal.entries.order_by("entry"))
    if len(rows) != seal.count or not rows or merkle_root([row.leaf for row in rows]) != seal.root:
        yield f"Siegel {seal.number} passt nicht zu den Einträgen, die es umfasst."
    if link(walk.chain, seal.number, seal.sealed_at, seal.root) != seal.chain:
        yield f"Siegel {seal.number} passt nicht an das Siegel davor."
    yield from _entries(rows, walk)
    walk.chain, walk.number = seal.chain, seal.number


def _entries(rows: Sequence[SealedEntry], walk: _Walk) -> Iterator[str]:
    keys = [row.entry for row in rows]
    entries, contents = Entry.objects.in_bulk(keys), Content.objects.in_bulk(keys)
    newest = walk.newest
    for row in rows:
        entry = entries.get(row.entry)
        if entry is None:
            yield f"Eintrag {row.entry} fehlt."
            continue
        if leaf(entry) != row.leaf:
            yield f"Eintrag {row.entry} wurde verändert."
        elif newest and entry.at < newest - LATE:
            yield f"Eintrag {row.entry} wurde nachträglich eingefügt."
        yield from _content(entry, contents.get(row.entry), walk)
        walk.newest = max(walk.newest or entry.at, entry.at)


def _content(entry: Entry, content: Content | None, walk: _Walk) -> Iterator[str]:
    if content is None:
        if entry.digest and walk.forgotten.get((entry.kind, entry.key), 0) < entry.pk:
            yield f"Der Inhalt von Eintrag {entry.pk} fehlt, ohne dass ihn jemand gelöscht hätte."
    elif content_digest(content.salt, content.values, content.audience) != entry.digest:
        yield f"Der Inhalt von Eintrag {entry.pk} wurde verändert."


def _never_sealed() -> Iterator[str]:
    sealed = SealedEntry.objects.filter(entry=OuterRef("pk"))
    for number in Entry.objects.filter(~Exists(sealed), pk__lte=settled_up_to()).order_by("pk").values_list("pk", flat=True):
        yield f"Eintrag {number} wurde nachträglich eingefügt."
