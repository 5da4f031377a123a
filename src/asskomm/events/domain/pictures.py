# SPDX-License-Identifier: EUPL-1.2
"""Verbs: show a picture in the documentation of a gathering, and remove it."""

from collections.abc import Iterable
from pathlib import Path
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from asskomm.core.audit import Action
from asskomm.core.audit.domain.recording import record_keys
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal, require
from asskomm.events.domain.pixels import PictureError, made_anew
from asskomm.events.domain.shelf import Shelf, digest_of
from asskomm.events.models import Gathering, Picture

TRAIL = "pictures"
LONGEST, MOST_PICTURES = 1600, 100


def add_picture(gathering: Gathering, name: str, file: IO[bytes], *, alternative: str, credit: str, agreed: bool, by: Principal) -> Picture:
    """Show a picture in the documentation; the same file a second time changes nothing.

    Args:
        gathering: at which it was taken.
        name: of the file.
        file: that can be read from any place.
        alternative: what can be seen on it, in words.
        credit: who took it.
        agreed: whether everybody who can be recognised agreed that it is shown.
        by: who does it.

    Raises
    ------
        PictureError: the file is not taken, somebody did not agree, there are no words for it, the gathering has not begun or is called off, or it has
            very many pictures.
        PermissionDenied: the reader does not organise this gathering.
    """
    require("events.change", by, gathering)
    _check(alternative, credit, agreed=agreed)
    digest, pixels = digest_of(file), made_anew(name, file, LONGEST)
    with transaction.atomic():
        row = Gathering.objects.select_for_update(of=("self",), no_key=True).get(pk=gathering.pk)
        if not row.published or clock.now() < row.starts_at:
            raise PictureError(_("Bilder gibt es erst, wenn die Veranstaltung begonnen hat."))
        found = row.pictures.filter(given_sha256=digest).first()
        if found is not None:
            return found
        if row.pictures.count() >= MOST_PICTURES:
            raise PictureError(_("Höchstens %(most)d Bilder: Wählen Sie die besten aus.") % {"most": MOST_PICTURES})
        reference, sha256, size = SHELF.keep(pixels.file)
        said = {"alternative": alternative.strip(), "credit": credit.strip(), "width": pixels.width, "height": pixels.height, "agreed_at": clock.now()}
        picture = Picture.objects.create(reference=reference, gathering=row, given_sha256=digest, sha256=sha256, size=size, **said)
        record_keys(TRAIL, [picture.reference], Action.CREATED, by=by)
    return picture


def remove_picture(picture: Picture, *, by: Principal) -> None:
    """Remove a picture at once; its file goes in the night. A second time does nothing.

    Raises
    ------
        PermissionDenied: as `add_picture`.
    """
    with transaction.atomic():
        require("events.change", by, picture.gathering)
        if Picture.objects.filter(pk=picture.pk).delete()[0]:
            record_keys(TRAIL, [picture.reference], Action.REMOVED, by=by)


def picture_file(picture: Picture) -> Path:
    """Give where the file lies."""
    return SHELF.path_of(picture.reference)


def _check(alternative: str, credit: str, *, agreed: bool) -> None:
    if not agreed:
        raise PictureError(_("Ein Bild darf nur gezeigt werden, wenn alle zugestimmt haben, die darauf zu erkennen sind."))
    if not alternative.strip() or not credit.strip():
        raise PictureError(_("Beschreiben Sie, was zu sehen ist, und sagen Sie, wer fotografiert hat."))


def _known() -> Iterable[str]:
    return Picture.objects.values_list("reference", flat=True)


SHELF = Shelf("pictures", _known)
