# SPDX-License-Identifier: EUPL-1.2
"""Pages to hang up: scan the code, and say how it was."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from asskomm.core.clock import clock
from asskomm.core.documents import Block, Document, Paragraph, Picture
from asskomm.core.documents.qr import qr_svg
from asskomm.events.domain.feedback import path_of_feedback
from asskomm.events.domain.programme_content import released_programme
from asskomm.events.enums import SessionKind
from asskomm.events.models import Gathering

LANGUAGE = "de"


def feedback_posters(gathering: Gathering) -> Sequence[Document]:
    """Give a page for the gathering as a whole, then one for each session of the released programme that is no break."""
    programme = released_programme(gathering)
    parts = [part for part in programme.parts if part.kind != SessionKind.BREAK] if programme else []
    with override(LANGUAGE):
        return [_poster(gathering, gathering.title, ""), *(_poster(gathering, part.title, part.reference) for part in parts)]


def _poster(gathering: Gathering, title: str, session: str) -> Document:
    blocks = list(_blocks(settings.SITE_URL + path_of_feedback(gathering, session)))
    return Document(title, blocks, organisation=gathering.owner.name, date=clock.today(), language=LANGUAGE, example=gathering.example)


def _blocks(address: str) -> Iterator[Block]:
    yield Paragraph(_("Wie war es? Drei Fragen, eine Minute, ohne Namen."), lead=True)
    yield Picture(qr_svg(address, share=0.6), _("Code mit der Adresse der Fragen: %(address)s") % {"address": address})
    yield Paragraph(_("Scannen Sie den Code mit der Kamera Ihres Telefons, oder öffnen Sie:"))
    yield Paragraph(address)
