# SPDX-License-Identifier: EUPL-1.2
"""What is enciphered comes out the same with the passphrase, and not at all without it or changed."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asskomm.core.backup import cipher
from asskomm.core.backup.cipher import deciphered, enciphering, is_enciphered
from asskomm.core.backup.seal import ArchiveError

PASSPHRASE = "Regenschirm am Markt"
CONTENT = bytes(range(256)) * 700  # three blocks
WRONG = "Die Passphrase passt nicht zu dieser Sicherung, oder die Sicherung ist beschädigt."
DAMAGED = "Diese Sicherung ist beschädigt: Sie lässt sich nicht ganz entschlüsseln."
NEWER = "Diese Sicherung stammt von einem neueren Programm. Spielen Sie sie mit dessen Version ein."
FOREIGN = "Diese Datei ist keine Sicherung von ASSKomm, oder ihr Ende fehlt."


@pytest.fixture(autouse=True, scope="module")
def _cheap_keys() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cipher, "_COST", 2)
        yield


def closed(content: bytes) -> bytes:
    target = BytesIO()
    with enciphering(target, PASSPHRASE) as file:
        for begin in range(0, len(content), 50_001):
            file.write(content[begin : begin + 50_001])
    return target.getvalue()


def refusal(content: bytes, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(ArchiveError) as refused:
        deciphered(BytesIO(content), passphrase).read()
    return str(refused.value)


@given(st.integers(0, len(CONTENT)), st.integers(0, len(CONTENT)), st.integers(0, 200_000))
def test_what_went_in_comes_out_from_any_place(length: int, begin: int, size: int) -> None:
    found = closed(CONTENT[:length])
    assert is_enciphered(BytesIO(found))
    file = deciphered(BytesIO(found), PASSPHRASE)
    assert file.read() == CONTENT[:length]
    file.seek(begin)
    assert file.read(size) == CONTENT[:length][begin : begin + size]


@settings(max_examples=300)
@given(st.data())
def test_no_byte_can_be_flipped_behind_the_mark(data: st.DataObject) -> None:
    harmed = bytearray(closed(CONTENT))
    harmed[data.draw(st.integers(15, len(harmed) - 1))] ^= data.draw(st.integers(1, 255))
    assert refusal(bytes(harmed)) in {WRONG, DAMAGED, NEWER, FOREIGN}


@given(st.data())
def test_nothing_can_be_cut_off_or_put_behind(data: st.DataObject) -> None:
    found = closed(CONTENT)
    assert refusal(found[: data.draw(st.integers(15, len(found) - 1))]) in {WRONG, DAMAGED, FOREIGN}
    assert refusal(found + data.draw(st.binary(min_size=1))) in {WRONG, DAMAGED}


def test_a_block_cannot_be_left_out_or_moved() -> None:
    found, block = closed(CONTENT), 64 * 1024 + 16
    first, second = found[43 : 43 + block], found[43 + block : 43 + 2 * block]
    assert refusal(found[:43] + first + found[43 + 2 * block :]) == DAMAGED
    assert refusal(found[: 43 + block]) == WRONG
    assert refusal(found[:43] + second + first + found[43 + 2 * block :]) == WRONG


def test_another_passphrase_opens_nothing() -> None:
    assert refusal(closed(CONTENT), "Regenschirm im Markt") == WRONG


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(ArchiveError, match=r"^Die Passphrase ist zu kurz\. Sie muss mindestens 12 Zeichen enthalten\.$"), enciphering(BytesIO(), "kurz"):
        pass


def test_two_backups_of_the_same_share_nothing() -> None:
    one, other = closed(b"x" * 64), closed(b"x" * 64)
    assert one[:20] == other[:20]
    assert one[20:] != other[20:]
