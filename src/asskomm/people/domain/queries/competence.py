# SPDX-License-Identifier: EUPL-1.2
"""Which organisation is competent for which municipality: the table of police stations above all."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from asskomm.people.enums import OrganisationKind, RelationKind
from asskomm.people.models import Organisation, Relation

STATIONS = OrganisationKind.POLICE_STATION


def competent_on(on: dt.date, places: Iterable[str]) -> dict[str, list[Organisation]]:
    """Give by the key of a municipality who is competent for it on a day, in two queries."""
    rows = Relation.objects.on(on).filter(kind=RelationKind.COMPETENT_FOR, target__municipality__in=list(places))
    found: dict[str, list[Organisation]] = defaultdict(list)
    for relation in rows.select_related("subject", "target").order_by("subject__kind", "subject__name", "pk"):
        found[str(relation.target.municipality_id)].append(relation.subject)
    return found


def without_station(on: dt.date) -> list[str]:
    """Give the keys of municipalities with a body for which no police station is competent on a day."""
    with_one = Relation.objects.on(on).filter(kind=RelationKind.COMPETENT_FOR, subject__kind=STATIONS).values("target")
    bodies = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).exclude(pk__in=with_one)
    return list(bodies.values_list("municipality_id", flat=True))
