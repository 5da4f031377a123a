# SPDX-License-Identifier: EUPL-1.2
"""Pictures made anew from what somebody uploads: upright, not too large, and without what a camera wrote into them, such as where and when."""

import io
import struct
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _
from PIL import ExifTags, Image

MOST_MEGABYTES = 15
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
TAKES = {"JPEG": ("jpg", "jpeg"), "PNG": ("png",), "WEBP": ("webp",)}
"""What is taken: format and the endings that it has."""
ENDING, MEDIA_TYPE = "jpg", "image/jpeg"
_MOST_PIXELS = 80_000_000
"""More is refused before it is unpacked: a small file can be an endless picture."""
_QUALITY = 85
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture is turned back, by what the camera says of how it was held."""
_OF_DAMAGED = (OSError, SyntaxError, ValueError, TypeError, ArithmeticError, LookupError, struct.error, Image.DecompressionBombError)
"""What a damaged file makes of those who read it."""


class PictureError(ValueError):
    """The picture is not taken; the message is a sentence."""


@dataclass(frozen=True)
class Pixels:
    """A picture made anew, as JPEG."""

    file: IO[bytes]
    width: int
    height: int


def too_large() -> str:
    """Say that a picture is too large, and what to do."""
    return _("Das Bild ist größer als %(most)d MB. Verkleinern Sie es.") % {"most": MOST_MEGABYTES}


def made_anew(name: str, file: IO[bytes], longest: int) -> Pixels:
    """Make a picture anew from its bare pixels.

    Args:
        name: of the file as somebody calls it.
        file: that can be read from any place.
        longest: how many pixels its longer side has at most.

    Raises
    ------
        PictureError: it is too large, of no kind that is taken, damaged, or its name says something else than its content.
    """
    if file.seek(0, io.SEEK_END) > MOST_BYTES:
        raise PictureError(too_large())
    file.seek(0)
    try:
        with Image.open(file, formats=list(TAKES)) as found:
            _check(name, found)
            return _written(_upright(found, longest))
    except PictureError:
        raise
    except (
        OSError,
        SyntaxError,
        ValueError,
        TypeError,
        ArithmeticError,
        LookupError,
        struct.error,
        Image.DecompressionBombError,
    ):  # what a damaged file makes of it
        raise PictureError(_("Diese Datei ist kein JPEG-, PNG- oder WebP-Bild, oder sie ist beschädigt.")) from None


def _check(name: str, found: Image.Image) -> None:
    if name.rpartition(".")[2].lower() not in TAKES.get(found.format or "", ()):
        raise PictureError(_("Diese Datei ist kein JPEG-, PNG- oder WebP-Bild, oder sie ist beschädigt."))
    if found.width * found.height > _MOST_PIXELS:
        raise PictureError(_("Das Bild hat zu viele Bildpunkte. Verkleinern Sie es."))


def _upright(found: Image.Image, longest: int) -> Image.Image:
    """Turn it as the camera was held, make it small, and lay what is transparent on white."""
    found.draft("RGB", (longest, longest))  # of a JPEG, unpack no more than is needed
    turn = _TURNS.get(found.getexif().get(ExifTags.Base.Orientation, 1))
    picture = found.convert("RGBA")
    picture = picture if turn is None else picture.transpose(turn)
    picture.thumbnail((longest, longest))
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _written(picture: Image.Image) -> Pixels:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=_QUALITY, optimize=True)
    return Pixels(file, *picture.size)
