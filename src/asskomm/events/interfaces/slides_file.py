# SPDX-License-Identifier: EUPL-1.2
"""Slides as a file to take along; never shown within a page, whatever is in them."""

from django.http import FileResponse, Http404

from asskomm.events.domain.slides import KINDS, file_of
from asskomm.events.models import Slides


def slides_file(slides: Slides | None) -> FileResponse:
    """Give the file under a name of ours.

    Raises
    ------
        Http404: there are none.
    """
    path = file_of(slides) if slides is not None else None
    if slides is None or path is None or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"folien-{slides.session.reference}.{slides.ending}", content_type=KINDS[slides.ending])
