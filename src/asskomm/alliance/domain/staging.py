# SPDX-License-Identifier: EUPL-1.2
"""Verbs: keep an uploaded file until its preview is taken over or dropped."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from asskomm.alliance.models import StagedImport
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal
from asskomm.people.models import Account

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

KEPT = dt.timedelta(days=1)


def stage(file: "UploadedFile[bytes]", *, by: Principal) -> StagedImport:
    """Keep a file, and delete what is older than a day."""
    for old in StagedImport.objects.filter(created_at__lt=clock.now() - KEPT):
        drop(old)
    folder = Path(settings.DATA_FOLDER) / "incoming"
    folder.mkdir(exist_ok=True)
    staged = StagedImport(account=Account.objects.get(pk=by.account or 0), created_at=clock.now(), file_name=(file.name or "")[:200])
    staged.path = str(folder / staged.key)
    with Path(staged.path).open("wb") as target:
        target.writelines(file.chunks())
    staged.save()
    return staged


def claim(staged: StagedImport) -> bool:
    """Take the right to take a file over; whoever comes second, as with a double click, gets none.

    Call it within the transaction that records the events.
    """
    return StagedImport.objects.filter(key=staged.key).delete()[0] == 1


def drop(staged: StagedImport) -> None:
    """Delete the row and its file."""
    Path(staged.path).unlink(missing_ok=True)
    StagedImport.objects.filter(key=staged.key).delete()
