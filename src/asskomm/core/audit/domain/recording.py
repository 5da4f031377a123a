# SPDX-License-Identifier: EUPL-1.2
"""Verbs: record that something was done, and forget the contents of former states."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Model
from django.utils import translation

from asskomm.core.audit.digests import content_digest, new_salt
from asskomm.core.audit.enums import Action
from asskomm.core.audit.models import Content, Entry
from asskomm.core.audit.registry import TRAILS, State
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal
from asskomm.core.visibility.audience import written

_BATCH = 500


def record(kind: str, objects: Sequence[Model], action: Action, *, by: Principal) -> None:
    """Record what was done to some objects, with what they say now; a verb calls it once, at its end and within its transaction."""
    _write(kind, TRAILS[kind].states(objects), action, by)


def record_keys(kind: str, keys: Iterable[str], action: Action, *, by: Principal) -> None:
    """Record what was done to objects of which nothing is kept, because they are gone or nothing of them was changed."""
    _write(kind, (State(key, {}) for key in keys), action, by)


def _write(kind: str, states: Iterable[State], action: Action, by: Principal) -> None:
    now, entries, contents = clock.now(), [], []
    with translation.override("de"):
        states = list(states)
    for state in states:
        content = _content(state)
        digest = content_digest(content.salt, content.values, content.audience) if content else ""
        entries.append(Entry(at=now, action=action, kind=kind, key=state.key, account=by.account, digest=digest))
        contents.append(content)
    with transaction.atomic(savepoint=False):
        for entry, content in zip(Entry.objects.bulk_create(entries, batch_size=_BATCH), contents, strict=True):
            if content:
                content.entry = entry
        Content.objects.bulk_create((content for content in contents if content), batch_size=_BATCH)


def _content(state: State) -> Content | None:
    values: dict[str, Any] = {name: value for name, value in state.values.items() if value}
    return Content(salt=new_salt(), values=values, audience=written(state.audience or ())) if values else None


def forget(kind: str, keys: Collection[str], *, by: Principal) -> int:
    """Delete all that is kept of what some objects said, such as those of a person who is gone; that something was done to them stays.

    Gives how many contents were deleted.
    """
    with transaction.atomic():
        gone, _by_model = Content.objects.filter(entry__kind=kind, entry__key__in=keys).delete()
        record_keys(kind, sorted(keys), Action.FORGOTTEN, by=by)
    return gone


def forget_before(kind: str, day: dt.datetime, *, by: Principal, most: int = 500) -> int:
    """Delete contents that are older than their kind allows, oldest first, up to `most`; the newest content of an object stays while it is the present one.

    Gives how many contents were deleted.
    """
    with transaction.atomic():
        old = Content.objects.filter(entry__kind=kind, entry__at__lt=day).exclude(entry__in=_present(kind)).order_by("entry_id")
        keys = dict(old.values_list("entry", "entry__key")[:most])
        gone, _by_model = Content.objects.filter(entry__in=keys).delete()
        record_keys(kind, sorted(set(keys.values())), Action.FORGOTTEN, by=by)
    return gone


def _present(kind: str) -> Any:
    return Content.objects.filter(entry__kind=kind).values("entry__key").annotate(newest=Max("entry")).values("newest")
