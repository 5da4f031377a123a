# SPDX-License-Identifier: EUPL-1.2
"""Verbs: record, correct, confirm and withdraw events."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.alliance.domain import projection
from asskomm.alliance.domain.drafts import EventDraft, RefusalError, fingerprint
from asskomm.alliance.enums import Confirmation
from asskomm.alliance.models import Event, EventShare, Side
from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.search.domain.index import reindex
from asskomm.core.visibility import Principal, require

_BATCH = 500
TRAIL = "events"
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
        record(TRAIL, events, Action.CREATED, by=by)
    return events


def stage_events(drafts: Sequence[EventDraft], *, by: Principal) -> list[Event]:
    """Record events that count for nobody yet: each is closed in the moment of its birth, until a wave brings them in.

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
        record(TRAIL, events, Action.CREATED, by=by)
    return events


def index_events(references: Iterable[str]) -> None:
    """Let the search follow, a part after the other."""
    reindex("events", references)


def fingerprints_on(days: Iterable[dt.date], places: Collection[str]) -> set[Fingerprint]:
    """Give what is known of some days in some municipalities, or in none; whoever may see it."""
    same = Event.objects.current().filter(first_day__in=set(days))
    there = same.filter(municipalities__in=places) if places else same.filter(municipalities__isnull=True)
    return {fingerprint(event) for event in there.prefetch_related("municipalities", "parties").iterator(_BATCH)}


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
        record(TRAIL, [row], Action.CHANGED, by=by)
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
        record(TRAIL, [row], Action.WITHDRAWN, by=by)
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
    last.closed_at, last.closed_by_id, last.side = None, None, Side.ALWAYS
    for name, value in changes.items():
        setattr(last, name, value)
    last.save()
    for name, objects in related.items():
        getattr(last, name).set(objects)
    EventShare.objects.bulk_create(EventShare(event=last, organisation_id=key) for key in partners)
    projection.refresh({m.ags for m in related["municipalities"]})
    _index(last)
    record(TRAIL, [last], action, by=by)
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
