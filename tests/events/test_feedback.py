# SPDX-License-Identifier: EUPL-1.2
"""How it was: said without a name, shown so that nobody is told by it, asked for once, and forgotten."""

import datetime as dt
import re
from collections.abc import Callable

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from asskomm.core.clock import clock
from asskomm.core.estimates import Quality
from asskomm.core.figures import FIGURES, Question
from asskomm.core.mail.models import Mail
from asskomm.core.retention import DELETION_RULES
from asskomm.core.visibility import ANYONE, SYSTEM, Principal, Visibility
from asskomm.events.domain.attendance import Note, check_in
from asskomm.events.domain.choosing import choose
from asskomm.events.domain.documentation import release_documentation
from asskomm.events.domain.feedback import FeedbackError, Said, ask_for_feedback, close_feedback, count_as_praise, give_feedback, path_of_feedback
from asskomm.events.domain.invitation_letters import path_of
from asskomm.events.domain.programme import SessionFacts, Slot, add_session, remove_session
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.domain.queries.documenting import documentation_of
from asskomm.events.domain.queries.evaluating import LEAST, evaluation_of, released
from asskomm.events.domain.registering import Applicant, register
from asskomm.events.domain.workshops import set_places
from asskomm.events.figures.of_answers import Praise
from asskomm.events.models import Feedback, Gathering, Registration, Session
from asskomm.events.models.gathering import FEEDBACK_FOR
from asskomm.methods.disclosure import protected, release_plan
from tests.core.documents.samples import faults, pages
from tests.events.making import BEFORE, BEGINS, accept, confirmed, gathering, invite, workshops
from tests.making import COUNCIL, FRANKENBERG, member, work_off
from tests.reading import field_errors, headings, said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def found() -> Gathering:
    """A gathering with a workshop, to which Ada and Ben came and Cem did not."""
    with clock.moved_to(BEFORE):
        made = gathering(5)
        workshops(made, 3)
        people = confirmed(made, "Ada", "Ben", "Cem")
    with clock.moved_to(BEGINS):
        for row in people[:2]:
            check_in(row, Note(BEGINS), by=SYSTEM)
    return made


def answer(found: Gathering, *ratings: int, session: str = "", begin: int = 0) -> None:
    """Let some people say how it was."""
    for number, rating in enumerate(ratings, begin):
        give_feedback(found, session, Said(rating, f"{session or 'x'}{number}"[-32:], f"gut{number}", f"besser{number}"))


