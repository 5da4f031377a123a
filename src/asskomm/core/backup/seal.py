# SPDX-License-Identifier: EUPL-1.2
"""The end of every archive: whose it is, its format, and the SHA-256 of every byte before; it lies in the comment of the ZIP file."""

import hashlib
import re
from io import SEEK_END, RawIOBase
from typing import BinaryIO

from typing_extensions import Buffer, override

FORMAT = 1
_BLOCK = 1024 * 1024
_DIGITS = 64
_MARK = b"ASSKOMM-BACKUP %04d sha256 "
_LENGTH = len(_MARK % 0) + _DIGITS
_END = re.compile(rb"ASSKOMM-BACKUP (\d{4}) sha256 ([0-9a-f]{64})")
BLANK = _MARK % FORMAT + b"0" * _DIGITS
"""The comment of a ZIP file that is written through a `Sealing`."""


class ArchiveError(ValueError):
    """An archive that cannot be taken; the message is one sentence."""


class Sealing(RawIOBase):
    """Passes on what is written, and puts the digest in the place of the blank at the end."""

    def __init__(self, target: BinaryIO) -> None:
        """Write to an open file."""
        self._target = target
        self._digest = hashlib.sha256()
        self._held = b""
        self._given_up = False

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, data: Buffer, /) -> int:
        block = bytes(data)
        if self._given_up:
            return len(block)
        self._held += block
        if len(self._held) > _DIGITS:
            self._digest.update(self._held[:-_DIGITS])
            self._target.write(self._held[:-_DIGITS])
            self._held = self._held[-_DIGITS:]
        return len(block)

    def give_up(self) -> None:
        """Let go of everything that still comes: a ZIP file writes its end even when the disk is full."""
        self._given_up = True

    def finish(self) -> None:
        """Write the digest; nothing may follow."""
        self._target.write(self._digest.hexdigest().encode())


def check_seal(source: BinaryIO) -> None:
    """Read everything and hold it to the seal.

    Raises
    ------
        ArchiveError: it is not ours, newer than this program, or damaged.
    """
    size = source.seek(0, SEEK_END)
    source.seek(max(0, size - _LENGTH))
    found = _END.fullmatch(source.read(_LENGTH))
    if not found:
        raise ArchiveError("Diese Datei ist keine Sicherung von ASSKomm, oder ihr Ende fehlt.")
    if int(found[1]) > FORMAT:
        raise ArchiveError("Diese Sicherung stammt von einem neueren Programm. Spielen Sie sie mit dessen Version ein.")
    if _digest_of(source, size - _DIGITS) != found[2].decode():
        raise ArchiveError("Diese Sicherung ist beschädigt: Ihre Prüfsumme stimmt nicht.")


def _digest_of(source: BinaryIO, size: int) -> str:
    digest = hashlib.sha256()
    source.seek(0)
    while size > 0:
        block = source.read(min(_BLOCK, size))
        digest.update(block)
        size -= len(block)
    return digest.hexdigest()
