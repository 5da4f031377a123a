# SPDX-License-Identifier: EUPL-1.2
"""Verbs: receive a file, take it over, undo it, drop it. The work itself is done by jobs."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record
from asskomm.core.clock import clock
from asskomm.core.imports.domain import files
from asskomm.core.imports.enums import BatchState
from asskomm.core.imports.models import Batch
from asskomm.core.imports.peek import check_name, recognise
from asskomm.core.imports.registry import IMPORTERS, Importer
from asskomm.core.imports.table import TableError
from asskomm.core.jobs.domain import orders
from asskomm.core.references import new_reference
from asskomm.core.visibility import Principal, require

TRAIL = "files"
READ, COMMIT, UNDO = "imports.read", "imports.commit", "imports.undo"
_CAN_COMMIT = (BatchState.READY, BatchState.COMMITTING)
_CAN_UNDO = (BatchState.LIVE, BatchState.COMMITTING, BatchState.UNDOING)
_CAN_DROP = (BatchState.READING, BatchState.READY, BatchState.REFUSED)


class DoorError(ValueError):
    """What is asked cannot be done as things stand; the message is a sentence."""


def receive(name: str, blocks: Iterable[bytes], *, by: Principal, importer: str = "") -> Batch:
    """Keep a file, find out what it is, and order its reading.

    Args:
        name: of the file.
        blocks: its content.
        importer: what it is; empty for finding out.

    Raises
    ------
        TableError: it is nothing that can be read in; nothing of it is kept.
        PermissionDenied: the reader may not read such files in.
    """
    reference = new_reference()
    try:
        sha256, size = files.store(reference, blocks)
        check_name(name, files.upload_of(reference))
        kind, reason = _kind(reference, importer, by)
        with transaction.atomic():
            batch = Batch.objects.create(
                reference=reference,
                importer=kind.key,
                reason=reason[:300],
                account=by.account,
                file_name=(name or _("Datei"))[:200],
                sha256=sha256,
                size=size,
                created_at=clock.now(),
            )
            record(TRAIL, [batch], Action.CREATED, by=by)
            return _ordered(batch, READ, by)
    except BaseException:
        files.remove(reference)
        raise


def _kind(reference: str, importer: str, by: Principal) -> tuple[Importer, str]:
    if not importer:
        kind, fit = recognise(files.upload_of(reference), by)
        return kind, fit.reason
    if importer not in IMPORTERS:
        raise TableError(_("„%(name)s“ kann nicht eingelesen werden. Möglich: %(known)s.") % {"name": importer, "known": ", ".join(IMPORTERS.keys())})
    require(IMPORTERS[importer].rule, by)
    return IMPORTERS[importer], ""


def _ordered(batch: Batch, task: str, by: Principal) -> Batch:
    batch.job = orders.order(task, {"batch": batch.reference}, by=by, title=batch.file_name)
    batch.save(update_fields=["job"])
    return batch


def take_over(batch: Batch, *, by: Principal, options: Mapping[str, str] | None = None) -> Batch:
    """Order that the accepted rows be written; a second call does nothing more, one after a break goes on.

    Raises
    ------
        DoorError: it does not wait for that.
        PermissionDenied: the reader may not read such files in.
    """
    with transaction.atomic():
        row = _locked(batch, by, _CAN_COMMIT)
        if row.state == BatchState.COMMITTING and _busy(row):
            return row  # a second click
        if row.state == BatchState.READY:
            row.options = _checked(row.kind, options or {})
        row.state = BatchState.COMMITTING
        row.save(update_fields=["state", "options"])
        record(TRAIL, [row], Action.TAKEN_OVER, by=by)
        return _ordered(row, COMMIT, by)


def _checked(kind: Importer, options: Mapping[str, str]) -> dict[str, str]:
    chosen = {name: options.get(name, option.default) for name, option in kind.options.items()}
    for name, value in chosen.items():
        if value not in [key for key, _label in kind.options[name].choices]:
            raise DoorError(_("„%(value)s“ steht bei „%(name)s“ nicht zur Wahl.") % {"value": value, "name": kind.options[name].label})
    return chosen


def undo(batch: Batch, *, by: Principal) -> Batch:
    """Order that everything the file made be undone, unless something of it was changed or used since.

    Raises
    ------
        DoorError: it cannot be undone; the sentence says what stands in the way.
        PermissionDenied: the reader may not read such files in.
    """
    with transaction.atomic():
        row = _locked(batch, by, _CAN_UNDO)
        if _busy(row):
            raise DoorError(_("Es läuft noch ein Auftrag für diese Datei. Warten Sie, bis er beendet ist."))
        if obstacles := row.kind.obstacles(row):
            raise DoorError(_("Rückgängig machen geht nicht mehr: %(obstacle)s") % {"obstacle": obstacles[0]})
        row.state = BatchState.UNDOING  # from here on no row of a bulk importer counts
        row.save(update_fields=["state"])
        record(TRAIL, [row], Action.UNDONE, by=by)
        return _ordered(row, UNDO, by)


def drop(batch: Batch, *, by: Principal) -> None:
    """Forget a file that was not taken over.

    Raises
    ------
        DoorError: it was taken over.
        PermissionDenied: it is not hers.
    """
    with transaction.atomic():
        row = _locked(batch, by, _CAN_DROP)
        if row.job and not row.job.ended:
            orders.cancel(row.job)
        row.state = BatchState.DROPPED
        row.save(update_fields=["state"])
        row.rejections.all().delete()
        record(TRAIL, [row], Action.REMOVED, by=by)
    files.remove(row.reference)


def _busy(batch: Batch) -> bool:
    return batch.job is not None and not batch.job.ended


def _locked(batch: Batch, by: Principal, states: Sequence[str]) -> Batch:
    row = Batch.objects.visible_to(by).select_for_update(of=("self",)).select_related("job").filter(pk=batch.pk).first()
    if row is None:
        raise PermissionDenied
    require(row.kind.rule, by)
    if row.state not in states:
        raise DoorError(_("Das geht nicht: Die Datei ist „%(state)s“.") % {"state": row.get_state_display()})
    return row
