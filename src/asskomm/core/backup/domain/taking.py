# SPDX-License-Identifier: EUPL-1.2
"""Verb: take a backup while everybody goes on working."""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from asskomm.core.backup.archive import ArchiveError, ArchiveWriter, Manifest
from asskomm.core.backup.cipher import enciphering
from asskomm.core.backup.models import TakenBackup
from asskomm.core.backup.numbers import last_numbers
from asskomm.core.backup.rows import columns_of, models_of, plain, rows_of
from asskomm.core.clock import clock
from asskomm.core.database.snapshot import snapshot

FOLDERS = ("files", "incoming")
"""What of the data folder goes along, beside the database."""

_BLOCK = 1024 * 1024
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def take_backup(path: Path, *, program: str, passphrase: str | None = None, older: bool = False) -> Manifest:
    """Write the archive; under its name it is whole or not there.

    Args:
        path: must not exist.
        program: the version that writes.
        passphrase: enciphers the archive.
        older: whether the database may be in a state before that of this program.

    Raises
    ------
        ArchiveError: the file exists, the database has not the state of this program, the passphrase is too short, or the disk is full.
        OSError: the folder cannot be written to.
    """
    if path.exists():
        raise ArchiveError(f"Die Datei {path} gibt es schon.")
    with _draft_of(path) as file, _through(file, passphrase) as target, snapshot(), ArchiveWriter(target, _manifest(program, older=older)) as writer:
        models = models_of(_apps_of(writer.manifest) if older else apps)
        for name, found in kept_files():
            writer.add_file(name, _blocks(found))
        for label, model in models.items():
            writer.add_table(label, columns_of(model), rows_of(model))
        writer.manifest.sequences = last_numbers(models.values())
    _note(path, enciphered=passphrase is not None)
    return writer.manifest


def _note(path: Path, *, enciphered: bool) -> None:
    """Note that there is a backup; the backup counts all the same where nothing can be written."""
    with contextlib.suppress(DatabaseError):
        TakenBackup.objects.update_or_create(number=1, defaults={"taken_at": clock.now(), "size": path.stat().st_size, "enciphered": enciphered})


def _through(file: BinaryIO, passphrase: str | None) -> AbstractContextManager[BinaryIO]:
    return nullcontext(file) if passphrase is None else enciphering(file, passphrase)


@contextmanager
def _draft_of(path: Path) -> Iterator[BinaryIO]:
    """Open a file of another name that gets its own when all went well, and else is gone."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except OSError as fault:
        if fault.errno in _NO_ROOM:
            raise ArchiveError(f"Der Platz in {path.parent} reicht für die Sicherung nicht.") from None
        raise
    finally:
        draft.unlink(missing_ok=True)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Let the name outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _apps_of(manifest: Manifest) -> StateApps:
    """Give the models as they were when the last of the migrations was made."""
    nodes = [(app, name) for app, name in manifest.migrations]
    return MigrationExecutor(connection).loader.project_state(nodes).apps


def _manifest(program: str, *, older: bool) -> Manifest:
    executor = MigrationExecutor(connection)
    if not older and executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise ArchiveError("Die Datenbank hat noch nicht den Stand dieses Programms. Führen Sie zuerst „asskomm up --prepare-only“ aus.")
    applied = [list(key) for key in sorted(executor.loader.applied_migrations) if key in executor.loader.graph.nodes]
    return Manifest(program=program, taken_at=plain(clock.now()), vendor=connection.vendor, migrations=applied)


def kept_files() -> list[tuple[str, Path]]:
    """Give the files of the data folder that go along, by their paths in it; not what is just being uploaded."""
    root = Path(settings.DATA_FOLDER)
    found = [path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file() and not path.is_symlink()]
    return [(path.relative_to(root).as_posix(), path) for path in sorted(found) if ".upload" not in path.name]


def _blocks(path: Path) -> Iterator[bytes]:
    """Give a file block by block; nothing where it went away in between."""
    with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block
