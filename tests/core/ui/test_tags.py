# SPDX-License-Identifier: EUPL-1.2
"""Tags and fields of the frame."""

import re

import pytest
from django import forms
from django.template import RequestContext, Template
from django.test import Client, RequestFactory

from asskomm.core.ui.frame import MENU, MenuEntry
from asskomm.core.ui.templatetags.ui import kern, kind
from tests.making import member
from tests.reading import said


class _Form(forms.Form):
    name = forms.CharField(help_text="wie im Ausweis", label="Name")
    size = forms.ChoiceField(choices=[("s", "klein")], required=False)
    agreed = forms.BooleanField()
    topics = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)
    one = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_group_of_answers_says_what_is_wrong_with_it_and_is_reached_from_the_list_of_faults() -> None:
    page = str(_Form({"name": "Kim"}))
    assert '<a href="#id_one">One: Dieses Feld ist zwingend erforderlich.</a>' in page
    assert re.search(r'<fieldset class="kern-fieldset"\s+id="id_one"\s+tabindex="-1"\s+aria-describedby="id_one_error">', page)
    assert [page.count(f'id="id_{name}_error"') for name in ("name", "agreed", "topics", "one")] == [0, 1, 1, 1]
    assert re.search(r'name="one"[^>]*aria-invalid="true"', page)


def test_nothing_is_wrong_before_anybody_answered() -> None:
    page = str(_Form())
    assert re.search(r'type="radio" name="one"[^>]*aria-invalid="false"', page)
    assert 'aria-invalid="true"' not in page


def test_every_widget_has_its_way_of_being_drawn() -> None:
    assert {field.name: kind(field) for field in _Form().visible_fields()} == {
        "name": "text",
        "size": "select",
        "agreed": "checkbox",
        "topics": "choices",
        "one": "choices",
    }


def test_a_widget_has_the_class_of_its_kind() -> None:
    assert kern(_Form()["agreed"]) == '<input type="checkbox" name="agreed" class="kern-form-check__checkbox" required id="id_agreed">'


def test_a_form_names_its_faults_at_the_top_and_at_the_field() -> None:
    text = said(str(_Form({"topics": ["a"], "agreed": "on", "one": "a"})))
    fault = "Dieses Feld ist zwingend erforderlich."
    assert text.startswith(f"Bitte prüfen Sie Ihre Angaben: Name: {fault} Name wie im Ausweis {fault} Size – freiwillig")
    markup = str(_Form({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in markup
    assert 'id="id_name_error"' in markup


@pytest.mark.parametrize(
    ("changes", "query"),
    [
        ("seite=2", "?stand=2023&amp;seite=2"),
        ("stand=''", "?"),
        ("stand='2024'", "?stand=2024"),
        ("fehlt=None", "?stand=2023"),
    ],
)
def test_a_query_is_changed_in_parts(changes: str, query: str) -> None:
    request = RequestFactory().get("/", {"stand": "2023"})
    assert Template(f"{{% query {changes} %}}").render(RequestContext(request)) == query


@pytest.mark.django_db
def test_entries_for_members_are_shown_to_members(client: Client) -> None:
    MENU.register("toy", MenuEntry("Werkbank", "library:fields", members_only=True), order=1)
    try:
        assert "Werkbank" not in client.get("/themen/").content.decode()
        client.force_login(member("coach", "Institut B3")[0])
        assert "Werkbank" in client.get("/themen/").content.decode()
    finally:
        MENU.remove("toy")
