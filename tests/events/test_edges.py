# SPDX-License-Identifier: EUPL-1.2
"""What somebody finds who looks for the edges: dates moved, workshops dropped or called off, lists read twice, forms sent late."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.exports import Column, Sheet, export, formats_for
from asskomm.core.figures import FIGURES, Question
from asskomm.core.imports.domain import door
from asskomm.core.jobs.domain.orders import order
from asskomm.core.mail.models import Mail
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain import registering
from asskomm.events.domain.admitting import refuse
from asskomm.events.domain.assigning import assign_workshops
from asskomm.events.domain.attendance import CheckInError, Note, check_in
from asskomm.events.domain.choosing import choose, leave, name_wishes
from asskomm.events.domain.counting_by_hand import Counted, count_by_hand
from asskomm.events.domain.feedback import FeedbackError, Said, give_feedback
from asskomm.events.domain.forgetting import forget_who_came
from asskomm.events.domain.gatherings import GatheringError, Room, Terms, call_off, change_gathering, set_terms
from asskomm.events.domain.minutes import Promise, Topic, set_agenda, write_minutes
from asskomm.events.domain.offers import ACCEPTS
from asskomm.events.domain.programme import Slot, SpeakerFacts, add_speaker, place_session, remove_session
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.domain.queries.choices import choices_of
from asskomm.events.domain.queries.needs import needs_of
from asskomm.events.domain.queries.workshops import wish_blocks, workshops_of
from asskomm.events.domain.questions import Asked, set_questions
from asskomm.events.domain.registering import Applicant, Details, cancel, confirm, forget_unconfirmed, pass_on, register
from asskomm.events.domain.repeating import days_ahead, repeat
from asskomm.events.domain.slides import SlidesError, check_slides
from asskomm.events.domain.workshops import take_out
from asskomm.events.enums import Ask, Rhythm
from asskomm.events.models import ActionItem, Feedback, Gathering, Registration, SessionPlaces, Visit
from asskomm.events.tasks import LAPSE
from tests.events.making import BEFORE, BEGINS, come, confirmed, facts, gathering, invite, seats, standing, workshops
from tests.making import FRANKENBERG, GOERLITZ, place, work_off
from tests.reading import said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
HOUR = dt.timedelta(hours=1)
WISHES_UNTIL = BEFORE + dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def _in_may(loaded: None) -> object:
    with clock.moved_to(BEFORE):
        yield


def test_the_number_of_an_answer_says_nothing_and_hidden_ones_cannot_be_praised(client: Client, sign_in: SignIn) -> None:
    found = gathering(None)
    with clock.moved_to(found.ends_at):
        for number in range(12):
            give_feedback(found, "", Said(1, f"{number:032x}", "gut"))
        sign_in("state_council")
        at = f"{found.get_absolute_url()}auswertung/"
        page = client.get(at).content.decode()
        assert [f"/lob/{number:032x}/" in page for number in (0, 4, 5, 11)] == [True, True, False, False]
        assert [client.post(f"{at}lob/{number:032x}/", {"praise": "ja"}).status_code for number in (4, 5)] == [302, 404]


def test_begin_and_end_stay_once_people_have_said_how_it_was() -> None:
    found = gathering(None)
    with clock.moved_to(found.starts_at):
        give_feedback(found, "", Said(1, "x"))
    change_gathering(found, facts(title="Anders"), Room(), by=SYSTEM)
    with pytest.raises(GatheringError, match="lassen sich nicht mehr ändern"):
        change_gathering(found, facts(starts_at=BEGINS - HOUR), Room(), by=SYSTEM)


def test_a_conference_of_a_municipality_is_not_that_of_the_state() -> None:
    for owner, people in (("Landespräventionsrat Sachsen", 200), (FRANKENBERG, 20_000)):
        held = gathering(None, owner=owner)
        with clock.moved_to(held.ends_at):
            count_by_hand(held, Counted({"municipality": people}), by=SYSTEM)
    with clock.moved_to(held.ends_at + HOUR):
        asked = Question(on=held.ends_at.date(), reader=ANYONE)
        assert FIGURES["gathering_participants"].answer(asked).estimate.value == 200


def test_what_is_called_off_gives_out_no_places() -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    for row in confirmed(found, "Ada", "Ben", "Eva"):
        choose(row, session.reference, by=ANYONE)
    leave(Registration.objects.select_related("gathering").get(name="Ada"), session.reference, by=ANYONE)
    call_off(found, by=SYSTEM)
    sent = Mail.objects.filter(kind__startswith="seat_").count()
    with clock.moved_to(BEFORE + ACCEPTS):
        pass_on(found)
    assert (Mail.objects.filter(kind__startswith="seat_").count(), seats(session)) == (sent, {"Eva": "waiting"})


def test_lines_of_before_give_way_to_wishes() -> None:
    found = gathering(5, terms=Terms(wishes_until=WISHES_UNTIL))
    first, second = workshops(found, 1, 1)
    ada, ben = confirmed(found, "Ada", "Ben")
    choose(ada, first.reference, by=ANYONE)
    choose(ben, first.reference, by=ANYONE)  # two side by side: whoever comes first
    (third,) = workshops(found, 1)
    name_wishes(ben, first.reference, [first.reference, third.reference], by=ANYONE)
    assign_workshops(found, by=SYSTEM)
    assert (seats(first), seats(second), seats(third)) == ({"Ada": "seated", "Ben": "waiting"}, {}, {"Ben": "seated"})


def test_a_list_does_not_register_whoever_cancelled_or_was_refused() -> None:
    found = gathering(5)
    ada, ben = confirmed(found, "Ada", "Ben")
    cancel(ada, by=ANYONE)
    refuse(ben, by=SYSTEM)
    rows = ["Veranstaltung;Name;E-Mail", "Fachtag;Ada;ada@stadt.example", "Fachtag;Ben;ben@stadt.example", "Fachtag;Eva;"]
    for accepted, duplicates in ((1, 2), (0, 3)):
        batch = door.receive("liste.csv", iter(["\n".join(rows).encode()]), by=SYSTEM)
        work_off()
        batch.refresh_from_db()
        assert (batch.accepted, batch.duplicates) == (accepted, duplicates)
        if accepted:
            door.take_over(batch, by=SYSTEM)
            work_off()
    assert standing(found) == {"Ada": "cancelled", "Ben": "refused", "Eva": "confirmed"}


def test_whoever_was_in_a_workshop_that_leaves_the_programme_is_told_and_free() -> None:
    found = gathering(5)
    first, _second = workshops(found, 1, 1)
    (ada,) = confirmed(found, "Ada")
    choose(ada, first.reference, by=ANYONE)
    place_session(first, None, by=SYSTEM)
    assert seats(first) == {"Ada": "seated"}  # only planned
    release_programme(found, by=SYSTEM)
    assert (seats(first), SessionPlaces.objects.get(session=first).taken, Mail.objects.filter(kind="workshop_dropped").count()) == ({}, 0, 1)


def test_a_workshop_is_dropped_with_an_overdue_offer_in_it() -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    ada, ben = confirmed(found, "Ada", "Ben")
    choose(ada, session.reference, by=ANYONE)
    choose(ben, session.reference, by=ANYONE)
    leave(ada, session.reference, by=ANYONE)
    with clock.moved_to(BEFORE + ACCEPTS):
        remove_session(session, by=SYSTEM)
    assert SessionPlaces.objects.count() == 0


def test_nobody_is_told_afterwards_that_what_she_was_in_did_not_take_place() -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    choose(confirmed(found, "Ada")[0], session.reference, by=ANYONE)
    with clock.moved_to(found.ends_at):
        remove_session(session, by=SYSTEM)
    assert Mail.objects.filter(kind="workshop_dropped").count() == 0


def test_a_session_with_places_goes_although_nobody_registers_any_more() -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    change_gathering(found, facts(), Room(), by=SYSTEM)
    remove_session(session, by=SYSTEM)
    assert found.sessions.count() == 0


def test_what_is_said_about_a_session_that_is_gone_does_not_count_for_the_whole() -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    remove_session(session, by=SYSTEM)
    with clock.moved_to(found.ends_at), pytest.raises(FeedbackError, match="nicht stattgefunden"):
        give_feedback(found, session.reference, Said(1, "x"))
    assert Feedback.objects.count() == 0


def test_whoever_gave_her_wish_away_is_not_told_that_it_was_not_met() -> None:
    found = gathering(5, terms=Terms(wishes_until=WISHES_UNTIL))
    first, *_others = workshops(found, 1, 1, 1)
    (ada,) = confirmed(found, "Ada")
    name_wishes(ada, first.reference, [first.reference], by=ANYONE)
    assign_workshops(found, by=SYSTEM)
    leave(ada, first.reference, by=ANYONE)
    assert choices_of(Registration.objects.select_related("gathering").get())[0].outcome == ""


def test_one_long_workshop_does_not_make_a_day_one_choice() -> None:
    found = gathering(5, terms=Terms(wishes_until=WISHES_UNTIL))
    sessions = workshops(found, 1, 1, 1)
    for session, begin, end in zip(sessions, (0, 0, 3), (6, 2, 5), strict=True):
        place_session(session, Slot(BEGINS + begin * HOUR, BEGINS + end * HOUR), by=SYSTEM)
    release_programme(found, by=SYSTEM)
    assert wish_blocks(found, workshops_of(found)) == []
    (ada,) = confirmed(found, "Ada")
    for session in sessions[1:]:
        choose(ada, session.reference, by=ANYONE)
    assert [seats(session) for session in sessions] == [{}, {"Ada": "seated"}, {"Ada": "seated"}]


def test_no_past_day_is_offered_and_questions_are_asked_again() -> None:
    with clock.moved_to(BEGINS + dt.timedelta(days=100)):
        assert days_ahead(BEGINS.date(), Rhythm.MONTHLY, 2) == [dt.date(2028, 1, 11), dt.date(2028, 2, 8)]
        assert days_ahead(BEGINS.date(), Rhythm.WEEKLY, 1) == [dt.date(2027, 12, 28)]
    found = gathering(5)
    set_terms(found, Terms(registers_from=BEFORE + HOUR), by=SYSTEM)
    set_questions(found, [Asked("Größe?", "choice", ["M", "L"], required=True)], by=SYSTEM)
    found.refresh_from_db()
    (made,) = repeat(found, [BEGINS.date() + dt.timedelta(days=7)], by=SYSTEM)
    assert (made.registers_from, [(one.text, one.choices) for one in made.questions.all()]) == (BEFORE + HOUR + dt.timedelta(days=7), [("Größe?", ["M", "L"])])


def test_a_cancelled_registration_does_not_forbid_counting_by_hand() -> None:
    found = gathering(5)
    cancel(come(found, "Ada"), by=ANYONE)
    with clock.moved_to(found.ends_at):
        assert count_by_hand(found, Counted({"municipality": 6}), by=SYSTEM).participants == 6


def test_a_municipality_was_there_only_where_somebody_was_let_in() -> None:
    found = gathering(5)
    confirm(register(found, Applicant("Ada", "ada@stadt.example", "municipality", place(GOERLITZ)), by=ANYONE), by=ANYONE)
    with clock.moved_to(found.ends_at):
        forget_who_came(found)
    assert Visit.objects.count() == 0


def test_an_offer_ends_when_the_workshop_begins() -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    ada, ben = confirmed(found, "Ada", "Ben")
    choose(ada, session.reference, by=ANYONE)
    choose(ben, session.reference, by=ANYONE)
    begins = BEGINS + HOUR
    with clock.moved_to(begins - dt.timedelta(minutes=5)):
        leave(ada, session.reference, by=ANYONE)
    assert session.seats.get().held_until == begins


def test_whoever_cancels_with_her_companions_offers_them_nothing() -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    ada = register(found, Applicant("Ada", "ada@stadt.example", "municipality"), ["Ben"], by=ANYONE)
    ada = confirm(ada, by=ANYONE)
    for row in (ada, Registration.objects.select_related("gathering").get(name="Ben")):
        choose(row, session.reference, by=ANYONE)
    cancel(ada, by=ANYONE, together=True)
    assert (seats(session), Mail.objects.filter(kind="seat_offered").count()) == ({}, 0)


def test_a_question_is_no_formula_in_the_heading() -> None:
    sheet = Sheet("x", (Column("a", "=HYPERLINK(1)", "x"),), [["1"]], ())
    (ending,) = [ending for ending, form in formats_for(areas=False).items() if "Excel" in str(form.name) and ending.endswith("csv")]
    assert export(sheet, ending, "x").content.decode("utf-8-sig").splitlines()[0] == "'=HYPERLINK(1)"


def test_a_damaged_archive_is_no_presentation() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.presentation")
    damaged = bytearray(whole.getvalue())
    damaged[40:50] = b"\xff" * 10
    with pytest.raises(SlidesError):
        check_slides("folien.odp", len(damaged), io.BytesIO(bytes(damaged)))


def test_a_second_click_promises_nothing_twice_and_a_task_can_go(client: Client, sign_in: SignIn) -> None:
    found = gathering(None)
    set_agenda(found, [Topic("A")], by=SYSTEM)
    for _twice in range(2):
        write_minutes(found, {}, [Promise("Radar leihen", "Ada", dt.date(2027, 6, 1))], by=SYSTEM)
    action = ActionItem.objects.get()
    sign_in("state_council")
    client.post(f"{found.get_absolute_url()}protokoll/aufgabe/{action.pk}/", {"done": "entfernen"})
    assert ActionItem.objects.count() == 0


def test_those_who_invite_take_somebody_out(client: Client, sign_in: SignIn) -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    ada, ben = confirmed(found, "Ada", "Ben")
    choose(ada, session.reference, by=ANYONE)
    choose(ben, session.reference, by=ANYONE)
    take_out(ada, session, by=SYSTEM)
    assert seats(session) == {"Ben": "offered"}
    sign_in("state_council")
    client.post(f"{found.get_absolute_url()}workshops/{session.reference}/", {"heraus": ben.reference})
    assert seats(session) == {}


def test_whoever_is_entered_gives_up_a_place_at_the_same_time_and_that_is_said(client: Client, sign_in: SignIn) -> None:
    found = gathering(5)
    one, other = workshops(found, 2, 2)
    (ada,) = confirmed(found, "Ada")
    choose(ada, one.reference, by=ANYONE)
    sign_in("state_council")
    answer = client.post(f"{found.get_absolute_url()}workshops/{other.reference}/", {"who": ada.reference}, follow=True)
    told = said(answer.content.decode())
    assert ("Ada: dabei." in told, f"Der Platz in „{one.title}“ zur selben Zeit ist dafür wieder frei." in told) == (True, True)


def test_whoever_was_entered_without_an_address_is_asked_under_the_same_name() -> None:
    found = gathering(5)
    known = add_speaker(found, SpeakerFacts("Ada Muster"), by=SYSTEM)
    asked = invite(found, name="ada  muster")
    assert (asked.speaker, found.speakers.count(), found.speakers.get().email) == (known, 1, "ada@stadt.example")
    twice = gathering(5)
    for _same in range(2):
        add_speaker(twice, SpeakerFacts("Ada Muster"), by=SYSTEM)
    invite(twice, name="Ada Muster")
    assert twice.speakers.count() == 3  # nobody knows which of the two


def test_one_gathering_that_fails_does_not_hold_up_those_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    several = [gathering(1) for _each in range(2)]
    for found in several:
        come(found, "Ada")
        confirmed(found, "Ben")
    real, broken = pass_on, several[0].pk

    def fails_once(found: Gathering) -> None:
        if found.pk == broken:
            raise RuntimeError("kaputt")
        real(found)

    monkeypatch.setattr(registering, "pass_on", fails_once)
    with clock.moved_to(BEFORE + HOUR):
        job = order(LAPSE.key, by=SYSTEM)
        work_off()
    job.refresh_from_db()
    assert [standing(found)["Ben"] for found in several] == ["waiting", "offered"]
    assert (job.state, next(line.text for line in job.lines.all())) == ("waiting", "Fachtag: kaputt")


def test_whoever_never_confirmed_leaves_no_municipality_behind() -> None:
    found = gathering(5, terms=Terms(asks=[Ask.TRAVEL, Ask.LISTING]))
    details = Details("Stadt Görlitz", listed=True, travel="car")
    register(found, Applicant("Ada", "ada@stadt.example", "municipality", place(GOERLITZ), details), by=ANYONE)
    with clock.moved_to(BEFORE + dt.timedelta(days=30)):
        pass_on(found)
        forget_unconfirmed(found, clock.now())
    row = Registration.objects.values("name", "email", "organisation", "municipality", "travel", "listed", "shredded").get()
    assert row == {"name": "", "email": "", "organisation": "", "municipality": None, "travel": "", "listed": False, "shredded": True}


def test_where_she_comes_from_is_recognised_when_she_registers(client: Client) -> None:
    found = gathering(5)
    said_so = {"name": "Ada Muster", "email": "ada@stadt.example", "participant_type": "municipality", "organisation": "Stadtverwaltung Görlitz"}
    client.post(f"{found.get_absolute_url()}anmelden/", said_so)
    assert Registration.objects.get().municipality_id == GOERLITZ


def test_the_kitchen_cooks_for_those_who_said_nothing_and_for_those_who_are_brought() -> None:
    found = gathering(9, terms=Terms(asks=[Ask.MEAL, Ask.COMPANIONS]))
    vegan = Applicant("Ada", "ada@stadt.example", "municipality", details=Details(meal="vegan"))
    confirm(register(found, vegan, ["Ben"], by=ANYONE), by=ANYONE)
    confirm(come(found, "Cem"), by=ANYONE)
    come(found, "Dora")  # who has not confirmed
    assert [(label, count.value) for label, count in needs_of(found).meals] == [("vegan", 1), ("keine Angabe", 2)]


def test_whoever_registered_herself_is_not_said_to_stand_in_the_line(client: Client, sign_in: SignIn) -> None:
    found = gathering(5)
    come(found, "Ada")
    sign_in("state_council")
    form = {"name": "Ada", "email": "ada@stadt.example", "participant_type": "municipality"}
    answer = client.post(f"{found.get_absolute_url()}anmeldungen/neu/", form, follow=True)
    assert "Ada hat sich schon selbst angemeldet: noch nicht bestätigt." in said(answer.content.decode())


def test_a_trial_at_the_door_the_week_before_lets_nobody_in() -> None:
    found = gathering(5)
    row = confirm(come(found, "Ada"), by=ANYONE)
    with clock.moved_to(BEGINS - dt.timedelta(hours=12, seconds=1)), pytest.raises(CheckInError, match=r"Zu früh: Eingelassen wird ab 13\.09\.2027, 21:30"):
        check_in(row, Note(clock.now()), by=SYSTEM)
    with clock.moved_to(BEGINS - dt.timedelta(hours=12)):
        assert check_in(row, Note(clock.now()), by=SYSTEM).before is False


def test_whoever_is_registered_is_told_of_another_time_or_place_each_time_it_changes_and_of_nothing_else() -> None:
    found = gathering(5)
    confirm(come(found, "Ada"), by=ANYONE)
    cancel(come(found, "Ben"), by=ANYONE)

    def told(**changed: object) -> list[str]:
        before = set(Mail.objects.values_list("pk", flat=True))
        change_gathering(found, facts(**changed), Room(5), by=SYSTEM)
        work_off()
        return [mail.text for mail in Mail.objects.filter(kind="gathering_moved").exclude(pk__in=before)]

    assert told(summary="Mehr dazu.") == []
    (text,) = told(place="Chemnitz")
    assert "Chemnitz" in text
    assert "Ihre Anmeldung gilt weiter." in text
    assert len(told(place="Dresden")) == 1
    assert len(told(place="Chemnitz")) == 1
    assert told(place="Chemnitz") == []