def test_an_answer_says_nothing_of_whoever_gives_it(found: Gathering) -> None:
    session = found.sessions.get()
    with clock.moved_to(found.ends_at):
        answer(found, 1, 3)
        answer(found, 2, session=session.reference)
    kept = {field.name for field in Feedback._meta.fields}
    assert kept == {"id", "gathering", "session", "rating", "liked", "better", "praise", "nonce"}
    assert list(Feedback.objects.values_list("session", "rating", "liked")) == [(None, 1, "gut0"), (None, 3, "gut1"), (session.pk, 2, "gut0")]
    for wrong in ({"rating": 6}, {"rating": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Feedback.objects.update(**wrong)


def test_a_second_click_answers_once(found: Gathering) -> None:
    with clock.moved_to(found.ends_at):
        answer(found, 1)
        answer(found, 5)
    assert list(Feedback.objects.values_list("rating", flat=True)) == [1]


def test_people_are_asked_from_its_beginning_until_two_weeks_after_its_end(found: Gathering) -> None:
    session = found.sessions.get()
    assert session.starts_at == BEGINS + HOUR
    with clock.moved_to(BEGINS - HOUR), pytest.raises(FeedbackError, match="Zurzeit"):
        answer(found, 1)
    with clock.moved_to(BEGINS):
        answer(found, 1)
        with pytest.raises(FeedbackError, match="noch nicht begonnen"):
            answer(found, 1, session=session.reference)
    with clock.moved_to(found.ends_at + FEEDBACK_FOR - HOUR):
        answer(found, 1, session=session.reference)
    with clock.moved_to(found.ends_at + FEEDBACK_FOR), pytest.raises(FeedbackError, match="Zurzeit"):
        answer(found, 1)
    assert Feedback.objects.count() == 2


def test_far_more_answers_than_people_are_not_taken(found: Gathering) -> None:
    most = 3 * 3 + 1000
    with clock.moved_to(found.ends_at):
        Feedback.objects.bulk_create(Feedback(gathering=found, rating=1, nonce=str(number)) for number in range(most))
        with pytest.raises(FeedbackError, match="sehr viele Antworten"):
            answer(found, 1)
        answer(found, 1, session=found.sessions.get().reference)


@given(st.integers(0, 60), st.integers(0, 60))
def test_whoever_looks_twice_learns_of_no_fewer_than_five_together(first: int, more: int) -> None:
    rows = [Feedback(rating=1)] * (first + more)
    before = len(released(rows[:first], closed=False))
    for after in (len(released(rows, closed=False)), len(released(rows, closed=True))):
        assert after in {0, len(rows)} or after % LEAST == 0
        assert after - before == 0 or after - before >= LEAST
    assert before == 0 or before >= LEAST


@pytest.mark.parametrize("number", [*range(5, 31), 1000])
def test_what_is_not_yet_shown_cannot_be_worked_out_from_what_is_and_from_the_end(number: int) -> None:
    """Whoever knows what was shown before and at last how many there are cannot tell the newest answers from those just before them."""
    before = len(released([Feedback(rating=1)] * number, closed=False))
    newest = number % LEAST
    table = np.array([[before], [number - before - newest], [newest], [number]], dtype=np.float64)
    hidden = np.array([[False], [True], [True], [False]])
    plan = release_plan([3, 3, 3, -1], 1)
    assert protected(table, hidden & (np.arange(4)[:, None] == 2), hidden, plan, LEAST)


def test_what_was_said_is_counted_with_its_uncertainty(found: Gathering) -> None:
    with clock.moved_to(found.ends_at):
        answer(found, 1, 1, 2, 2, 3, 5, 1)
        (whole, session) = evaluation_of(found)
        assert (whole.shown, session.shown, whole.satisfied.quality, str(whole.answers)) == ((), (), Quality.NOT_SHOWN, "nicht ausgewiesen")
        close_feedback(found, by=SYSTEM)
        found.refresh_from_db()
        whole, session = evaluation_of(found)
    assert (whole.answers.value, whole.satisfied.value, whole.satisfied.base) == (7, 5 / 7, 7)
    assert whole.satisfied.interval == pytest.approx((0.3589, 0.9178), abs=1e-4)  # scipy 1.17.1: binomtest(5, 7).proportion_ci(method="wilson")
    assert [(label, count.value) for label, count in whole.ratings] == [("sehr gut bis gut", 5), ("mittel bis sehr schlecht", 2)]
    assert whole.rate.value is None  # seven answers of two people who were let in: no rate
    assert session.shown == ()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ([1] * 5 + [2] * 6, [("sehr gut", 5), ("gut", 6), ("mittel", 0), ("schlecht", 0), ("sehr schlecht", 0)]),
        ([1] * 5 + [2] * 6 + [5], [("sehr gut", 5), ("gut", 6), ("mittel bis sehr schlecht", 1)]),
        ([1] * 4 + [2] * 6 + [3] * 5 + [5] * 5, [("sehr gut bis gut", 10), ("mittel", 5), ("schlecht", 0), ("sehr schlecht", 5)]),
        ([3] * 6 + [4] * 4, [("sehr gut", 0), ("gut", 0), ("mittel bis sehr schlecht", 10)]),
    ],
)
def test_a_rating_that_few_gave_stands_with_its_neighbours(found: Gathering, said: list[int], told: list[tuple[str, int]]) -> None:
    with clock.moved_to(found.ends_at):
        answer(found, *said)
        whole = evaluation_of(close_feedback(found, by=SYSTEM))[0]
    assert [(label, count.value) for label, count in whole.ratings] == told


