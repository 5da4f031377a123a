# SPDX-License-Identifier: EUPL-1.2
"""Files of posters: what is taken, and where it lies. A picture is made anew, with a small one to look at."""

from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from asskomm.events.domain.pixels import ENDING, MEDIA_TYPE, MOST_BYTES, MOST_MEGABYTES, PictureError, made_anew
from asskomm.events.domain.shelf import Shelf
from asskomm.events.models import StandFile

KINDS = {"pdf": "application/pdf", ENDING: MEDIA_TYPE}
"""What is given out: ending and media type."""
ENDINGS = ("pdf", "png", "jpg", "jpeg", "webp")
_LONGEST, _PREVIEW = 3000, 900


class PosterError(ValueError):
    """The file is not taken; the message is a sentence."""


def too_large() -> str:
    """Say that a file is too large, and what to do."""
    return _("Die Datei ist größer als %(most)d MB. Speichern Sie das Poster mit kleineren Bildern.") % {"most": MOST_MEGABYTES}


def check_poster(name: str, file: IO[bytes]) -> str:
    """Look at the beginning of a file, and give "pdf", or nothing where it may be a picture.

    Raises
    ------
        PosterError: it is too large, of no kind that is taken, or its name says something else than its content.
    """
    if file.seek(0, 2) > MOST_BYTES:
        raise PosterError(too_large())
    file.seek(0)
    is_pdf, ending = file.read(5) == b"%PDF-", name.rpartition(".")[2].lower()
    if ending not in ENDINGS or is_pdf != (ending == "pdf"):
        raise PosterError(_("Diese Datei ist kein PDF und kein JPEG-, PNG- oder WebP-Bild. Speichern Sie das Poster in einem dieser Formate."))
    return "pdf" if is_pdf else ""


def keep_poster(name: str, file: IO[bytes]) -> dict[str, object]:
    """Keep the file of a poster, and give what its row says of it.

    Raises
    ------
        PosterError: it is not taken.
    """
    ending, preview = check_poster(name, file), ""
    if not ending:
        try:
            large, small = (made_anew(name, file, longest) for longest in (_LONGEST, _PREVIEW))
        except PictureError as fault:
            raise PosterError(str(fault)) from None
        ending, file = ENDING, large.file
        preview, _digest, _size = SHELF.keep(small.file)
    reference, sha256, size = SHELF.keep(file)
    return {"reference": reference, "preview": preview, "ending": ending, "sha256": sha256, "size": size}


def _known() -> Iterator[str]:
    for names in StandFile.objects.values_list("reference", "preview"):
        yield from filter(None, names)


SHELF = Shelf("stands", _known)
