# SPDX-License-Identifier: EUPL-1.2
"""Example people, one for each role; they sign in with one click and exist in example folders only."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from asskomm.core.visibility import Role
from asskomm.people.enums import OrganisationKind
from asskomm.people.models import Account, Function, Organisation, Person

START = dt.date(2019, 2, 6)
ASSOCIATION = "Miteinander in Frankenberg e. V."


@dataclass(frozen=True)
class ExamplePerson:
    """A made-up person with her function."""

    role: Role
    given_name: str
    family_name: str
    organisation: str
    title: str
    share: Decimal | None = None
    funded_until: dt.date | None = None

    @property
    def email(self) -> str:
        """An address that leads nowhere."""
        return f"{self.role.value.replace('_', '-')}@beispiel.example"


PEOPLE = (
    ExamplePerson(Role.COORDINATOR, "Karla", "Beispiel", "Frankenberg/Sa.", "Koordinierungsstelle", Decimal("0.5"), dt.date(2027, 3, 31)),
    ExamplePerson(Role.MAYOR, "Bernd", "Beispiel", "Frankenberg/Sa.", "Bürgermeister"),
    ExamplePerson(Role.POLICE, "Petra", "Beispiel", "Polizeidirektion Chemnitz", "Fachdienst Prävention"),
    ExamplePerson(Role.DISTRICT, "Lars", "Beispiel", "Landkreis Mittelsachsen", "Präventionsbeauftragter"),
    ExamplePerson(Role.COACH, "Carla", "Beispiel", "Institut B3", "Coach"),
    ExamplePerson(Role.PARTNER, "Vera", "Beispiel", ASSOCIATION, "Vorstand"),
    ExamplePerson(Role.STATE_COUNCIL, "Stefan", "Beispiel", "Landespräventionsrat Sachsen", "Geschäftsstelle"),
    ExamplePerson(Role.ADMINISTRATOR, "Anna", "Beispiel", "Sächsisches Staatsministerium des Innern", "Administratorin"),
)


def load_example_people() -> None:
    """Add the example people that are missing."""
    with transaction.atomic():
        Organisation.everything.get_or_create(kind=OrganisationKind.ASSOCIATION, name=ASSOCIATION)
        for made_up in PEOPLE:
            if not Account.objects.filter(email=made_up.email).exists():
                _add(made_up)


def _add(made_up: ExamplePerson) -> None:
    person = Person.objects.create(given_name=made_up.given_name, family_name=made_up.family_name)
    account = Account(email=made_up.email, person=person)
    account.set_unusable_password()
    account.save()
    organisation = Organisation.objects.get(name=made_up.organisation)
    Function.objects.create(
        person=person,
        organisation=organisation,
        role=made_up.role.value,
        title=made_up.title,
        start=START,
        share=made_up.share,
        funded_until=made_up.funded_until,
    )
