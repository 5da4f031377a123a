# SPDX-License-Identifier: EUPL-1.2
"""Verb: keep where data came from."""

import hashlib
from pathlib import Path
from typing import Any

from asskomm.core.clock import clock
from asskomm.core.provenance.models import Source


def keep_source(*, title: str, file_name: str, sha256: str, size: int, rows_used: int, **more: Any) -> Source:
    """Keep a source; `more` are publisher, licence, address, filters, whether it is public, and who read it in."""
    return Source.objects.create(title=title[:200], file_name=file_name[:200], sha256=sha256, size=size, rows_used=rows_used, retrieved=clock.today(), **more)


def keep_shipped(path: Path, *, title: str, rows_used: int, **more: Any) -> Source:
    """Keep a table that comes with the program, once as long as it is the same."""
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    known = Source.objects.filter(sha256=sha256, title=title).first()
    return known or keep_source(title=title, file_name=path.name, sha256=sha256, size=len(content), rows_used=rows_used, public=True, **more)
