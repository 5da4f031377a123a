# SPDX-License-Identifier: EUPL-1.2
"""Files with slides: what is taken, and where it lies."""

import datetime as dt
import lzma
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from asskomm.core.clock import clock
from asskomm.core.installation.shared import count_up
from asskomm.events.domain.shelf import Shelf
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


def require_few(invitation: str) -> None:
    """Hold that not very many files come by one link, because each lies there until the night.

    Raises
    ------
        SlidesError: so many came today.
    """
    if count_up(f"slides:{invitation}", dt.timedelta(days=1)) > MOST_A_DAY:
        raise SlidesError(_("Heute kamen über diesen Link schon sehr viele Dateien. Versuchen Sie es morgen wieder."))


def slides_of(invitation: Invitation) -> Slides | None:
    """Give what somebody handed in for the session to which she is asked."""
    return Slides.objects.select_related("session").filter(session=invitation.session_id, speaker=invitation.speaker_id).first()


def shown_slides(gathering: Gathering, session: str) -> QuerySet[Slides]:
    """Give those of a session, by reference, that everybody may have who sees it: allowed, and the gathering is over."""
    shown = Slides.objects.select_related("session", "speaker").filter(session__gathering=gathering, session__reference=session, documented=True)
    return shown if gathering.ends_at <= clock.now() else shown.none()


def file_of(slides: Slides) -> Path:
    """Give where the file lies."""
    return SHELF.path_of(slides.reference)


def _known() -> Iterable[str]:
    return Slides.objects.values_list("reference", flat=True)


SHELF = Shelf("slides", _known)


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