def test_what_people_said_stands_in_the_registry(found: Gathering) -> None:
    with clock.moved_to(found.ends_at):
        asked = Question(on=found.ends_at.date(), about=found.reference, reader=ANYONE)
        answer(found, 1, 1, 2, 2)
        for key in ("gathering_satisfaction", "gathering_praise"):
            assert FIGURES[key].answer(Question(on=found.ends_at.date(), about=found.reference, reader=ANYONE)).estimate.value is None
        answer(found, 3, 5, 1, begin=4)
        for nonce in ("x0", "x2"):
            count_as_praise(Feedback.objects.get(nonce=nonce), praise=True, by=SYSTEM)
        close_feedback(found, by=SYSTEM)
        satisfied = FIGURES["gathering_satisfaction"].answer(asked).estimate
        assert (satisfied.value, satisfied.base, satisfied.unit) == (5 / 7, 7, "share")
        assert satisfied.interval == pytest.approx((0.3589, 0.9178), abs=1e-4)
        praise = FIGURES["gathering_praise"]
        assert (praise.answer(asked).estimate.value, list(praise.drilldown(asked).rows)) == (2, [])  # quotes are read once the documentation is
        release_documentation(found, released=True, by=SYSTEM)
        asked = Question(on=found.ends_at.date(), about=found.reference, reader=ANYONE)
        assert sorted(row.label for row in praise.drilldown(asked).rows) == ["„gut0“", "„gut2“"]


def test_the_rate_is_of_those_who_were_there() -> None:
    with clock.moved_to(BEFORE):
        made = gathering(20)
        rows = confirmed(made, *(f"gast{number}" for number in range(12)))
    with clock.moved_to(BEGINS):
        for row in rows[:10]:
            check_in(row, Note(BEGINS), by=SYSTEM)
    with clock.moved_to(made.ends_at):
        answer(made, *[1] * 6)
        close_feedback(made, by=SYSTEM)
        made.refresh_from_db()
        assert (evaluation_of(made)[0].rate.value, str(evaluation_of(made)[0].rate)) == (0.6, "60 %")


def test_the_rate_of_a_session_is_of_those_who_were_at_it() -> None:
    """Of twelve who came five had a place in a workshop; nobody knows who sat in the talk beside it, and the plenary was for all."""
    with clock.moved_to(BEFORE):
        made = gathering(20)
        workshop, beside = workshops(made, 5, 5)
        set_places(beside, None, by=SYSTEM)
        begins = made.starts_at + dt.timedelta(hours=3)
        plenary = add_session(made, SessionFacts("talk", "Plenum"), Slot(begins, begins + dt.timedelta(hours=1)), by=SYSTEM)
        release_programme(made, by=SYSTEM)
        rows = confirmed(made, *(f"gast{number}" for number in range(12)))
        for row in rows[:5]:
            choose(row, workshop.reference, by=ANYONE)
    with clock.moved_to(BEGINS):
        for row in rows:
            check_in(row, Note(BEGINS), by=SYSTEM)
    with clock.moved_to(made.ends_at):
        for session in (workshop, beside, plenary):
            answer(made, *[1] * 5, session=session.reference)
        close_feedback(made, by=SYSTEM)
        made.refresh_from_db()
        rates = {row.title: row.rate.value for row in evaluation_of(made) if row.part}
    assert rates == {"Workshop 1.0": 1.0, "Workshop 1.1": None, "Plenum": 5 / 12}


def test_those_who_were_there_are_asked_once(found: Gathering) -> None:
    _account, stranger = member("coordinator", FRANKENBERG)
    with clock.moved_to(BEGINS), pytest.raises(FeedbackError, match="nach dem Ende"):
        ask_for_feedback(found, by=SYSTEM)
    with clock.moved_to(found.ends_at):
        with pytest.raises(PermissionDenied):
            ask_for_feedback(found, by=stranger)
        for _twice in range(2):
            ask_for_feedback(found, by=SYSTEM)
            work_off()
    mails = Mail.objects.filter(kind="feedback_asked").order_by("pk")
    assert list(mails.values_list("address__email", flat=True)) == ["ada@stadt.example", "ben@stadt.example"]
    assert path_of_feedback(found) in mails[0].text
    assert Registration.objects.get(name="Ada").reference not in mails[0].text


