# SPDX-License-Identifier: EUPL-1.2
"""The table of this room to take along: who is competent for which municipality."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from asskomm.core.exports import Column
from asskomm.core.exports.datasets import Dataset
from asskomm.core.exports.formats import Value
from asskomm.core.visibility import Principal
from asskomm.people.enums import RelationKind
from asskomm.people.models import Relation


def _competences(_principal: Principal, on: dt.date) -> Iterator[Sequence[Value]]:
    rows = Relation.objects.on(on).filter(kind=RelationKind.COMPETENT_FOR, target__municipality__isnull=False)
    for relation in rows.select_related("subject", "target__municipality").order_by("target__municipality", "subject__kind", "subject__name", "pk"):
        since = relation.start.isoformat() if relation.start else ""
        yield str(relation.target.municipality_id), relation.target.name, relation.subject.name, relation.subject.get_kind_display(), since


COMPETENCES = Dataset(
    "zustaendigkeiten",
    _("Zuständigkeiten"),
    _("Eine Zeile je Kommune und Organisation, die für sie zuständig ist."),
    (
        Column("ags", _("Gemeindeschlüssel"), _("Amtlicher Gemeindeschlüssel der Kommune, acht Stellen")),
        Column("municipality", _("Kommune"), _("Name der Kommune")),
        Column("organisation", _("Zuständig"), _("Name der zuständigen Organisation")),
        Column("kind", _("Art"), _("Was diese Organisation ist, zum Beispiel Polizeirevier")),
        Column("since", _("Seit"), _("Erster Tag der Zuständigkeit, leer, wo er nicht bekannt ist")),
    ),
    _competences,
)
