# SPDX-License-Identifier: EUPL-1.2
"""Load the bodies that exist anyway: one for each municipality and district, and the shipped list of others."""

import csv
from pathlib import Path

from asskomm.people.enums import OrganisationKind, RelationKind
from asskomm.people.models import Organisation, Relation
from asskomm.territory.models import District, Municipality

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "organisations.csv"
_BANNEWITZ = "14628050"
_SILBERBERG = ("14521035", "14521355", "14521370", "14521530", "14521550")


def load_organisations(path: Path = SHIPPED) -> None:
    """Add what is missing; nothing that was entered is changed."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            Organisation.everything.get_or_create(kind=row["kind"], name=row["name"])
    _add_districts()
    _add_municipalities()
    _add_relations()


def _add_districts() -> None:
    missing = District.objects.filter(kind="district", organisation__isnull=True)
    Organisation.objects.bulk_create(Organisation(kind=OrganisationKind.DISTRICT, name=d.name, district=d) for d in missing)


def _add_municipalities() -> None:
    missing = Municipality.objects.filter(organisation__isnull=True)
    Organisation.objects.bulk_create(Organisation(kind=OrganisationKind.MUNICIPALITY, name=m.name, municipality=m) for m in missing)


def _add_relations() -> None:
    station = Organisation.everything.get(kind=OrganisationKind.POLICE_STATION, name="Polizeirevier Freital-Dippoldiswalde")
    directorate = Organisation.everything.get(kind=OrganisationKind.POLICE_DIRECTORATE, name="Polizeidirektion Dresden")
    bannewitz = Organisation.everything.get(municipality=_BANNEWITZ)
    council = Organisation.everything.get(kind=OrganisationKind.STATE_COUNCIL)
    ministry = Organisation.everything.get(kind=OrganisationKind.MINISTRY)
    Relation.objects.get_or_create(subject=station, kind=RelationKind.PART_OF, target=directorate)
    Relation.objects.get_or_create(subject=station, kind=RelationKind.COMPETENT_FOR, target=bannewitz)
    Relation.objects.get_or_create(subject=council, kind=RelationKind.PART_OF, target=ministry)
    union = Organisation.everything.get(kind=OrganisationKind.TOWN_ASSOCIATION, name="Städtebund Silberberg")
    for town in Organisation.everything.filter(municipality__in=_SILBERBERG):
        Relation.objects.get_or_create(subject=town, kind=RelationKind.MEMBER_OF, target=union)
