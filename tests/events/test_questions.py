# SPDX-License-Identifier: EUPL-1.2
"""Questions of one gathering: written, asked of some types of participants, answered, taken along, and forgotten."""

import csv
import io
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.retention import SUBJECT_RECORDS
from asskomm.core.retention.domain.access import subject_of
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain.forgetting import forget_who_came
from asskomm.events.domain.gatherings import GatheringError
from asskomm.events.domain.letters import path_of
from asskomm.events.domain.questions import MOST, Asked, set_questions
from asskomm.events.domain.registering import confirm
from asskomm.events.models import Gathering, Question, Registration
from tests.events.making import BEFORE, gathering
from tests.making import FRANKENBERG, GOERLITZ, member
from tests.reading import field_errors, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
ADA = {"name": "Ada Muster", "email": "ada@stadt.example", "participant_type": "municipality"}


@pytest.fixture(autouse=True)
def _in_may(loaded: None) -> object:
    with clock.moved_to(BEFORE):
        yield


@pytest.fixture
def found() -> Gathering:
    """A gathering that asks all for their size, municipalities for their council, the police for their station."""
    made = gathering(5)
    questions = [
        Asked("Größe des Hemdes", "choice", ["M", "L"], required=True),
        Asked("Gibt es einen Präventionsrat?", "yes_no", required=True, participant_types=["municipality"]),
        Asked("Welches Revier?", participant_types=["state_police"]),
    ]
    set_questions(made, questions, by=SYSTEM)
    return made


def sent(found: Gathering, *answers: str, **more: str) -> dict[str, str]:
    """Give what a form sends."""
    keys = [f"question_{key}" for key in found.questions.values_list("pk", flat=True)]
    return {**ADA, **dict(zip(keys, answers, strict=False)), **more}


def answers_of(found: Gathering) -> dict[str, str]:
    """Give the answers of the last registration by the text of the question."""
    row = Registration.objects.filter(gathering=found).latest("number")
    return {question.text: row.answers[str(question.pk)] for question in found.questions.all() if str(question.pk) in row.answers}


def test_what_is_asked_of_a_type_has_to_be_answered_by_it_alone(client: Client, found: Gathering) -> None:
    at = f"{found.get_absolute_url()}anmelden/"
    page = said(client.get(at).content.decode())
    assert "Nur wenn Sie kommen für: Kommune. Wir brauchen eine Antwort." in page
    wrong = client.post(at, sent(found))
    assert (wrong.status_code, list(field_errors(wrong).values())) == (422, [["Bitte beantworten Sie diese Frage."]] * 2)
    assert client.post(at, sent(found, "XL", "yes")).status_code == 422
    client.post(at, sent(found, "L", "yes", "Revier 1"))
    assert answers_of(found) == {"Größe des Hemdes": "L", "Gibt es einen Präventionsrat?": "yes"}  # she is not of the police
    client.post(at, sent(found, "M", "", "Revier 1", email="ben@stadt.example", participant_type="state_police"))
    assert answers_of(found) == {"Größe des Hemdes": "M", "Welches Revier?": "Revier 1"}


def test_answers_are_changed_by_the_link_taken_along_and_told_to_whoever_gave_them(client: Client, sign_in: SignIn, found: Gathering) -> None:
    client.post(f"{found.get_absolute_url()}anmelden/", sent(found, "L", "yes"))
    ada = confirm(Registration.objects.get(), by=ANYONE)
    form = client.get(f"{path_of(ada)}aendern/").content.decode()
    assert ("Größe des Hemdes" in form, "Welches Revier?" in form, 'value="L" selected' in form) == (True, False, True)
    client.post(f"{path_of(ada)}aendern/", sent(found, "M", "no"))
    assert answers_of(found) == {"Größe des Hemdes": "M", "Gibt es einen Präventionsrat?": "no"}
    account, _principal = member("coordinator", GOERLITZ, email="ada@stadt.example")
    (row,) = SUBJECT_RECORDS["registrations"].rows(subject_of(account.pk))
    assert row["Antworten auf eigene Fragen"] == "Größe des Hemdes: M; Gibt es einen Präventionsrat?: nein"
    sign_in("state_council")
    (line,) = csv.DictReader(io.StringIO(client.get(f"{found.get_absolute_url()}anmeldungen.csv").content.decode()))
    assert [line[f"question_{key}"] for key in found.questions.values_list("pk", flat=True)] == ["M", "nein", ""]


