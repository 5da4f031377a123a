# SPDX-License-Identifier: EUPL-1.2
"""Fields of action: one list, loaded again without harm, with a page each."""

import pytest
from django.test import Client

from asskomm.library import slots
from asskomm.library.load import load_fields
from asskomm.library.models import FieldOfAction
from tests.reading import headings, links

pytestmark = pytest.mark.django_db


def _rows() -> list[tuple[object, ...]]:
    return list(FieldOfAction.objects.values_list("position", "key", "name", "description"))


def test_loading_again_puts_right_what_was_changed() -> None:
    before = _rows()
    FieldOfAction.objects.filter(key="graffiti").update(name="Schmierereien", position=99)
    load_fields()
    assert _rows() == before
    assert [row[0] for row in before] == list(range(14))


def test_the_list_leads_to_every_field(client: Client) -> None:
    response = client.get("/themen/")
    assert headings(response) == ["Themen"]
    assert [link for link in links(response) if link.startswith("/themen/") and link != "/themen/"] == [
        f"/themen/{key}/" for key in FieldOfAction.objects.values_list("key", flat=True)
    ]


def test_a_field_is_filled_by_upper_rooms(client: Client) -> None:
    slots.FIELD_PANELS.register("toy", lambda _request, field: f"Spielzeug für {field}", order=1)
    slots.FIELD_PANELS.register("void", lambda _request, _field: "")
    try:
        response = client.get("/themen/graffiti/")
    finally:
        slots.FIELD_PANELS.remove("toy")
        slots.FIELD_PANELS.remove("void")
    assert headings(response) == ["Graffiti und Sachbeschädigung"]
    assert response.context["panels"][0] == "Spielzeug für Graffiti und Sachbeschädigung"
    assert "" not in response.context["panels"]


def test_the_list_costs_the_same_for_few_and_for_many(client: Client, django_assert_num_queries: object) -> None:
    client.get("/themen/")
    for size in (3, 1):
        FieldOfAction.objects.filter(position__gte=size).delete()
        with django_assert_num_queries(1):  # type: ignore[operator]
            client.get("/themen/")
