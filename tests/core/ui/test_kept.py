# SPDX-License-Identifier: EUPL-1.2
"""What every stranger gets alike is made once a moment; nobody gets what is another's, and every form can be sent."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.events.domain.gatherings import call_off
from asskomm.events.domain.questions import Asked, set_questions
from asskomm.events.models import Gathering, Registration
from tests.events.making import BEFORE, gathering, workshops
from tests.reading import headings

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]


@pytest.fixture(autouse=True)
def _kept_in_may(settings: Settings) -> object:
    settings.PAGES_KEPT_SECONDS = 60
    with clock.moved_to(BEFORE):
        yield


@pytest.fixture
def found() -> Gathering:
    """Give a gathering whose page a stranger has read, and whose title was changed since."""
    made = gathering(2)
    Client().get(made.get_absolute_url())
    Client().get(f"{made.get_absolute_url()}anmelden/")
    Gathering.objects.update(title="Netzwerktreffen")
    return made


def test_strangers_get_what_was_made_a_moment_ago_without_a_question(found: Gathering, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        for path in (found.get_absolute_url(), f"{found.get_absolute_url()}anmelden/"):
            answer = Client().get(path)
            assert ("Fachtag" in answer.content.decode(), "Netzwerktreffen" in answer.content.decode()) == (True, False)


def test_whoever_is_signed_in_gets_her_own_page_and_nobody_else_does(found: Gathering, client: Client, sign_in: SignIn) -> None:
    sign_in("state_council")
    own = client.get(found.get_absolute_url())
    assert (headings(own)[0], "Für Sie als Einladende" in headings(own, 2)) == ("Netzwerktreffen", True)
    strangers = Client().get(found.get_absolute_url())
    assert (headings(strangers)[0], "Für Sie als Einladende" in headings(strangers, 2)) == ("Fachtag", False)


def test_a_page_made_for_a_member_first_is_not_kept_for_strangers(client: Client, sign_in: SignIn) -> None:
    made = gathering(2)
    sign_in("state_council")
    client.get(made.get_absolute_url())
    assert "Für Sie als Einladende" not in headings(Client().get(made.get_absolute_url()), 2)


def test_with_parameters_and_in_another_language_it_is_another_page(found: Gathering) -> None:
    assert headings(Client().get(found.get_absolute_url(), {"frueher": "1"}))[0] == "Netzwerktreffen"
    english = Client()
    english.cookies["sprache"] = "en"
    assert headings(english.get(found.get_absolute_url()))[0] == "Netzwerktreffen"


def test_a_page_that_is_not_there_yet_is_not_kept() -> None:
    made = gathering(2, published=False)
    assert Client().get(made.get_absolute_url()).status_code == 404
    Gathering.objects.update(state="published")
    assert Client().get(made.get_absolute_url()).status_code == 200


def test_forms_of_a_kept_page_can_be_sent_by_the_reader_alone_who_got_it(found: Gathering) -> None:
    path, person = f"{found.get_absolute_url()}anmelden/", {"name": "Ada Muster", "participant_type": "municipality"}
    readers = [Client(enforce_csrf_checks=True) for _ in range(2)]
    tokens = [set(re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', reader.get(path).content.decode())) for reader in readers]
    assert [len(those) for those in tokens] == [1, 1]
    assert tokens[0] != tokens[1]
    (theirs,), (own,) = tokens
    sent = [readers[1].post(path, person | {"email": "ada@stadt.example", "csrfmiddlewaretoken": token}) for token in (theirs, own)]
    assert [answer.status_code for answer in sent] == [403, 200]
    assert headings(sent[1]) == ["Noch ein Schritt"]


def test_a_programme_is_handed_out_without_a_question_and_in_one_line_to_whoever_has_it(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = gathering(2)
    workshops(made, 3)
    path = f"{made.get_absolute_url()}programm/"
    first = Client().get(path)
    with django_assert_num_queries(0):
        again, known = Client().get(path), Client().get(path, headers={"If-None-Match": first["ETag"]})
    assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], "private, no-cache") == (first["ETag"], first["Cache-Control"])
    assert headings(again) == headings(first)
    assert (known.status_code, known.content, known["ETag"]) == (304, b"", first["ETag"])
    caches["local"].clear()
    assert Client().get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    with django_assert_num_queries(0):
        assert headings(Client().get(path)) == headings(first)


def test_whether_somebody_can_register_is_decided_as_things_stand_now_not_as_they_were_read(found: Gathering) -> None:
    said = {"name": "Ada Muster", "email": "ada@stadt.example", "participant_type": "municipality"}
    path = f"{found.get_absolute_url()}anmelden/"
    assert headings(Client().post(path, said)) == ["Noch ein Schritt"]
    call_off(Gathering.objects.get(), by=SYSTEM)
    late = Client().post(path, said | {"email": "bea@stadt.example"})
    assert (late.status_code, "Die Anmeldung ist zurzeit nicht offen." in late.content.decode()) == (422, True)
    assert [row.email for row in Registration.objects.all()] == ["ada@stadt.example"]


def test_questions_of_a_gathering_are_asked_in_a_form_that_is_sent_a_moment_later(found: Gathering) -> None:
    path = f"{found.get_absolute_url()}anmelden/"
    Client().post(path, {"name": ""})
    set_questions(Gathering.objects.get(), [Asked("Kommen Sie mit dem Rad?")], by=SYSTEM)
    assert "Kommen Sie mit dem Rad?" not in Client().post(path, {"name": ""}).content.decode()
    caches["local"].clear()
    for _from_what_is_kept in (False, True):
        assert "Kommen Sie mit dem Rad?" in Client().post(path, {"name": ""}).content.decode()
    key, said = found.questions.get().pk, {"name": "Ada Muster", "email": "ada@stadt.example", "participant_type": "municipality"}
    assert headings(Client().post(path, said | {f"question_{key}": "Ja"})) == ["Noch ein Schritt"]
    assert Registration.objects.get().answers == {str(key): "Ja"}


def test_nothing_is_kept_where_nothing_shall_be(settings: Settings) -> None:
    settings.PAGES_KEPT_SECONDS = 0
    made = gathering(2)
    Client().get(made.get_absolute_url())
    Gathering.objects.update(title="Netzwerktreffen")
    assert headings(Client().get(made.get_absolute_url()))[0] == "Netzwerktreffen"


def test_a_title_of_several_words_or_very_long_makes_a_key_that_every_cache_takes() -> None:
    """What a cache may not take is a warning, and warnings are errors here."""
    said = {"name": "Ada Muster", "email": "ada@stadt.example", "participant_type": "municipality"}
    for title in ("Gemeinsam sicher vor Ort", "Langer Titel " * 15):
        path = f"{gathering(2, title=title[:160]).get_absolute_url()}anmelden/"
        for _from_what_is_kept in (False, True):
            assert headings(Client().post(path, said)) == ["Noch ein Schritt"]