def test_where_nobody_was_checked_everybody_with_a_place_is_asked() -> None:
    with clock.moved_to(BEFORE):
        made = gathering(5)
        confirmed(made, "Ada")
        register(made, Applicant("Eva", "eva@stadt.example", "other"), by=ANYONE)
    with clock.moved_to(made.ends_at):
        ask_for_feedback(made, by=SYSTEM)
        work_off()
    assert list(Mail.objects.filter(kind="feedback_asked").values_list("address__email", flat=True)) == ["ada@stadt.example"]


def test_words_are_forgotten_after_eight_weeks_but_praise(found: Gathering) -> None:
    with clock.moved_to(found.ends_at):
        answer(found, 1, 2)
        with pytest.raises(FeedbackError):
            count_as_praise(Feedback.objects.create(gathering=found, rating=1, nonce="leer"), praise=True, by=SYSTEM)
        count_as_praise(Feedback.objects.get(nonce="x0"), praise=True, by=SYSTEM)
    with clock.moved_to(found.ends_at + dt.timedelta(days=57)):
        assert DELETION_RULES["feedback"].delete(None) == 2  # type: ignore[arg-type]
        assert DELETION_RULES["feedback"].delete(None) == 0  # type: ignore[arg-type]
    assert sorted(Feedback.objects.values_list("rating", "liked", "better", "praise")) == [(1, "", "", False), (1, "gut0", "", True), (2, "", "", False)]
    with clock.moved_to(found.ends_at + dt.timedelta(days=5 * 365 + 1)):
        assert DELETION_RULES["feedback"].delete(None) == 1  # type: ignore[arg-type]
        assert DELETION_RULES["feedback"].delete(None) == 0  # type: ignore[arg-type]
    assert list(Feedback.objects.filter(praise=True).values_list("liked", flat=True)) == [""]


def test_praise_counts_when_its_words_are_gone(found: Gathering) -> None:
    with clock.moved_to(found.ends_at):
        answer(found, 1, 1, 1, 1, 1)
        found = close_feedback(found, by=SYSTEM)
        count_as_praise(Feedback.objects.get(nonce="x0"), praise=True, by=SYSTEM)
        assert documentation_of(found).quotes == ["gut0"]
    with clock.moved_to(found.ends_at + dt.timedelta(days=5 * 365 + 1)):
        DELETION_RULES["feedback"].delete(None)  # type: ignore[arg-type]
        assert (documentation_of(found).quotes, evaluation_of(found)[0].praised.value) == ([], 1)
        question = Question(clock.today(), about=found.reference)
        figure = FIGURES["gathering_praise"]
        assert isinstance(figure, Praise)
        assert (figure.value(found, question).value, figure.rows(found, question)) == (1, ())


def test_from_the_code_on_the_wall_to_thanks(client: Client, found: Gathering) -> None:
    session: Session = found.sessions.get()
    with clock.moved_to(found.ends_at):
        page = client.get(path_of_feedback(found))
        assert (headings(page)[0], session.title in said(page.content.decode())) == ("Wie war es?", True)
        nonce = re.search(r'name="nonce" value="([0-9a-f]{32})"', page.content.decode())
        assert nonce is not None
        empty = client.post(path_of_feedback(found), {"nonce": nonce[1], "liked": "Die Karte"})
        assert (empty.status_code, list(field_errors(empty)), "Die Karte" in empty.content.decode()) == (422, ["rating"], True)
        sent = {"nonce": nonce[1], "rating": "1", "liked": "Die Karte"}
        assert headings(client.post(path_of_feedback(found), sent))[0] == "Danke"
        assert headings(client.post(path_of_feedback(found), sent))[0] == "Danke"
        assert headings(client.get(path_of_feedback(found, session.reference)))[0] == session.title
        assert client.get(path_of_feedback(found, "nirgends")).status_code == 404
    assert Feedback.objects.count() == 1
    assert client.get(f"/rueckmeldung/{found.reference}/falsch/").status_code == 404
    with clock.moved_to(BEFORE):
        assert "Zurzeit fragen wir nicht" in said(client.get(path_of_feedback(found)).content.decode())


