# SPDX-License-Identifier: EUPL-1.2
"""Restore a backup, and make anew what is not in it because it follows from the rest."""

from dataclasses import dataclass

from asskomm.alliance.domain import projection_anew
from asskomm.core.backup import Archive
from asskomm.core.backup.domain import restoring
from asskomm.core.search.domain.index import rebuild as rebuild_index


@dataclass(frozen=True)
class Restored:
    """What is there now."""

    rows: int
    files: int
    strayed: int


def restore_all(archive: Archive) -> Restored:
    """Restore everything, and take the mark off only when it fits together."""
    restoring.restore(archive)
    strayed = projection_anew.differences()
    if strayed:
        projection_anew.rebuild()
    rebuild_index()
    restoring.finish()
    return Restored(sum(archive.manifest.tables.values()), sum(1 for _file in archive.files()), len(strayed))
