# SPDX-License-Identifier: EUPL-1.2
"""The jobs of the door: read a file, write its accepted rows part by part, undo them, clear away what is old."""

import json
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from django.db.models import Count
from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
from asskomm.core.imports.domain import files
from asskomm.core.imports.domain.forgetting import forget_persons
from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.found import Accepted, Duplicate, Found, Rejection, Repair
from asskomm.core.imports.models import Batch, MadeObject, RejectedRow
from asskomm.core.imports.registry import Made
from asskomm.core.imports.table import TableError
from asskomm.core.jobs import JobRefusalError, Runner
from asskomm.core.provenance.domain import keep_source

FIRST_ROWS = 20
_REJECTIONS_AT_ONCE = 500
_DUPLICATES_NAMED, _REPAIRS_NAMED = 1000, 300
_BREATH = 1.0  # after each part the database is left to others for as long as the part took


def _batch(run: Runner) -> Batch:
    return Batch.objects.get(reference=run.arguments["batch"])


def read(run: Runner) -> Mapping[str, Any]:
    """Read a file and sort its rows; may be done again from the start, nothing is written but the preview."""
    batch = _batch(run)
    if batch.state != BatchState.READING:
        return {}
    batch.rejections.all().delete()
    sorting = _Sorting(batch)
    try:
        with files.accepted_of(batch.reference).open("w", encoding="utf-8") as target:
            for number, found in enumerate(batch.kind.open(run.principal, {}).read(files.upload_of(batch.reference))):
                sorting.take(found, target)
                if number % 200 == 0:
                    run.progress(min(sorting.read, sorting.guess), sorting.guess)
        sorting.flush()
    except TableError as fault:
        _refuse(batch, str(fault))
        raise JobRefusalError(str(fault)) from None
    except FileNotFoundError:
        _refuse(batch, _("Die Datei ist nicht mehr da. Laden Sie sie noch einmal hoch."))
        raise JobRefusalError(_("Die Datei ist nicht mehr da. Laden Sie sie noch einmal hoch.")) from None
    sorting.save()
    return {"accepted": batch.accepted, "rejected": batch.rejected, "duplicates": batch.duplicates}


def _refuse(batch: Batch, sentence: str) -> None:
    batch.state, batch.fault = BatchState.REFUSED, sentence[:500]
    batch.save(update_fields=["state", "fault"])
    batch.rejections.all().delete()
    files.remove(batch.reference)


