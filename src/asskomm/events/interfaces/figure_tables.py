# SPDX-License-Identifier: EUPL-1.2
"""The numbers of a gathering as tables: on its page, and as a sheet to take along."""

from dataclasses import dataclass

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.estimates import Estimate
from asskomm.core.exports import BOUNDS, Column, Sheet
from asskomm.core.exports.formats import Value
from asskomm.core.figures import Question
from asskomm.core.visibility import Principal
from asskomm.events.domain.queries.contributing import Contributions, Parts
from asskomm.events.domain.queries.counting import WhoCame
from asskomm.events.figures import gathering_figures
from asskomm.events.figures.asking import people_counted, programme_held
from asskomm.events.models import Gathering

COLUMNS = (
    Column("table", gettext_lazy("Tabelle"), gettext_lazy("Was gezählt wird und wonach es aufgeteilt ist")),
    Column("part", gettext_lazy("Teil"), gettext_lazy("Teil der Aufteilung; „insgesamt“ für alle zusammen")),
    Column("value", gettext_lazy("Wert"), gettext_lazy("Anzahl oder Anteil (zwischen 0 und 1); leer, wenn er nicht bekannt ist"), BOUNDS),
    Column("unit", gettext_lazy("Einheit"), gettext_lazy("Anzahl, Personen oder Anteil")),
    Column("counted", gettext_lazy("Wie gezählt"), gettext_lazy("Am Einlass, nach Anmeldungen, von Hand oder nach dem Programm")),
)
_UNITS = {"count": gettext_lazy("Anzahl"), "persons": gettext_lazy("Personen"), "share": gettext_lazy("Anteil")}


@dataclass(frozen=True)
class Table:
    """One table of numbers; more of them can be put behind it.

    Args:
        title: what is counted.
        by: heading of the parts.
        parts: label and number.
        total: all together, where the parts add up to it; `None` otherwise.
        note: what one has to know, in a sentence.
    """

    title: str
    by: str
    parts: Parts
    total: Estimate | None = None
    note: str = ""


@dataclass(frozen=True)
class Tile:
    """One number with the name of its figure and the key under which it stands in the registry."""

    key: str
    name: str
    estimate: Estimate


def question_about(gathering: Gathering, reader: Principal) -> Question:
    """Ask about one gathering, so that everything on a page is counted once."""
    return Question(on=localtime(gathering.ends_at).date(), about=gathering.reference, reader=reader)


def tiles_of(question: Question) -> list[Tile]:
    """Give the numbers of the registry that are known of the gathering of a question."""
    found = [Tile(figure.key, str(figure.short), figure.answer(question).estimate) for figure in gathering_figures()]
    return [tile for tile in found if tile.estimate.value is not None]


def tables_of(gathering: Gathering, question: Question) -> list[Table]:
    """Give all tables of a gathering that have a row; whatever is counted later is put behind them."""
    programme = programme_held(gathering, question)
    found = [_of_people(people_counted(gathering, question)), *(_of_programme(programme) if programme else ())]
    return [table for table in found if table.parts]


def sheet_of(gathering: Gathering, question: Question) -> Sheet:
    """Give all numbers of a gathering as a sheet: first those of the registry, then each table."""
    tiles = [(tile.name, _("insgesamt"), tile.estimate) for tile in tiles_of(question)]
    parts = [(table.title, label, estimate) for table in tables_of(gathering, question) for label, estimate in table.parts]
    remarks = [f"{gathering.title}, {localtime(gathering.starts_at):%d.%m.%Y}", *([_("Beispiel, frei erfunden")] if gathering.example else [])]
    return Sheet(_("Zahlen"), COLUMNS, [_row(*row) for row in (*tiles, *parts)], remarks)


def _row(name: str, part: str, estimate: Estimate) -> list[Value]:
    return [name, part, estimate, str(_UNITS[estimate.unit]), ", ".join(estimate.sources)]


def _of_people(people: WhoCame) -> Table:
    unsorted = ((_("nicht nach Art gezählt"), people.unsorted),) if people.unsorted and people.by_type else ()
    return Table(_("Teilnehmende nach Hintergrund"), _("Kommt für"), (*people.by_type, *unsorted), people.people)


def _of_programme(programme: Contributions) -> tuple[Table, ...]:
    several = _("Ein Beitrag kann zu mehreren Handlungsfeldern gehören und zählt dann in jedem.")
    return (
        Table(_("Mitwirkende nach Hintergrund"), _("Spricht für"), programme.by_background, programme.all_speakers),
        Table(_("Mitwirkende nach Ebene"), _("Ebene"), programme.by_level, programme.all_speakers),
        Table(_("Beiträge nach Art"), _("Art"), programme.by_kind, programme.all_sessions),
        Table(_("Beiträge nach Handlungsfeld"), _("Handlungsfeld"), programme.by_field, note=several),
    )
