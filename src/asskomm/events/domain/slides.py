# SPDX-License-Identifier: EUPL-1.2
"""Files with slides: what is taken, and where it lies. A file that nothing names any more goes in the night, so that a backup just taken has all it names."""

import datetime as dt
import hashlib
import lzma
import os
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.core.installation.shared import count_up
from asskomm.core.references import new_reference
from asskomm.events.models import Gathering, Invitation, Slides

MOST_MEGABYTES = 15
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
KINDS = {
    "pdf": "application/pdf",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
"""What is taken: ending and media type."""
MOST_A_DAY = 20
STRAY_SECONDS = 24 * 3600
_BLOCK = 1024 * 1024


class SlidesError(ValueError):
    """The file is not taken; the message is a sentence."""


def too_large() -> str:
    """Say that a file is too large, and what to do."""
    return _("Die Datei ist größer als %(most)d MB. Speichern Sie die Folien mit kleineren Bildern oder als PDF.") % {"most": MOST_MEGABYTES}


def check_slides(name: str, size: int, file: IO[bytes]) -> str:
    """Look at the beginning of a file, or at the directory of an archive, and give the ending of its kind.

    Raises
    ------
        SlidesError: it is too large, of no kind that is taken, or its name says something else than its content.
    """
    if size > MOST_BYTES:
        raise SlidesError(too_large())
    ending = _kind(file)
    if not ending or name.rpartition(".")[2].lower() != ending:
        raise SlidesError(_("Diese Datei ist keine PDF-, ODP- oder PPTX-Datei. Speichern Sie die Folien in einem dieser Formate, am besten als PDF."))
    return ending


def digest_of(file: IO[bytes]) -> str:
    """Give the SHA-256 of a file."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def require_few(invitation: str) -> None:
    """Hold that not very many files come by one link, because each lies there until the night.

    Raises
    ------
        SlidesError: so many came today.
    """
    if count_up(f"slides:{invitation}", dt.timedelta(days=1)) > MOST_A_DAY:
        raise SlidesError(_("Heute kamen über diesen Link schon sehr viele Dateien. Versuchen Sie es morgen wieder."))


def keep_file(file: IO[bytes]) -> tuple[str, str, int]:
    """Write a file under a new name, whole or not at all, and give the name, its SHA-256 and its size."""
    reference, digest, size = new_reference(), hashlib.sha256(), 0
    draft = _folder() / f"{reference}.upload"
    file.seek(0)
    with draft.open("wb") as target:
        while block := file.read(_BLOCK):
            target.write(block)
            digest.update(block)
            size += len(block)
        target.flush()
        os.fsync(target.fileno())
    draft.rename(_folder() / reference)
    return reference, digest.hexdigest(), size


def slides_of(invitation: Invitation) -> Slides | None:
    """Give what somebody handed in for the session to which she is asked."""
    return Slides.objects.select_related("session").filter(session=invitation.session_id, speaker=invitation.speaker_id).first()


def shown_slides(gathering: Gathering, session: str) -> QuerySet[Slides]:
    """Give those of a session, by reference, that everybody may have who sees it: allowed, and the gathering is over."""
    shown = Slides.objects.select_related("session", "speaker").filter(session__gathering=gathering, session__reference=session, documented=True)
    return shown if gathering.ends_at <= clock.now() else shown.none()


def file_of(slides: Slides) -> Path:
    """Give where the file lies."""
    return _folder() / slides.reference


def clear_stray_files() -> int:
    """Delete files that belong to nothing any more; give how many."""
    known = set(Slides.objects.values_list("reference", flat=True))
    old = time.time() - STRAY_SECONDS
    stray = [path for path in _folder().iterdir() if path.name not in known and path.stat().st_mtime < old]
    for path in stray:
        path.unlink(missing_ok=True)
    return len(stray)


def named_files() -> Iterator[str]:
    """Give the paths, within the data folder, of all files that a row names."""
    for reference in Slides.objects.values_list("reference", flat=True):
        yield f"files/slides/{reference}"


def _folder() -> Path:
    path = Path(settings.MEDIA_ROOT) / "slides"
    path.mkdir(parents=True, exist_ok=True)
    return path


def _kind(file: IO[bytes]) -> str:
    file.seek(0)
    start = file.read(5)
    if start == b"%PDF-":
        return "pdf"
    return _kind_of_archive(file) if start.startswith(b"PK\x03\x04") else ""


def _kind_of_archive(file: IO[bytes]) -> str:
    """Tell presentations from other archives; one that carries macros is none."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < len(KINDS["odp"]) + 1:
                return "odp" if archive.read("mimetype") == KINDS["odp"].encode() else ""
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
    ):  # what a damaged directory makes of it
        return ""
    return "pptx" if {"[Content_Types].xml", "ppt/presentation.xml"} <= names and "ppt/vbaProject.bin" not in names else ""
