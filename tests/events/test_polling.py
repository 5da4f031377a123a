# SPDX-License-Identifier: EUPL-1.2
"""Finding a day: asked, answered without an account, changed by one's own link, settled, forgotten."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.retention import DELETION_RULES
from asskomm.core.ui.logs import cleaned
from asskomm.core.visibility import SYSTEM, Principal
from asskomm.events.domain import polling as verbs
from asskomm.events.domain.polling import PollError, answer_poll, ask_when, path_of_poll, path_of_voter, settle
from asskomm.events.domain.queries.polls import open_polls, standing_of_poll
from asskomm.events.interfaces.poll_forms import PollForm
from asskomm.events.models import DatePoll, Gathering, PollVoter
from tests.events.making import BEFORE, BEGINS
from tests.making import FRANKENBERG, GOERLITZ, body, member
from tests.reading import field_errors, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
HOUR = dt.timedelta(hours=1)
TIMES = [(BEGINS, BEGINS + HOUR), (BEGINS + 24 * HOUR, BEGINS + 25 * HOUR), (BEGINS + 48 * HOUR, BEGINS + 49 * HOUR)]


@pytest.fixture(autouse=True)
def _in_may(loaded: None) -> object:
    with clock.moved_to(BEFORE):
        yield


@pytest.fixture
def poll() -> DatePoll:
    """Frankenberg looks for one of three days."""
    return ask_when(body(FRANKENBERG), "Runder Tisch", "Rathaus", TIMES, by=SYSTEM)


def answered(poll: DatePoll, name: str, *answers: str) -> PollVoter:
    """Let somebody answer for the days in their order."""
    return answer_poll(poll, name, dict(zip(poll.options.values_list("pk", flat=True), answers, strict=False)))


def test_the_day_that_suits_most_is_best_and_perhaps_breaks_a_tie(poll: DatePoll) -> None:
    answered(poll, "Ada", "yes", "yes", "no")
    answered(poll, "Ben", "no", "maybe", "maybe")
    found = standing_of_poll(poll)
    assert [(row.yes.value, row.maybe.value, row.best) for row in found.options] == [(1, 0, False), (1, 1, True), (0, 1, False)]
    assert [(str(who), answers) for who, answers in found.rows] == [("Ada", ["ja", "ja", "nein"]), ("Ben", ["nein", "vielleicht", "vielleicht"])]


def test_a_name_answers_once_and_changes_by_its_own_link(poll: DatePoll) -> None:
    ada = answered(poll, "Ada", "yes", "yes", "yes")
    with pytest.raises(PollError, match="hat schon geantwortet"):
        answered(poll, " Ada ", "no")
    answer_poll(poll, "Ada M.", {}, ada)
    assert [(str(who), answers) for who, answers in standing_of_poll(poll).rows] == [("Ada M.", ["nein"] * 3)]


def test_what_cannot_be_asked() -> None:
    owner = body(FRANKENBERG)
    for times, sentence in (
        (TIMES[:1], "zwei bis 20"),
        ([TIMES[0]] * 2, "zwei bis 20"),
        ([(BEGINS + number * HOUR, BEGINS + (number + 1) * HOUR) for number in range(21)], "zwei bis 20"),
        ([TIMES[0], (BEGINS, BEGINS)], "vor dem Beginn"),
        ([TIMES[0], (BEFORE - HOUR, BEFORE)], "Vergangenheit"),
    ):
        with pytest.raises(PollError, match=sentence):
            ask_when(owner, "x", "y", times, by=SYSTEM)
    _account, stranger = member("coordinator", GOERLITZ)
    with pytest.raises(PermissionDenied):
        ask_when(owner, "x", "y", TIMES, by=stranger)
    assert DatePoll.objects.count() == 0


def test_settling_makes_a_draft_once_and_ends_the_answers(poll: DatePoll) -> None:
    _account, stranger = member("coordinator", GOERLITZ)
    _account, own = member("coordinator", FRANKENBERG)
    second = poll.options.all()[1]
    with pytest.raises(PermissionDenied):
        settle(poll, second, by=stranger)
    other = ask_when(body(FRANKENBERG), "Anderes", "Rathaus", TIMES, by=SYSTEM)
    with pytest.raises(PollError, match="gibt es hier nicht"):
        settle(poll, other.options.all()[0], by=own)
    assert [[str(row) for row in open_polls(principal)] for principal in (own, stranger)] == [["Anderes", "Runder Tisch"], []]
    draft = settle(poll, second, by=own)
    assert [str(row) for row in open_polls(own)] == ["Anderes"]
    assert (draft.title, draft.place, draft.starts_at, draft.state, draft.owner) == ("Runder Tisch", "Rathaus", TIMES[1][0], "draft", poll.owner)
    assert settle(poll, poll.options.all()[0], by=own) == draft
    assert Gathering.objects.count() == 1
    with pytest.raises(PollError, match="steht schon fest"):
        answered(poll, "Eva", "yes")


def test_from_the_question_to_the_draft(client: Client, sign_in: SignIn) -> None:
    sign_in("coordinator", FRANKENBERG)
    at = "/veranstaltungen/termin-finden/"
    assert at in client.get("/veranstaltungen/").content.decode()
    asked = {"owner": str(body(FRANKENBERG).pk), "title": "Runder Tisch", "place": "Rathaus", "times": "14.09.2027 10:00 bis 12:00"}
    wrong = client.post(at, asked)
    assert (wrong.status_code, list(field_errors(wrong)), "Runder Tisch" in wrong.content.decode()) == (422, ["times"], True)
    answer = client.post(at, {**asked, "times": "14.09.2027 10:00 bis 12:00\n15.09.2027, 9.30–11.00 Uhr"}, follow=True)
    poll = DatePoll.objects.get()
    assert answer.request["PATH_INFO"] == path_of_poll(poll)
    client.logout()
    first, second = poll.options.values_list("pk", flat=True)
    assert "nehmen" not in said(client.get(path_of_poll(poll)).content.decode())
    nothing = client.post(path_of_poll(poll), {"name": "Ada"})
    assert (nothing.status_code, sorted(field_errors(nothing))) == (422, sorted([f"option_{first}", f"option_{second}"]))
    sent = {"name": "Ada", f"option_{first}": "no", f"option_{second}": "yes"}
    stored = client.post(path_of_poll(poll), sent, follow=True)
    assert stored.request["PATH_INFO"] == path_of_voter(PollVoter.objects.get())
    twice = client.post(path_of_poll(poll), sent)
    assert (twice.status_code, list(field_errors(twice))) == (422, ["name"])
    changed = client.post(path_of_voter(PollVoter.objects.get()), {**sent, f"option_{first}": "maybe"}, follow=True)
    assert "Ada vielleicht ja" in said(changed.content.decode())
    assert client.post(f"/terminfindung/{poll.reference}/nehmen/{second}/").status_code == 302  # to sign in
    assert Gathering.objects.count() == 0
    sign_in("coordinator", GOERLITZ)
    assert client.post(f"/terminfindung/{poll.reference}/nehmen/{second}/").status_code == 403
    client.logout()
    client.force_login(member("coordinator", FRANKENBERG, email="zwei@example.org")[0])
    assert client.post(f"/terminfindung/{poll.reference}/nehmen/{second}/").status_code == 302
    assert Gathering.objects.get().starts_at == dt.datetime(2027, 9, 15, 9, 30, tzinfo=BEGINS.tzinfo)


def test_links_cannot_be_guessed_and_stand_in_no_log(client: Client, poll: DatePoll) -> None:
    ada = answered(poll, "Ada", "yes")
    for address in (f"/terminfindung/{poll.reference}/0/", f"/terminfindung/antwort/{ada.reference}/0/"):
        assert client.get(address).status_code == 404
    for path in (path_of_poll(poll), path_of_voter(ada)):
        shown = cleaned(f"GET {path} HTTP/1.1")
        assert (poll.reference in shown, ada.reference in shown) == (False, False)


@pytest.mark.parametrize("line", ["14.09.2027 10:00-12:00", "4.9.2027 9:00 bis 10:30", "14.09.2027, 10.00 – 12.00 Uhr"])
def test_times_are_read_as_people_write_them(line: str) -> None:
    form = PollForm(SYSTEM, {"times": line})
    form.is_valid()
    assert "times" not in form.errors


@pytest.mark.parametrize("line", ["14.09.2027", "31.02.2027 10:00-12:00", "14.09.2027 25:00-26:00", "morgen"])
def test_what_is_no_time_is_named(line: str) -> None:
    form = PollForm(SYSTEM, {"times": line})
    form.is_valid()
    assert form.errors["times"] == [f"„{line}“ ist kein Termin. Schreiben Sie: 14.09.2027 10:00 bis 12:00"]


def test_it_is_forgotten_eight_weeks_after_the_last_day(poll: DatePoll) -> None:
    answered(poll, "Ada", "yes")
    settle(poll, poll.options.all()[0], by=SYSTEM)
    for days, left in ((55, 1), (57, 0)):
        with clock.moved_to(TIMES[-1][1] + dt.timedelta(days=days)):
            DELETION_RULES["polls"].delete(None)  # type: ignore[arg-type]
        assert (DatePoll.objects.count(), PollVoter.objects.count()) == (left, left)
    assert Gathering.objects.count() == 1


def test_many_answers_end_somewhere(poll: DatePoll, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "MOST_VOTERS", 1)
    answered(poll, "Ada", "yes")
    with pytest.raises(PollError, match="sehr viele"):
        answered(poll, "Ben", "yes")
