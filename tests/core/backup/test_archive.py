# SPDX-License-Identifier: EUPL-1.2
"""The archive says what was put in, and refuses every change."""

import json
from io import BytesIO
from typing import BinaryIO, cast
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asskomm.core.backup.archive import Archive, ArchiveError, ArchiveWriter, Manifest
from asskomm.core.backup.seal import BLANK, Sealing

FOREIGN = "Diese Datei ist keine Sicherung von ASSKomm, oder ihr Ende fehlt."
NEWER = "Diese Sicherung stammt von einem neueren Programm. Spielen Sie sie mit dessen Version ein."
DAMAGED = "Diese Sicherung ist beschädigt: Ihre Prüfsumme stimmt nicht."


def small(**files: bytes) -> bytes:
    """Give an archive with one table and some files."""
    target = BytesIO()
    manifest = Manifest(program="1", taken_at="2026-11-23T04:15:00+00:00", vendor="sqlite", migrations=[["library", "0001_initial"]])
    with ArchiveWriter(target, manifest) as writer:
        for name, content in files.items():
            writer.add_file(name, [content])
        writer.add_table("library.fieldofaction", ["key", "name"], [["verkehr", "Verkehr"], ["sucht", "Sucht „x“"]])
    return target.getvalue()


SMALL = small(eins=b"abc", leer=b"")


def refusal(content: bytes) -> str:
    with pytest.raises(ArchiveError) as refused:
        Archive(BytesIO(content))
    return str(refused.value)


def test_what_was_put_in_comes_out() -> None:
    with Archive(BytesIO(SMALL)) as archive:
        columns, rows = archive.table("library.fieldofaction")
        assert (columns, list(rows)) == (["key", "name"], [["verkehr", "Verkehr"], ["sucht", "Sucht „x“"]])
        assert {name: b"".join(blocks) for name, blocks in archive.files()} == {"eins": b"abc", "leer": b""}
        assert archive.manifest.tables == {"library.fieldofaction": 2}


def test_it_is_a_zip_file_for_everybody() -> None:
    with ZipFile(BytesIO(SMALL)) as found:
        assert found.testzip() is None
        assert sorted(found.namelist()) == ["files/eins", "files/leer", "manifest.json", "tables/library.fieldofaction.jsonl"]


@given(st.integers(0, len(SMALL) - 1), st.integers(1, 255))
def test_no_byte_can_be_flipped(place: int, change: int) -> None:
    harmed = bytearray(SMALL)
    harmed[place] ^= change
    assert refusal(bytes(harmed)) in {FOREIGN, NEWER, DAMAGED}


@given(st.integers(0, len(SMALL) - 1))
def test_nothing_can_be_cut_off(length: int) -> None:
    assert refusal(SMALL[:length]) == FOREIGN


@given(st.binary(min_size=1, max_size=200))
def test_nothing_can_be_put_behind_or_before(more: bytes) -> None:
    assert refusal(SMALL + more) in {FOREIGN, DAMAGED}
    assert refusal(more + SMALL) == DAMAGED


@given(st.binary(max_size=300))
def test_any_other_file_is_foreign(content: bytes) -> None:
    assert refusal(content) == FOREIGN


def test_a_newer_format_is_refused_before_anything_is_read() -> None:
    assert refusal(SMALL.replace(b"ASSKOMM-BACKUP 0001", b"ASSKOMM-BACKUP 0002")) == NEWER


def sealed(**members: str) -> bytes:
    """Give a ZIP file with a good seal, whatever is in it."""
    target = BytesIO()
    sealing = Sealing(target)
    with ZipFile(cast("BinaryIO", sealing), "w") as made:
        for name, text in members.items():
            made.writestr(name.replace("__", "/"), text)
        made.comment = BLANK
    sealing.finish()
    return target.getvalue()


@pytest.mark.parametrize(
    ("members", "part"),
    [
        ({}, "manifest.json"),
        ({"manifest.json": "{"}, "manifest.json"),
        ({"manifest.json": "[]"}, "manifest.json"),
        ({"manifest.json": json.dumps({"program": "1", "taken_at": "", "vendor": "", "migrations": []}), "files__x": ""}, "Die Liste der Teile"),
        (
            {"manifest.json": json.dumps({"program": "1", "taken_at": "", "vendor": "", "migrations": [], "members": {"files/x": "0"}}), "files__x": ""},
            "files/x",
        ),
    ],
)
def test_a_good_seal_on_bad_contents_is_refused(members: dict[str, str], part: str) -> None:
    assert refusal(sealed(**members)) == f"Diese Sicherung ist beschädigt: {part} stimmt nicht mit dem Verzeichnis überein."


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a\\b", "a/../../x", "./x"])
def test_a_path_out_of_the_folder_is_refused(name: str) -> None:
    assert refusal(small(**{name: b"x"})).startswith("Diese Sicherung ist beschädigt: files/")
