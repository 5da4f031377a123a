# SPDX-License-Identifier: EUPL-1.2
"""Verbs: record, correct, confirm and withdraw events."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from asskomm.alliance.domain import projection
from asskomm.alliance.domain.drafts import EventDraft, RefusalError, fingerprint
from asskomm.alliance.domain.facts import now_known
from asskomm.alliance.enums import Confirmation
from asskomm.alliance.models import Event, EventQuerySet, EventShare
from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record, record_keys
from asskomm.core.clock import clock
from asskomm.core.search.domain.index import reindex
from asskomm.core.visibility import Principal, require

_BATCH = 500
_TRAIL = "events"
Fingerprint = tuple[object, ...]


class Verb(Protocol):
    """A verb that needs nothing but the event and who does it."""

    def __call__(self, event: Event, *, by: Principal) -> Event:
        """Do it."""


def record_event(draft: EventDraft, *, by: Principal) -> Event:
    """Record one event.

    Raises
    ------
        RefusalError: the draft says something that cannot be.
        PermissionDenied: the reader's function does not allow it.
    """
    return record_events([draft], by=by)[0]


def record_events(drafts: Sequence[EventDraft], *, by: Principal, recorded_at: Sequence[dt.datetime] | None = None) -> list[Event]:
    """Record several events in one transaction; `recorded_at` is for batch loads of histories only.

    Raises
    ------
        RefusalError, PermissionDenied: as `record_event`; then nothing is recorded.
    """
    _allow(drafts, by)
    times = recorded_at or [clock.now()] * len(drafts)
    rows = [_row(draft, by, time) for draft, time in zip(drafts, times, strict=True)]
    with transaction.atomic():
        events = Event.objects.bulk_create(rows, batch_size=_BATCH)
        _relate(events, drafts)
        projection.refresh({m.ags for draft in drafts for m in draft.municipalities})
        _index(*events)
        record(_TRAIL, events, Action.CREATED, by=by)
    return events


def stage_events(drafts: Sequence[EventDraft], *, by: Principal) -> list[Event]:
    """Record events that count for nobody yet: each is closed in the moment of its birth, until `open_staged`.

    Raises
    ------
        RefusalError, PermissionDenied: as `record_event`; then nothing is recorded.
    """
    _allow(drafts, by)
    now = clock.now()
    rows = [_row(draft, by, now) for draft in drafts]
    for row in rows:
        row.closed_at = now
    with transaction.atomic():
        events = Event.objects.bulk_create(rows, batch_size=_BATCH)
        _relate(events, drafts)
        record(_TRAIL, events, Action.CREATED, by=by)
    return events


@dataclass(frozen=True)
class Opening:
    """Staged events that are about to count, with all that could be worked out before the transaction that opens them."""

    staged: Sequence[Event]
    known: Mapping[int, Fingerprint]
    planned: projection.Plan


def prepare_opening(events: EventQuerySet) -> Opening:
    """Read staged events and what is known, and work out what will change; takes as long as it takes, and holds nobody up."""
    waiting = events.filter(version=1, closed_at=F("recorded_at"))
    staged = list(waiting.prefetch_related("municipalities", "parties").order_by("pk"))
    known = _known_on({event.first_day for event in staged})
    marks = set(known.values())
    new = [event.pk for event in staged if fingerprint(event) not in marks]

    def known_then(path: str = "") -> Q:
        return now_known(path) | Q(**{f"{path}pk__in": new})

    return Opening(staged, known, projection.plan({m.ags for event in staged for m in event.municipalities.all()}, known_then))


def open_staged(opening: Opening) -> int:
    """Let staged events count from now on, all at once; those that are known by now stay closed. Give how many count; `index_events` comes after."""
    with transaction.atomic():
        projection.lock(opening.planned.touched)  # before looking: the same file may go live beside
        known = _still_known(opening)
        new = [event for event in opening.staged if fingerprint(event) not in known]
        for part in (new[begin : begin + _BATCH] for begin in range(0, len(new), _BATCH)):
            Event.objects.filter(pk__in=[event.pk for event in part]).update(closed_at=None, recorded_at=clock.now())
        projection.carry_out(opening.planned)
    return len(new)


def index_events(references: Iterable[str]) -> None:
    """Let the search follow, a part after the other."""
    reindex("events", references)


def _known_on(days: Iterable[dt.date]) -> dict[int, Fingerprint]:
    same = Event.objects.current().filter(first_day__in=set(days))
    return {event.pk: fingerprint(event) for event in same.prefetch_related("municipalities", "parties")}


def _still_known(opening: Opening) -> set[Fingerprint]:
    """Give what is known now, from what was known before: only what came since is read again, and what went is left out."""
    days = {event.first_day for event in opening.staged}
    there = set(Event.objects.current().filter(first_day__in=days).values_list("pk", flat=True))
    since = Event.objects.filter(pk__in=there - opening.known.keys()).prefetch_related("municipalities", "parties")
    return {mark for pk, mark in opening.known.items() if pk in there} | set(map(fingerprint, since))


def fingerprints_on(days: Iterable[dt.date]) -> set[Fingerprint]:
    """Give what is known of some days, whoever may see it."""
    return set(_known_on(days).values())


@dataclass(frozen=True)
class Withdrawal:
    """Events that are about to be withdrawn, with what will change."""

    events: Sequence[Event]
    planned: projection.Plan


def prepare_withdrawal(events: EventQuerySet, *, by: Principal) -> Withdrawal:
    """Work out before the transaction what changes when several events are withdrawn.

    Raises
    ------
        PermissionDenied: one of them is not hers to change.
    """
    rows = list(events.current().prefetch_related("municipalities").order_by("pk"))
    for event in rows:
        require("alliance.change_event", by, event)

    def known_then(path: str = "") -> Q:
        return now_known(path) & ~Q(**{f"{path}pk__in": [event.pk for event in rows]})

    return Withdrawal(rows, projection.plan({m.ags for event in rows for m in event.municipalities.all()}, known_then))


def withdraw_events(withdrawal: Withdrawal, *, by: Principal) -> int:
    """Withdraw several events at once; give how many were still open."""
    rows, closed = withdrawal.events, 0
    with transaction.atomic():
        projection.lock(withdrawal.planned.touched)
        for part in (rows[begin : begin + _BATCH] for begin in range(0, len(rows), _BATCH)):
            closed += Event.objects.current().filter(pk__in=[event.pk for event in part]).update(closed_at=clock.now(), closed_by=by.account)
        projection.carry_out(withdrawal.planned)
        _index(*rows)
        record_keys(_TRAIL, [event.reference for event in rows], Action.WITHDRAWN, by=by)
    return closed


def _allow(drafts: Sequence[EventDraft], by: Principal) -> None:
    today = clock.today()
    for draft in drafts:
        draft.check(today)
        require("alliance.record_event", by, draft)


def correct_event(event: Event, draft: EventDraft, *, by: Principal) -> Event:
    """Close the open version and add the next; both stay readable.

    Raises
    ------
        RefusalError, PermissionDenied: as `record_event`.
    """
    draft.check(clock.today())
    require("alliance.change_event", by, event)
    require("alliance.record_event", by, draft)
    with transaction.atomic():
        before = _close(event, by)
        row = _row(draft, by, before.closed_at or clock.now())
        row.reference, row.version = before.reference, before.version + 1
        row.save()
        _relate([row], [draft])
        projection.refresh({m.ags for m in (*before.municipalities.all(), *draft.municipalities)})
        _index(row)
        record(_TRAIL, [row], Action.CHANGED, by=by)
    return row


def confirm_event(event: Event, *, by: Principal) -> Event:
    """Let the state council confirm a reported event; the reported version stays readable."""
    require("alliance.confirm_event", by, event)
    with transaction.atomic():
        return _copy(_close(event, by), by, Action.CONFIRMED, status=Confirmation.CONFIRMED)


def withdraw_event(event: Event, *, by: Principal) -> Event:
    """Close an event for good; it stays in the history and counts no longer."""
    require("alliance.change_event", by, event)
    with transaction.atomic():
        row = _close(event, by)
        projection.refresh({m.ags for m in row.municipalities.all()})
        _index(row)
        record(_TRAIL, [row], Action.WITHDRAWN, by=by)
    return row


def restore_event(event: Event, *, by: Principal) -> Event:
    """Take a withdrawal back by opening the last version again as a new one."""
    require("alliance.change_event", by, event)
    with transaction.atomic():
        last = Event.objects.select_for_update().filter(reference=event.reference).order_by("-version")[0]
        if last.closed_at is None:
            return last
        last.closed_at = clock.now()
        return _copy(last, by, Action.RESTORED)


def _close(event: Event, by: Principal) -> Event:
    row = Event.objects.select_for_update().get(pk=event.pk)
    if row.closed_at is not None:
        raise RefusalError("", _("Das Ereignis wurde inzwischen von jemand anderem geändert. Laden Sie die Seite neu."))
    row.closed_at, row.closed_by_id = clock.now(), by.account
    row.save(update_fields=["closed_at", "closed_by"])
    return row


def _copy(last: Event, by: Principal, action: Action, **changes: object) -> Event:
    related = {name: list(getattr(last, name).all()) for name in ("municipalities", "parties", "fields")}
    partners = [share.organisation_id for share in last.shares.all()]
    last.pk, last._state.adding = None, True  # noqa: SLF001 -- Django's documented way to copy a row
    last.version, last.recorded_at, last.recorded_by_id = last.version + 1, last.closed_at or clock.now(), by.account
    last.closed_at, last.closed_by_id = None, None
    for name, value in changes.items():
        setattr(last, name, value)
    last.save()
    for name, objects in related.items():
        getattr(last, name).set(objects)
    EventShare.objects.bulk_create(EventShare(event=last, organisation_id=key) for key in partners)
    projection.refresh({m.ags for m in related["municipalities"]})
    _index(last)
    record(_TRAIL, [last], action, by=by)
    return last


def _index(*events: Event) -> None:
    reindex("events", [event.reference for event in events])


def _row(draft: EventDraft, by: Principal, recorded_at: dt.datetime) -> Event:
    return Event(
        recorded_at=recorded_at,
        recorded_by_id=by.account,
        kind=draft.kind,
        first_day=draft.span.first,
        precision=draft.span.precision.value,
        counts_from=draft.span.last,
        reported_by=draft.reported_by,
        status=draft.status,
        amount=draft.amount,
        measures=dict(draft.measures),
        valid_until=draft.valid_until,
        note=draft.note,
        document_url=draft.document_url,
        source=draft.source,
        visibility=draft.visibility,
        owner=draft.owner,
        example=draft.example,
    )


def _relate(events: Sequence[Event], drafts: Sequence[EventDraft]) -> None:
    pairs = list(zip(events, drafts, strict=True))
    places, parties, fields = Event.municipalities.through, Event.parties.through, Event.fields.through
    places.objects.bulk_create((places(event=e, municipality=m) for e, d in pairs for m in d.municipalities), batch_size=_BATCH)
    parties.objects.bulk_create((parties(event=e, organisation=o) for e, d in pairs for o in d.parties), batch_size=_BATCH)
    fields.objects.bulk_create((fields(event=e, fieldofaction=f) for e, d in pairs for f in d.fields), batch_size=_BATCH)
    EventShare.objects.bulk_create((EventShare(event=e, organisation=o) for e, d in pairs for o in d.partners), batch_size=_BATCH)
