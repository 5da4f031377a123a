# SPDX-License-Identifier: EUPL-1.2
"""Make a data folder ready: tables, shipped data, and the example where it is wanted."""

import hashlib
from pathlib import Path

from django.db import connection

from asskomm.alliance.domain import projection_anew
from asskomm.alliance.domain.kinds import load_kinds
from asskomm.alliance.example import load_example
from asskomm.alliance.models import EventKind
from asskomm.config.upgrading import bring_up_to_date, pending
from asskomm.core.installation.domain import is_example, note_shipped, settle_installation, shipped_changed
from asskomm.core.search import analysis
from asskomm.core.search.domain.index import rebuild as rebuild_index
from asskomm.events.example import load_example_gatherings
from asskomm.library.load import load_fields
from asskomm.people.domain.load import load_organisations
from asskomm.people.example import load_example_people
from asskomm.publishing.domain.handbook import folder as handbook_folder
from asskomm.publishing.example import load_example_press
from asskomm.territory.domain.load import load_territory

PACKAGE = Path(__file__).resolve().parent.parent


def prepare(*, example: bool) -> None:
    """Bring the database to this version; an existing folder stays what it is."""
    if pending():
        bring_up_to_date(lambda: _follow(example=example))
    else:
        _follow(example=example)
    if is_example():
        load_example_people()
        load_example()
        load_example_press()
        load_example_gatherings()
    _count_rows()


def _follow(*, example: bool) -> None:
    """Say what the folder is, and load what the program ships where that has changed."""
    settle_installation(example=example)
    if shipped_changed(digest := shipped_digest()):
        load_shipped()
        rebuild_index()
        note_shipped(digest)


def _count_rows() -> None:
    """Tell the embedded database how its rows are spread, so that it picks the right index; PostgreSQL finds out by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def shipped_digest() -> str:
    """Give a digest of all shipped tables, and of what the search makes of them, so that they are loaded once a version."""
    digest = hashlib.sha256(str(analysis.VERSION).encode())
    for path in sorted([*PACKAGE.glob("*/data/*.*"), *PACKAGE.glob("core/*/data/*.*"), *handbook_folder().glob("*.md")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def load_shipped() -> None:
    """Load what every installation holds; where a kind changed what it does, fold everything anew."""
    before = _effects()
    load_territory()
    load_organisations()
    load_fields()
    load_kinds()
    if before and before != _effects():
        projection_anew.rebuild()


def _effects() -> list[tuple[object, ...]]:
    return list(EventKind.objects.order_by("key").values_list("key", "begins", "ends"))