def test_whoever_was_there_answers_even_where_the_invitation_is_not_public(client: Client) -> None:
    with clock.moved_to(BEFORE):
        made = gathering(5, visibility=Visibility.ALLIANCE)
        draft = gathering(5, published=False)
    with clock.moved_to(BEGINS):
        assert client.get(made.get_absolute_url()).status_code == 404
        assert client.get(path_of_feedback(made)).status_code == 200
        assert client.get(path_of_feedback(draft)).status_code == 404


def test_those_who_invite_read_close_and_praise(client: Client, sign_in: SignIn, found: Gathering) -> None:
    at = f"{found.get_absolute_url()}auswertung/"
    with clock.moved_to(found.ends_at):
        answer(found, 1, 1, 1, 2, 2, 4, 5)
        sign_in("coordinator", FRANKENBERG)
        answers = [client.get(at), client.post(f"{at}beenden/"), client.post(f"{at}bitten/"), client.post(f"{at}lob/1/", {"praise": "ja"})]
        assert [response.status_code for response in answers] == [403] * 4
        assert (Feedback.objects.filter(praise=True).count(), Gathering.objects.get(pk=found.pk).feedback_closed_at) == (0, None)
        sign_in("state_council")
        assert "Noch sind es zu wenige Antworten" in said(client.get(at).content.decode())
        assert "gut0" not in client.get(at).content.decode()
        closed = client.post(f"{at}beenden/", follow=True)
        assert "71,4 % fanden es gut oder sehr gut (35,9 % bis 91,8 %), 7 Antworten." in said(closed.content.decode())
        first = Feedback.objects.get(nonce="x0")
        praised = client.post(f"{at}lob/{first.nonce}/", {"praise": "ja"}, follow=True)
        assert "Als Lob gezählt: 1" in said(praised.content.decode())
        assert "Um Rückmeldung bitten kann man" in said(client.post(f"{at}bitten/", follow=True).content.decode())
        sheet = client.get(f"{found.get_absolute_url()}auswertung.csv").content.decode().splitlines()
    assert [line.split(",")[:2] for line in sheet[-2:]] == [["", "7"], ["Workshop 1.0", ""]]


def test_codes_to_hang_up_are_a_page_each(client: Client, sign_in: SignIn, found: Gathering) -> None:
    sign_in("state_council", COUNCIL)
    with clock.moved_to(BEFORE):
        content = client.get(f"{found.get_absolute_url()}rueckmeldung-aushang.pdf").content
    shown = pages(content)
    assert (len(shown), [title in page for title, page in zip((found.title, "Workshop 1.0"), shown, strict=True)]) == (2, [True, True])
    assert path_of_feedback(found, found.sessions.get().reference) in "".join(shown[1].split())
    assert faults(content) == []


def test_what_was_said_about_a_session_goes_with_it(found: Gathering) -> None:
    session = found.sessions.get()
    with clock.moved_to(found.ends_at):
        answer(found, 1, session=session.reference)
        answer(found, 1)
    with clock.moved_to(BEFORE):
        remove_session(session, by=SYSTEM)
    assert list(Feedback.objects.values_list("session", flat=True)) == [None]


def test_whoever_contributed_reads_what_was_said_of_it_and_of_nothing_else(client: Client, found: Gathering) -> None:
    session = found.sessions.get()
    with clock.moved_to(BEFORE):
        row = accept(invite(found, session=session), session.title)
    with clock.moved_to(found.ends_at + HOUR):
        answer(found, 1, 1, 1, 1, 1)
        answer(found, 1, 2, 3, 1, session=session.reference)
        assert "Was gesagt wurde" not in headings(client.get(path_of(row)), 2)  # too few
        answer(found, 4, session=session.reference, begin=4)
        close_feedback(found, by=SYSTEM)
        count_as_praise(Feedback.objects.get(session=session, liked="gut1"), praise=True, by=SYSTEM)
        page = said(client.get(path_of(row)).content.decode())
        assert "60 % fanden Ihren Beitrag gut oder sehr gut" in page
        assert ("gut1" in page, "gut2" in page, "besser" in page) == (True, False, False)
