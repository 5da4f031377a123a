# SPDX-License-Identifier: EUPL-1.2
"""Where files lie that are only kept and passed on. One that nothing names any more goes in the night, so that a backup just taken has all it names."""

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from asskomm.core.references import new_reference

STRAY_SECONDS = 24 * 3600
_BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Shelf:
    """A folder of files under references.

    Args:
        name: of the folder within `files/` of the data folder.
        known: gives the references that rows name.
    """

    name: str
    known: Callable[[], Iterable[str]]

    def keep(self, file: IO[bytes]) -> tuple[str, str, int]:
        """Write a file under a new name, whole or not at all, and give the name, its SHA-256 and its size."""
        reference, digest, size = new_reference(), hashlib.sha256(), 0
        draft = self._folder() / f"{reference}.upload"
        file.seek(0)
        with draft.open("wb") as target:
            while block := file.read(_BLOCK):
                target.write(block)
                digest.update(block)
                size += len(block)
            target.flush()
            os.fsync(target.fileno())
        draft.rename(self._folder() / reference)
        return reference, digest.hexdigest(), size

    def path_of(self, reference: str) -> Path:
        """Give where a file lies."""
        return self._folder() / reference

    def clear(self) -> int:
        """Delete files that belong to nothing any more; give how many."""
        known, old = set(self.known()), time.time() - STRAY_SECONDS
        stray = [path for path in self._folder().iterdir() if path.name not in known and path.stat().st_mtime < old]
        for path in stray:
            path.unlink(missing_ok=True)
        return len(stray)

    def named(self) -> Iterator[str]:
        """Give the paths, within the data folder, of all files that a row names."""
        for reference in self.known():
            yield f"files/{self.name}/{reference}"

    def _folder(self) -> Path:
        path = Path(settings.MEDIA_ROOT) / self.name
        path.mkdir(parents=True, exist_ok=True)
        return path


def digest_of(file: IO[bytes]) -> str:
    """Give the SHA-256 of a file."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
