# SPDX-License-Identifier: EUPL-1.2
"""The archive: a ZIP file with a table of contents, one member of JSON lines a table, and the files; whoever has it can read it without this program."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from types import TracebackType
from typing import Any, BinaryIO, Self, cast
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from asskomm.core.backup.seal import BLANK, FORMAT, ArchiveError, Sealing, check_seal

_MANIFEST = "manifest.json"
_TABLES, _FILES = "tables/", "files/"
_BLOCK = 1024 * 1024
_DAMAGED = "Diese Sicherung ist beschädigt: {name} stimmt nicht mit dem Verzeichnis überein."

__all__ = ["Archive", "ArchiveError", "ArchiveWriter", "Manifest"]


@dataclass
class Manifest:
    """What is in an archive.

    Args:
        program: the version that wrote it.
        taken_at: in UTC.
        vendor: the database it was read from.
        migrations: application and name of each one that had been applied.
        tables: numbers of rows by model.
        sequences: the last number given out, by table, so that none is given twice.
        members: SHA-256 by name.
    """

    program: str
    taken_at: str
    vendor: str
    migrations: list[list[str]]
    tables: dict[str, int] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


class ArchiveWriter:
    """Writes an archive front to back, without ever holding a table in memory."""

    def __init__(self, target: BinaryIO, manifest: Manifest) -> None:
        """Write to an open file."""
        self.manifest = manifest
        self._sealing = Sealing(target)
        self._zip = ZipFile(cast("BinaryIO", self._sealing), "w", ZIP_DEFLATED)

    def add_file(self, name: str, blocks: Iterable[bytes]) -> None:
        """Add a file of the data folder."""
        self._add(_FILES + name, blocks)

    def add_table(self, label: str, columns: list[str], rows: Iterable[list[Any]]) -> None:
        """Add a table: a line with the names of its columns, then a line a row."""
        self.manifest.tables[label] = 0
        self._add(f"{_TABLES}{label}.jsonl", self._lines(label, columns, rows))

    def _lines(self, label: str, columns: list[str], rows: Iterable[list[Any]]) -> Iterator[bytes]:
        yield _line(columns)
        for row in rows:
            self.manifest.tables[label] += 1
            yield _line(row)

    def _add(self, name: str, blocks: Iterable[bytes]) -> None:
        digest = hashlib.sha256()
        with self._zip.open(name, "w", force_zip64=True) as member:
            for block in blocks:
                member.write(block)
                digest.update(block)
        self.manifest.members[name] = digest.hexdigest()

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        """Finish where all went well."""
        if kind:
            self._sealing.give_up()
        else:
            self._finish()

    def _finish(self) -> None:
        """Write the table of contents and the seal."""
        self._zip.writestr(_MANIFEST, json.dumps(asdict(self.manifest), ensure_ascii=False, indent=1))
        self._zip.comment = BLANK
        self._zip.close()
        self._sealing.finish()


def _line(cells: list[Any]) -> bytes:
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Archive:
    """An archive whose every byte was checked."""

    def __init__(self, source: BinaryIO) -> None:
        """Check an open file.

        Raises
        ------
            ArchiveError: it is not ours, newer than this program, or damaged.
        """
        check_seal(source)
        try:
            self._zip = ZipFile(source)
            self.manifest = Manifest(**json.loads(self._zip.read(_MANIFEST)))
        except (BadZipFile, KeyError, TypeError, ValueError):
            raise ArchiveError(_DAMAGED.format(name=_MANIFEST)) from None
        self._check_members()

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        """Let go of it."""
        self._zip.close()

    def _check_members(self) -> None:
        members: Mapping[str, str] = self.manifest.members
        if sorted([*members, _MANIFEST]) != sorted(self._zip.namelist()):
            raise ArchiveError(_DAMAGED.format(name="Die Liste der Teile"))
        for name, expected in members.items():
            digest = hashlib.sha256()
            for block in self._blocks(name):
                digest.update(block)
            if digest.hexdigest() != expected or not _is_plain(name):
                raise ArchiveError(_DAMAGED.format(name=name))

    def _blocks(self, name: str) -> Iterator[bytes]:
        with self._zip.open(name) as member:
            while block := member.read(_BLOCK):
                yield block

    def table(self, label: str) -> tuple[list[str], Iterator[list[Any]]]:
        """Give the columns and, one by one, the rows of a table."""
        lines = self._lines(f"{_TABLES}{label}.jsonl")
        return next(lines), lines

    def _lines(self, name: str) -> Iterator[list[Any]]:
        with self._zip.open(name) as member:
            for line in member:
                yield json.loads(line)

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Give the files with their paths in the data folder, block by block."""
        for name in self.manifest.members:
            if name.startswith(_FILES):
                yield name.removeprefix(_FILES), self._blocks(name)


def _is_plain(name: str) -> bool:
    """Whether a path stays within its folder, whoever wrote it."""
    return "\\" not in name and all(part not in {"", ".", ".."} for part in name.split("/"))
