# SPDX-License-Identifier: EUPL-1.2
"""The plan of the hall to hang up, and the list of tables and power for those who put it up."""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from asskomm.core.documents import Block, Document, Note, Paragraph, Picture, Table
from asskomm.core.estimates import Estimate
from asskomm.events.documents.papers import LANGUAGE, paper_of, when_and_where
from asskomm.events.domain.queries.stands import Hall, SetUp
from asskomm.events.models import Gathering, Stand


def hall_paper(gathering: Gathering, hall: Hall | None, stands: Sequence[Stand]) -> Document:
    """Give the plan and who stands where; nothing in it that not everybody may read."""
    with override(LANGUAGE):
        blocks: list[Block] = [Paragraph(when_and_where(gathering), lead=True)]
        if hall is not None:
            blocks.append(Picture(hall_svg(hall), _("Plan der Halle mit nummerierten Plätzen. Wer wo steht, sagt die Tabelle.")))
        rows = [(_number(row), row.organisation, row.title, str(row.get_kind_display()), _("Strom") if row.power else "–") for row in stands]
        blocks.append(Table(_("Wer wo steht"), (_("Platz"), _("Organisation"), _("Titel"), _("Art"), _("Strom")), rows))
        return paper_of(gathering, _("Hallenplan: %(title)s") % {"title": gathering.title}, blocks)


def set_up_list(gathering: Gathering, set_up: SetUp) -> Document:
    """Give what has to be put up where, with whom to ask."""
    with override(LANGUAGE):
        rows = [
            (_number(row), row.organisation, str(Estimate(row.tables)), _("ja") if row.power else _("nein"), row.note or "–", row.name or "–")
            for row in set_up.stands
        ]
        head = (_("Platz"), _("Organisation"), _("Tische"), _("Strom"), _("Was noch"), _("Wen fragen"))
        total = _("Tische zusammen: %(tables)s. Stände und Poster mit Strom: %(powered)s.") % {"tables": set_up.tables, "powered": set_up.powered}
        blocks: list[Block] = [
            Paragraph(when_and_where(gathering), lead=True),
            Paragraph(total),
            Table(_("Was aufzubauen ist"), head, rows, frozenset({2})),
            Note(_("Enthält personenbezogene Daten. Nach der Veranstaltung vernichten.")),
        ]
        return paper_of(gathering, _("Aufbau der Stände: %(title)s") % {"title": gathering.title}, blocks)


def hall_svg(hall: Hall) -> str:
    """Draw the plan."""
    return render_to_string("events/hall_svg.html", {"hall": hall}).strip()


def _number(stand: Stand) -> str:
    return str(stand.spot) if stand.spot else "–"
