# SPDX-License-Identifier: EUPL-1.2
"""The key figures of a day as a table to take along."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.exports import BOUNDS, Column
from asskomm.core.exports.datasets import Dataset
from asskomm.core.exports.formats import Value
from asskomm.core.figures import FIGURES, Question
from asskomm.core.visibility import Principal

_UNITS = {"count": gettext_lazy("Anzahl"), "persons": gettext_lazy("Personen"), "EUR": gettext_lazy("Euro"), "share": gettext_lazy("Anteil")}


def _rows(principal: Principal, on: dt.date) -> Iterator[Sequence[Value]]:
    question = Question(on=on, reader=principal)
    for figure in FIGURES:
        answer = figure.answer(question)
        yield (
            figure.key,
            str(figure.name),
            answer.estimate,
            str(_UNITS.get(answer.estimate.unit, answer.estimate.unit)),
            str(figure.definition),
            figure.kind.label,
            answer.note,
            _("ja") if answer.example else _("nein"),
            on.isoformat(),
        )


FIGURE_TABLE = Dataset(
    "kennzahlen",
    gettext_lazy("Kennzahlen"),
    gettext_lazy("Eine Zeile je Kennzahl, mit ihrem Wert an dem Tag."),
    (
        Column("key", gettext_lazy("Kennung"), gettext_lazy("Kennung der Kennzahl, steht auch in ihrer Adresse")),
        Column("name", gettext_lazy("Kennzahl"), gettext_lazy("Name der Kennzahl")),
        Column("value", gettext_lazy("Wert"), gettext_lazy("Wert an dem Tag; leer, wenn er nicht bekannt ist"), bounds=BOUNDS),
        Column("unit", gettext_lazy("Einheit"), gettext_lazy("Anzahl, Personen, Euro oder Anteil (zwischen 0 und 1)")),
        Column("definition", gettext_lazy("Definition"), gettext_lazy("Was gezählt wird, in Worten")),
        Column("kind", gettext_lazy("Zeitbezug"), gettext_lazy("Bestand am Stichtag, insgesamt seit Beginn oder im Zeitraum")),
        Column("note", gettext_lazy("Hinweis"), gettext_lazy("Was zum Wert zu wissen ist")),
        Column("example", gettext_lazy("Beispiel, frei erfunden"), gettext_lazy("ja, wenn der Wert auf erfundenen Ereignissen beruht")),
        Column("on", gettext_lazy("Stand"), gettext_lazy("Tag, für den der Wert gilt")),
    ),
    _rows,
    version=2,
)
