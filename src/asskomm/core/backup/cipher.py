# SPDX-License-Identifier: EUPL-1.2
"""A passphrase around an archive: scrypt makes the key, AES-256-GCM closes block after block, and the last block says that it is the last.

Source: the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár (2015); scrypt is RFC 7914.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from io import SEEK_CUR, SEEK_END, SEEK_SET, BufferedReader, RawIOBase
from typing import BinaryIO, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from typing_extensions import Buffer, override

from asskomm.core.backup.seal import FORMAT, ArchiveError

_MARK = b"ASSKOMM-CIPHER %04d\n"
_SALT, _PREFIX, _TAG = 16, 7, 16
_HEADER = len(_MARK % 0) + _SALT + _PREFIX
_BLOCK = 64 * 1024
_COST = 2**17
"""128 MB and about half a second for each guess."""

LEAST_LENGTH = 12


def is_enciphered(source: BinaryIO) -> bool:
    """Whether a file begins like one of ours that asks for a passphrase."""
    source.seek(0)
    return source.read(15) == _MARK[:15]


def _key(passphrase: str, header: bytes) -> AESGCM:
    salt = header[-_SALT - _PREFIX : -_PREFIX]
    return AESGCM(Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(passphrase.encode()))


def _nonce(header: bytes, number: int, *, last: bool) -> bytes:
    return header[-_PREFIX:] + number.to_bytes(4, "big") + bytes([last])


class _Enciphering(RawIOBase):
    """Closes each full block once another byte follows."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        self._target = target
        self._header = _MARK % FORMAT + secrets.token_bytes(_SALT + _PREFIX)
        self._aead = _key(passphrase, self._header)
        self._held = bytearray()
        self._number = 0
        target.write(self._header)

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, data: Buffer, /) -> int:
        block = bytes(data)
        self._held += block
        while len(self._held) > _BLOCK:
            self._put(bytes(self._held[:_BLOCK]), last=False)
            del self._held[:_BLOCK]
        return len(block)

    def finish(self) -> None:
        """Close the last block."""
        self._put(bytes(self._held), last=True)

    def _put(self, block: bytes, *, last: bool) -> None:
        self._target.write(self._aead.encrypt(_nonce(self._header, self._number, last=last), block, self._header))
        self._number += 1


@contextmanager
def enciphering(target: BinaryIO, passphrase: str) -> Iterator[BinaryIO]:
    """Give a file to write to that passes everything on enciphered.

    Raises
    ------
        ArchiveError: the passphrase is too short.
    """
    if len(passphrase) < LEAST_LENGTH:
        raise ArchiveError(f"Die Passphrase ist zu kurz. Sie muss mindestens {LEAST_LENGTH} Zeichen enthalten.")
    wrapped = _Enciphering(target, passphrase)
    yield cast("BinaryIO", wrapped)
    wrapped.finish()


class _Deciphering(RawIOBase):
    """Reads anywhere in an enciphered file; keeps one block."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        self._source = source
        source.seek(0)
        self._header = source.read(_HEADER)
        self._body = source.seek(0, SEEK_END) - _HEADER
        self._blocks = max(1, -(-self._body // (_BLOCK + _TAG)))
        self._size = self._body - self._blocks * _TAG
        self._place, self._number, self._open = 0, -1, b""
        self._check_header()
        self._aead = _key(passphrase, self._header)
        self._fetch(0)

    def _check_header(self) -> None:
        number = self._header[15:19]
        if self._size < 0 or not number.isdigit():
            raise ArchiveError("Diese Datei ist keine Sicherung von ASSKomm, oder ihr Ende fehlt.")
        if int(number) > FORMAT:
            raise ArchiveError("Diese Sicherung stammt von einem neueren Programm. Spielen Sie sie mit dessen Version ein.")

    def _fetch(self, number: int) -> bytes:
        if number != self._number:
            self._source.seek(_HEADER + number * (_BLOCK + _TAG))
            closed, last = self._source.read(_BLOCK + _TAG), number == self._blocks - 1
            try:
                self._open = self._aead.decrypt(_nonce(self._header, number, last=last), closed, self._header)
            except InvalidTag:
                wrong = "Die Passphrase passt nicht zu dieser Sicherung, oder die Sicherung ist beschädigt."
                raise ArchiveError("Diese Sicherung ist beschädigt: Sie lässt sich nicht ganz entschlüsseln." if number else wrong) from None
            self._number = number
        return self._open

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        self._place = max(0, offset + {SEEK_SET: 0, SEEK_CUR: self._place, SEEK_END: self._size}[whence])
        return self._place

    @override
    def tell(self) -> int:
        return self._place

    @override
    def readinto(self, buffer: Buffer, /) -> int:
        if self._place >= self._size:
            return 0
        number, begin = divmod(self._place, _BLOCK)
        view = memoryview(buffer)
        part = self._fetch(number)[begin : begin + len(view)]
        view[: len(part)] = part
        self._place += len(part)
        return len(part)


def deciphered(source: BinaryIO, passphrase: str) -> BinaryIO:
    """Give an enciphered file to read from.

    Raises
    ------
        ArchiveError: the passphrase does not fit, or the file is newer or damaged.
    """
    return BufferedReader(_Deciphering(source, passphrase), _BLOCK)