class _Sorting:
    """Counts and keeps what a reader finds; memory holds a few hundred rows, and no list grows with the file."""

    def __init__(self, batch: Batch) -> None:
        self.batch, self.read = batch, 0
        self.guess = max(1, batch.size // 60)  # about the length of a line; the bar only has to move
        self.accepted, self._last = 0, -1
        self.duplicates = 0
        self.duplicate_rows: list[int] = []
        self.repairs: Counter[str] = Counter()
        self.first: list[Sequence[str]] = []
        self._waiting: list[Rejection] = []

    def take(self, found: Found, target: TextIO) -> None:
        self.read += 1
        if isinstance(found, Accepted):
            self.accepted += found.row != self._last  # a row may hold several items, one after another
            self._last = found.row
            target.write(json.dumps([found.row, found.item], ensure_ascii=False) + "\n")
            if len(self.first) < FIRST_ROWS:
                self.first.append([str(found.row), *found.shown])
        elif isinstance(found, Rejection):
            self._waiting.append(found)
            if len(self._waiting) >= _REJECTIONS_AT_ONCE:
                self.flush()
        elif isinstance(found, Duplicate):
            self.duplicates += 1
            if len(self.duplicate_rows) < _DUPLICATES_NAMED:
                self.duplicate_rows.append(found.row)
        elif isinstance(found, Repair):
            known = found.text in self.repairs or len(self.repairs) < _REPAIRS_NAMED
            self.repairs[found.text if known else _("Weitere Ausbesserungen")] += 1

    def flush(self) -> None:
        RejectedRow.objects.bulk_create(_rejected(self.batch, rejection) for rejection in self._waiting)
        self._waiting = []

    def save(self) -> None:
        batch = self.batch
        rejected = batch.rejections.filter(row__gt=0).aggregate(rows=Count("row", distinct=True))["rows"]
        batch.accepted, batch.rejected, batch.duplicates = self.accepted, rejected, self.duplicates
        batch.repairs, batch.first_rows, batch.duplicate_rows = dict(self.repairs), self.first, self.duplicate_rows
        batch.state = BatchState.READY
        batch.save()


def _rejected(batch: Batch, rejection: Rejection) -> RejectedRow:
    r = rejection
    return RejectedRow(batch=batch, row=r.row, column=r.column[:60], value=r.value[:300], reason=r.reason[:500], nearest=r.nearest[:200])


def commit(run: Runner) -> Mapping[str, Any]:
    """Write the accepted rows part by part, each once whoever dies, and let them go live at the end in one row."""
    batch = _batch(run)
    if batch.state == BatchState.COMMITTING:
        _bring_in(run, batch)
    if batch.state == BatchState.LIVE:
        deque(_in_parts(run, batch.kind.follow(batch)), maxlen=0)
    return {"written": batch.written}


def _bring_in(run: Runner, batch: Batch) -> None:
    kind = batch.kind
    session = kind.open(run.principal, batch.options)
    ahead = batch.accepted + batch.rejected + (batch.accepted if kind.prepared_at_once else 0)
    try:
        for part, position in files.parts(batch.reference, batch.position, kind.part):
            session.look_ahead(part)
            began = time.monotonic()
            with run.step():
                _keep(batch, {row for row, _item in part}, session.write(part, batch), position)
            run.progress(batch.written + batch.rejected, ahead)
            time.sleep(min(_BREATH * (time.monotonic() - began), 0.2))
    except FileNotFoundError:
        raise JobRefusalError(_("Die gelesenen Zeilen sind nicht mehr da. Machen Sie die Datei rückgängig, und laden Sie sie noch einmal hoch.")) from None
    for number, _done in enumerate(_in_parts(run, kind.prepare(batch, run.principal))):
        run.progress(min(batch.accepted + batch.rejected + number * kind.prepared_at_once, ahead), ahead)
    count = kind.going_live(batch)
    with run.step():
        batch.written = count()
        _go_live(batch)
    files.remove(batch.reference)


def _in_parts(run: Runner, parts: Iterator[Callable[[], None]]) -> Iterator[None]:
    """Do parts in a transaction each, with a breath between for whoever waits to write; stop at each for whoever tells how far it is."""
    for part in parts:
        began = time.monotonic()
        with run.step():
            part()
        yield
        time.sleep(min(_BREATH * (time.monotonic() - began), 0.2))


def _keep(batch: Batch, rows: set[int], outcomes: Sequence[Made | Rejection], position: int) -> None:
    """Note what was made, what has become impossible since the preview, and how far it is."""
    made = [outcome for outcome in outcomes if isinstance(outcome, Made)]
    late = [outcome for outcome in outcomes if isinstance(outcome, Rejection)]
    if not batch.kind.bulk:
        MadeObject.objects.bulk_create(MadeObject(batch=batch, key=m.key, before=dict(m.before)) for m in made)
    RejectedRow.objects.bulk_create(_rejected(batch, rejection) for rejection in late)
    batch.refresh_from_db(fields=["written", "rejected"])
    refused = {rejection.row for rejection in late} & rows
    batch.written += len(rows - refused)
    batch.rejected += len(refused)
    batch.position = position
    batch.save(update_fields=["written", "rejected", "position"])


def _go_live(batch: Batch) -> None:
    origin = batch.kind.origin_of(batch)
    batch.source = keep_source(
        title=str(batch.kind.name),
        file_name=batch.file_name,
        sha256=batch.sha256,
        size=batch.size,
        rows_used=batch.written,
        publisher=str(origin.publisher),
        licence=origin.licence,
        address=origin.address,
        filters=_left_out(batch),
        public=origin.public,
        account=batch.account,
    )
    batch.state, batch.live_at = BatchState.LIVE, clock.now()
    batch.save(update_fields=["source", "state", "live_at", "written"])
    forget_persons(batch)


def _left_out(batch: Batch) -> str:
    left = batch.rejected + batch.duplicates
    if left and batch.kind.partly:
        return _("%(count)s Zeilen waren nicht oder nur zum Teil lesbar") % {"count": Estimate(left)}
    return _("ohne %(count)s Zeilen, die nicht lesbar oder schon bekannt waren") % {"count": Estimate(left)} if left else ""


def undo(run: Runner) -> Mapping[str, Any]:
    """Undo what a batch made, part by part, the newest first."""
    batch = _batch(run)
    if batch.state != BatchState.UNDOING:
        return {}
    deque(_in_parts(run, batch.kind.before_undo(batch, run.principal)), maxlen=0)
    undone = sum(_undo_parts(run, batch))
    with run.step():
        batch.state, batch.undone_at = BatchState.UNDONE, clock.now()
        batch.save(update_fields=["state", "undone_at"])
        forget_persons(batch)  # one that never went live has them still
    files.remove(batch.reference)
    return {"undone": undone}


def _undo_parts(run: Runner, batch: Batch) -> Iterator[int]:
    kind, total = batch.kind, batch.written
    left = True
    while left:
        began = time.monotonic()
        rows = list(batch.made.order_by("-pk")[: kind.undo_part])
        undo_part = kind.undoing([Made(m.key, m.before) for m in rows], batch, run.principal)
        with run.step():
            count = undo_part()
            batch.made.filter(pk__in=[m.pk for m in rows]).delete()
            left = bool(rows) or (kind.bulk and count > 0)
        yield count
        run.progress(total - batch.made.count(), total)
        time.sleep(min(_BREATH * (time.monotonic() - began), 0.2))
