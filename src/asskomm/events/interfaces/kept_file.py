# SPDX-License-Identifier: EUPL-1.2
"""Posters and pictures as files: posters to take along, what we made ourselves to look at."""

from pathlib import Path

from django.http import FileResponse, Http404

from asskomm.events.domain.pictures import picture_file as path_of_picture
from asskomm.events.domain.pixels import MEDIA_TYPE
from asskomm.events.domain.poster_files import KINDS, SHELF
from asskomm.events.models import Picture, Stand


def poster_file(stand: Stand | None) -> FileResponse:
    """Give the file of a poster under a name of ours, never within a page, whatever is in it.

    Raises
    ------
        Http404: there is none.
    """
    file = getattr(stand, "file", None)
    if stand is None or file is None:
        raise Http404
    return _given(SHELF.path_of(file.reference), KINDS[file.ending], f"poster-{stand.reference}.{file.ending}")


def poster_preview(stand: Stand | None) -> FileResponse:
    """Give the small picture of a poster.

    Raises
    ------
        Http404: there is none.
    """
    file = getattr(stand, "file", None)
    if file is None or not file.preview:
        raise Http404
    return _given(SHELF.path_of(file.preview), MEDIA_TYPE)


def picture_file(picture: Picture) -> FileResponse:
    """Give a picture.

    Raises
    ------
        Http404: the file is gone.
    """
    return _given(path_of_picture(picture), MEDIA_TYPE)


def _given(path: Path, media_type: str, name: str = "") -> FileResponse:
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=bool(name), filename=name, content_type=media_type)
