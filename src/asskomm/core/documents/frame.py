# SPDX-License-Identifier: EUPL-1.2
"""The lines around the content: who, what, when, and what the flags oblige to say."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from asskomm.core.documents.content import Document
from asskomm.core.documents.plain import plain

# Prescribed by the state's budget law in just these words, so it is not translated.
FUNDED = "Diese Maßnahme wird mitfinanziert durch Steuermittel auf Grundlage des vom Sächsischen Landtag beschlossenen Haushaltes."


@dataclass(frozen=True)
class Frame:
    """Words of one document outside of its content.

    Args:
        marks: what stands on every page, such as "Entwurf".
        facts: number and date.
        obligatory: last line of the document.
        page, of: the words around the page number.
    """

    marks: tuple[str, ...]
    facts: tuple[str, ...]
    obligatory: str
    page: str
    of: str

    @property
    def mark(self) -> str:
        """All marks as one line."""
        return " · ".join(self.marks)


def frame_of(document: Document) -> Frame:
    """Give the lines around a document in its own language."""
    with override(document.language):
        marks = ((document.draft, _("Entwurf")), (document.example, _("Beispiel, frei erfunden")))
        facts = (plain(document.number), date_format(document.date, _("j. F Y")) if document.date else "")
        return Frame(
            marks=tuple(words for said, words in marks if said),
            facts=tuple(filter(None, facts)),
            obligatory=FUNDED if document.funded else "",
            page=_("Seite"),
            of=_("von"),
        )
