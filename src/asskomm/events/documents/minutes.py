# SPDX-License-Identifier: EUPL-1.2
"""The minutes of a gathering as a document."""

from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from asskomm.core.documents import Block, Document, Heading, Paragraph, Table
from asskomm.events.documents.papers import when
from asskomm.events.models import Gathering

LANGUAGE = "de"


def minutes_document(gathering: Gathering) -> Document:
    """Give what came of each point, and who does what until when."""
    with override(LANGUAGE):
        return Document(
            gathering.title,
            list(_blocks(gathering)),
            kind=_("Protokoll"),
            organisation=gathering.owner.name,
            date=localtime(gathering.starts_at).date(),
            language=LANGUAGE,
            example=gathering.example,
        )


def _blocks(gathering: Gathering) -> Iterator[Block]:
    yield Paragraph(f"{when(gathering)}, {gathering.place}", lead=True)
    for item in gathering.agenda.all():
        yield Heading(item.title)
        for part in (item.record or _("Dazu wurde nichts festgehalten.")).splitlines():
            if part.strip():
                yield Paragraph(part.strip())
    actions = list(gathering.actions.all())
    if actions:
        yield Heading(_("Aufgaben"))
        rows = [(row.text, row.who or "–", f"{row.due:%d.%m.%Y}" if row.due else "–", _("erledigt") if row.done_at else _("offen")) for row in actions]
        yield Table(_("Wer was bis wann tut"), (_("Aufgabe"), _("Wer"), _("Bis"), _("Stand")), rows)
