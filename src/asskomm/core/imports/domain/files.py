# SPDX-License-Identifier: EUPL-1.2
"""Where uploaded files and their accepted rows lie until they are done with."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

_BLOCK = 1024 * 1024


def folder() -> Path:
    """Give the folder of files on their way in; it is part of the backup."""
    path = Path(settings.DATA_FOLDER) / "incoming"
    path.mkdir(exist_ok=True)
    return path


def upload_of(reference: str) -> Path:
    """Give the path of an uploaded file."""
    return folder() / reference


def accepted_of(reference: str) -> Path:
    """Give the path of the accepted rows of a file: one line of JSON each."""
    return folder() / f"{reference}.accepted"


def store(reference: str, blocks: Iterable[bytes]) -> tuple[str, int]:
    """Write a file block by block, and give its SHA-256 and size."""
    digest, size = hashlib.sha256(), 0
    with upload_of(reference).open("wb") as target:
        for block in blocks:
            target.write(block)
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size


def blocks_of(path: Path) -> Iterator[bytes]:
    """Give a file block by block."""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def remove(reference: str) -> None:
    """Delete what lies there of a batch."""
    upload_of(reference).unlink(missing_ok=True)
    accepted_of(reference).unlink(missing_ok=True)


def parts(reference: str, position: int, size: int) -> Iterator[tuple[list[tuple[int, Any]], int]]:
    """Give accepted items in parts, from a position in the file on, each with the position after it; what is of one row stays together."""
    with accepted_of(reference).open("rb") as file:
        file.seek(position)
        part: list[tuple[int, Any]] = []
        while line := file.readline():
            row, item = json.loads(line)
            if len(part) >= size and row != part[-1][0]:
                yield part, position
                part = []
            part.append((row, item))
            position = file.tell()
        if part:
            yield part, position
