# SPDX-License-Identifier: EUPL-1.2
"""Verbs: let two objects be one, and part them again."""

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.merging.models import Merge
from asskomm.core.merging.registry import MERGE_HANDLERS, MERGEABLE, MergeError
from asskomm.core.visibility import Principal, require


def merge(kind: str, *, kept: int, gone: int, by: Principal) -> Merge:
    """Let everything that belongs to the second object belong to the first, and hide the second.

    Raises
    ------
        MergeError: these two cannot be merged.
        PermissionDenied: the reader may not do so.
    """
    mergeable = MERGEABLE[kind]
    require(mergeable.rule, by)
    if kept == gone:
        raise MergeError(_("Wählen Sie zwei verschiedene."))
    with transaction.atomic():
        mergeable.lock(kept, gone)
        if obstacle := mergeable.obstacle(kept, gone):
            raise MergeError(obstacle)
        moved = {key: handler.move(kept, gone) for key, handler in MERGE_HANDLERS.items() if handler.kind == kind}
        mergeable.hide(gone, kept)
        record_keys(mergeable.trail, [str(kept), str(gone)], Action.MERGED, by=by)
        return Merge.objects.create(kind=kind, kept=kept, gone=gone, moved=moved, at=clock.now(), account=by.account)


def part(merged: Merge, *, by: Principal) -> Merge:
    """Let two objects that were merged be two again; what came to the first one since stays there.

    Raises
    ------
        MergeError: they are parted already, or one of them was merged again since.
        PermissionDenied: the reader may not do so.
    """
    mergeable = MERGEABLE[merged.kind]
    require(mergeable.rule, by)
    with transaction.atomic():
        mergeable.lock(merged.kept, merged.gone)
        row = Merge.objects.select_for_update().get(pk=merged.pk)
        if row.undone_at is not None:
            raise MergeError(_("Das ist schon wieder getrennt."))
        if Merge.objects.filter(kind=row.kind, undone_at__isnull=True, pk__gt=row.pk, gone=row.kept).exists():
            raise MergeError(_("Seitdem wurde noch einmal zusammengeführt. Trennen Sie das zuerst."))
        for key in reversed(MERGE_HANDLERS.keys()):  # what came last goes first, because one may need what another moved
            if key in row.moved:
                MERGE_HANDLERS[key].move_back(row.kept, row.gone, row.moved[key])
        mergeable.hide(row.gone, None)
        record_keys(mergeable.trail, [str(row.kept), str(row.gone)], Action.UNDONE, by=by)
        row.undone_at = clock.now()
        row.save(update_fields=["undone_at"])
    return row
