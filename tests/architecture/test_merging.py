# SPDX-License-Identifier: EUPL-1.2
"""Whatever points to an organisation or a person moves along when two of them become one, or says why it does not."""

from django.apps import apps
from django.db.models import ForeignKey, Model

from asskomm.core.merging import MERGE_HANDLERS
from asskomm.people.models import Organisation, Person

STAY = {
    "people.DifferentPersons.one": "it speaks of two rows; where one of them is hidden nobody asks, and when the two are parted it holds again",
    "people.DifferentPersons.other": "as the first one",
    "people.Organisation.merged_into": "it is what a merge sets",
    "people.Person.merged_into": "it is what a merge sets",
}


def pointing_to(*models: type[Model]) -> set[str]:
    """Give every foreign key to one of some models, those of many-to-many tables too."""
    fields = ((model, field) for model in apps.get_models(include_auto_created=True) for field in model._meta.get_fields())
    return {f"{model._meta.label}.{field.name}" for model, field in fields if isinstance(field, ForeignKey) and field.related_model in models}


def test_every_foreign_key_moves_along() -> None:
    moved = {field for handler in MERGE_HANDLERS for field in handler.fields}
    assert pointing_to(Organisation, Person) == moved | set(STAY)
