# SPDX-License-Identifier: EUPL-1.2
"""Questions: what happened to an object, what changed each time, and how two of its states differ."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from asskomm.core.audit.enums import Action
from asskomm.core.audit.models import Content, Entry
from asskomm.core.audit.registry import TRAILS, Trail, Value
from asskomm.core.visibility import Principal
from asskomm.core.visibility.accounts import names_of_accounts
from asskomm.core.visibility.audience import admits

Values = Mapping[str, Value]


@dataclass(frozen=True)
class Change:
    """A field before and after, in words; empty where there was or is nothing."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether something changed."""
        return self.before != self.after


@dataclass(frozen=True)
class Moment:
    """Something that was done.

    Args:
        entry: when, by whom, what.
        who: in words.
        changes: what is different since the state before; empty where nothing is kept, or where the reader may not see either of them.
        shown: whether the state after it can be shown.
    """

    entry: Entry
    who: str
    changes: Sequence[Change] = ()
    shown: bool = False


def moments(entries: Iterable[Entry], principal: Principal) -> list[Moment]:
    """Say what was done to one object, from its entries, newest first and without gaps, in four queries at the most."""
    rows = list(entries)
    if not rows:
        return []
    trail, names = TRAILS[rows[0].kind], names_of_accounts({row.account for row in rows if row.account})
    contents = _contents(rows)
    found, before = [], contents.get(0)
    for row in reversed(rows):
        after = contents.get(row.pk)
        found.append(Moment(row, who(row, names), _changes(trail, before, after, principal), after is not None and _may_see(after, principal)))
        before = after or before
    return found[::-1]


def who(entry: Entry, names: Mapping[int, str]) -> str:
    """Name whoever did it."""
    return names.get(entry.account, _("jemand, dessen Zugang es nicht mehr gibt")) if entry.account else _("das Programm oder die Befehlszeile")


def _contents(rows: Sequence[Entry]) -> dict[int, Content]:
    """Give the contents of the entries, and under 0 the one before them."""
    oldest = rows[-1]
    contents: dict[int, Content] = dict(Content.objects.in_bulk([row.pk for row in rows]))
    earlier = Content.objects.filter(entry__kind=oldest.kind, entry__key=oldest.key, entry__lt=oldest.pk).order_by("-entry_id").first()
    return contents | ({0: earlier} if earlier else {})


def _may_see(content: Content, principal: Principal) -> bool:
    return not content.audience or admits(content.audience, principal)


def _changes(trail: Trail, before: Content | None, after: Content | None, principal: Principal) -> list[Change]:
    if after is None or before is None or not (_may_see(before, principal) and _may_see(after, principal)):
        return []
    return [change for change in compare(trail, before.values, after.values) if change.differs]


def compare(trail: Trail, before: Values, after: Values) -> list[Change]:
    """Put two states side by side, in the order of the fields; fields that are empty in both are left out."""
    names = [name for name in trail.fields if before.get(name) or after.get(name)]
    return [Change(str(trail.fields[name].label), _words(trail, name, before), _words(trail, name, after)) for name in names]


def _words(trail: Trail, name: str, values: Values) -> str:
    return trail.fields[name].words(values.get(name, ""))


def state_of(kind: str, key: str, number: int, principal: Principal) -> Content | None:
    """Give what an object said after an entry, `None` where nothing is kept or the reader may not see it."""
    found = Content.objects.filter(entry__kind=kind, entry__key=key, entry=number).select_related("entry").first()
    return found if found and _may_see(found, principal) else None


def entries_of(kind: str, key: str, *, reads: bool) -> QuerySet[Entry]:
    """Give the entries of an object, newest first; readings only where asked."""
    rows = Entry.objects.filter(kind=kind, key=key).order_by("-pk")
    return rows if reads else rows.exclude(action=Action.READ)