def test_whoever_enters_somebody_does_not_have_to_know_every_answer(client: Client, sign_in: SignIn, found: Gathering) -> None:
    sign_in("state_council")
    client.post(f"{found.get_absolute_url()}anmeldungen/neu/", sent(found))
    assert (Registration.objects.count(), answers_of(found)) == (1, {})


def test_answers_are_forgotten_with_the_names(client: Client, found: Gathering) -> None:
    client.post(f"{found.get_absolute_url()}anmelden/", sent(found, "L", "yes"))
    forget_who_came(found)
    assert Registration.objects.get().answers == {}


def test_questions_are_written_changed_and_taken_away_on_a_page(client: Client, sign_in: SignIn) -> None:
    found = gathering(5)
    at = f"{found.get_absolute_url()}eigene-fragen/"
    sign_in("coordinator", FRANKENBERG)
    assert (client.get(at).status_code, client.post(at, {}).status_code) == (403, 403)
    sign_in("state_council")
    management = {"frage-TOTAL_FORMS": "2", "frage-INITIAL_FORMS": "0"}
    only_one = {"frage-0-text": "Größe?", "frage-0-kind": "choice", "frage-0-choices": "M\n\nM", "frage-1-kind": "text"}
    wrong = client.post(at, {**management, **only_one})
    assert (wrong.status_code, "gibt es nichts zu wählen" in said(wrong.content.decode()), "Größe?" in wrong.content.decode()) == (422, True, True)
    right = {**only_one, "frage-0-choices": "M\nL", "frage-0-participant_types": ["municipality"]}
    client.post(at, {**management, **right})
    question = Question.objects.get()
    assert (question.text, question.choices, question.participant_types, question.required) == ("Größe?", ["M", "L"], ["municipality"], False)
    assert "Größe?" in client.get(at).content.decode()
    again = {"frage-TOTAL_FORMS": "2", "frage-INITIAL_FORMS": "1", "frage-0-key": str(question.pk), "frage-0-text": "Größe", "frage-0-kind": "text"}
    client.post(at, {**again, "frage-1-text": "Neu?", "frage-1-kind": "yes_no"})
    assert list(Question.objects.values_list("text", "kind", "choices")) == [("Größe", "text", []), ("Neu?", "yes_no", [])]
    assert Question.objects.get(text="Größe").pk == question.pk  # its answers stay
    client.post(at, {**again, "frage-0-text": "", "frage-1-kind": "text"})
    assert list(Question.objects.values_list("text", flat=True)) == ["Neu?"]  # a colleague added it; this page did not show it
    set_questions(found, [Asked("Neu?"), Asked("Neu?", required=True)], by=SYSTEM)
    assert list(Question.objects.values_list("text", "required")) == [("Neu?", True)]  # a second click asks nothing twice


def test_what_cannot_be_asked() -> None:
    found, other = gathering(5), gathering(5)
    set_questions(other, [Asked("Woher?")], by=SYSTEM)
    foreign = other.questions.get()
    set_questions(found, [Asked("Wohin?", key=foreign.pk)], by=SYSTEM)  # a key of somebody else's question makes a new one
    assert (other.questions.get().text, found.questions.get().text) == ("Woher?", "Wohin?")
    with pytest.raises(GatheringError, match="höchstens 10"):
        set_questions(found, [Asked(str(number)) for number in range(MOST + 1)], by=SYSTEM)
    _account, stranger = member("coordinator", FRANKENBERG)
    with pytest.raises(PermissionDenied):
        set_questions(found, [], by=stranger)
