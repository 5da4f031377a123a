# SPDX-License-Identifier: EUPL-1.2
"""Many processes want the last places: as many get one as there are, in the order of their numbers, whatever else happens beside."""

import datetime as dt
import json
import multiprocessing
import os
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection, transaction
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.imports.domain import door
from asskomm.core.mail.models import Mail
from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.events.domain.admitting import approve, enrol
from asskomm.events.domain.applying import withdraw_stand
from asskomm.events.domain.assigning import assign_workshops
from asskomm.events.domain.attendance import Note, check_in
from asskomm.events.domain.choosing import choose, leave, name_wishes
from asskomm.events.domain.deciding import decide
from asskomm.events.domain.door import RegistrationError
from asskomm.events.domain.fairs import Offer, StandError, assign_spots, draw_hall, offer_stands
from asskomm.events.domain.gatherings import GatheringError, Room, Terms, change_gathering, set_terms
from asskomm.events.domain.inviting import withdraw_invitation
from asskomm.events.domain.programme import remove_session
from asskomm.events.domain.proposing import held_proposal, submit, withdraw
from asskomm.events.domain.registering import Applicant, cancel, confirm, pass_on, register
from asskomm.events.domain.registering_speakers import register_speakers
from asskomm.events.domain.stand_decisions import accept_stands, refuse_stands
from asskomm.events.domain.walk_ins import let_in_anyway, note_guest, walk_in
from asskomm.events.domain.workshops import set_places
from asskomm.events.enums import ProposalState
from asskomm.events.models import (
    Attendance,
    Expenses,
    Fair,
    Gathering,
    Invitation,
    Places,
    Proposal,
    Registration,
    Seat,
    Session,
    SessionPlaces,
    Speaker,
    Stand,
    StandPlaces,
)
from asskomm.people.domain.tokens import issue_token
from asskomm.people.enums import Scope
from tests.events.calling import call, draft, proposed, said
from tests.events.making import BEFORE, BEGINS, accept, applicant, come, confirmed, facts, fair, gathering, invite, show, standing, workshops
from tests.making import COUNCIL, member, work_off

pytestmark = pytest.mark.django_db(transaction=True)
PROCESSES, EACH, CAPACITY = 8, 12, 23
_fork = multiprocessing.get_context("fork")


@pytest.fixture
def found(loaded: None) -> Gathering:
    """A gathering with few places."""
    with clock.moved_to(BEFORE):
        return gathering(CAPACITY)


def at_once(*works: Callable[[], object], at: dt.datetime = BEFORE) -> list[int]:
    """Do several works at once, each in a process and with a connection of its own; give their exit codes."""
    connection.close()
    ready = _fork.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        try:
            with clock.moved_to(at):
                ready.wait(60)
                work()
            connection.close()
        except BaseException:  # noqa: BLE001 -- told to whoever reads the test, then to the parent
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    children = [_fork.Process(target=run, args=(work,)) for work in works]
    for child in children:
        child.start()
    for child in children:
        child.join(120)
    return [child.exitcode if child.exitcode is not None else -1 for child in children]


def each(verb: Callable[[Registration], object], part: list[Registration]) -> Callable[[], None]:
    """Give a work that does something to one after the other, whoever is told that it cannot be."""

    def work() -> None:
        for row in part:
            try:
                verb(row)
            except (RegistrationError, GatheringError):
                continue

    return work


def test_of_many_who_come_at_once_as_many_have_a_place_as_there_are(found: Gathering) -> None:
    def comes(process: int) -> Callable[[], object]:
        return lambda: [come(found, f"gast{process}x{number}") for number in range(EACH)]

    assert at_once(*(comes(process) for process in range(PROCESSES))) == [0] * PROCESSES
    rows = list(Registration.objects.filter(gathering=found).order_by("number").values_list("number", "state"))
    assert [number for number, _state in rows] == list(range(1, PROCESSES * EACH + 1))
    assert [state for _number, state in rows] == ["held"] * CAPACITY + ["waiting"] * (PROCESSES * EACH - CAPACITY)
    assert Places.objects.get(gathering=found).taken == CAPACITY


def _thread(found: Gathering, name: str) -> str:
    try:
        return come(found, name).name
    finally:
        connection.close()


def test_the_threads_of_several_processes_go_through_together_and_never_too_many(found: Gathering) -> None:
    names = [f"gast{number}" for number in range(EACH * 2)]

    def comes(process: int) -> Callable[[], object]:
        mine = [f"{name}x{process}" for name in names[:-2]] + names[-2:]  # the last two come everywhere
        return lambda: _all_at_once(found, mine)

    assert at_once(*(comes(process) for process in range(4))) == [0] * 4
    rows = list(Registration.objects.filter(gathering=found).order_by("number").values_list("number", "state", "name"))
    coming = 4 * (len(names) - 2) + 2
    assert [number for number, _state, _name in rows] == list(range(1, coming + 1))
    assert [state for _number, state, _name in rows] == ["held"] * CAPACITY + ["waiting"] * (coming - CAPACITY)
    assert len({name for _number, _state, name in rows}) == coming
    assert Places.objects.get(gathering=found).taken == CAPACITY
    assert Mail.objects.count() == 4 * len(names)


def _all_at_once(found: Gathering, names: list[str]) -> None:
    with ThreadPoolExecutor(len(names)) as pool:
        assert list(pool.map(partial(_thread, found), names)) == names


def test_whoever_presses_twice_at_once_is_there_once(found: Gathering) -> None:
    assert at_once(*[lambda: come(found, "Ada")] * PROCESSES) == [0] * PROCESSES
    assert standing(found) == {"Ada": "held"}
    ada = Registration.objects.get()
    assert at_once(*[lambda: confirm(ada, by=ANYONE), lambda: cancel(ada, by=ANYONE)] * 2) in ([0, 0, 0, 0], *_refused())
    assert Places.objects.get(gathering=found).taken == Registration.objects.holding().count()


def _refused() -> list[list[int]]:
    """Give the exit codes where a confirmation came after the cancellation and was told so."""
    return [[1, 0, 0, 0], [0, 0, 1, 0], [1, 0, 1, 0]]


def test_the_counter_is_right_whatever_happens_at_once(found: Gathering) -> None:
    with clock.moved_to(BEFORE):
        rows = [come(found, f"gast{number}") for number in range(2 * CAPACITY)]

    works = [
        each(lambda row: confirm(row, by=ANYONE), rows),
        each(lambda row: confirm(row, by=ANYONE), rows[::-1]),
        each(lambda row: cancel(row, by=ANYONE), rows[::3]),
        each(lambda row: come(found, f"neu{row.number}"), rows[::2]),
        each(lambda _row: change_gathering(found, facts(), Room(CAPACITY + 2), by=SYSTEM), rows[:5]),
        each(lambda _row: pass_on(found), rows[:20]),
    ]
    assert at_once(*works) == [0] * len(works)
    whole = Places.objects.get(gathering=found)
    assert whole.taken == Registration.objects.holding().count() == CAPACITY + 2
    assert whole.last_number == Registration.objects.count()
    line = Registration.objects.in_line()
    assert {state for _name, state in standing(found).items()} <= {"held", "confirmed", "offered", "waiting", "cancelled"}
    assert line.count() == Registration.objects.filter(state="waiting", address_confirmed=True).count()


def test_whatever_way_a_place_is_taken_there_is_never_one_too_many(loaded: None) -> None:
    """Every verb that gives or takes a place at once, just before it begins: registered, entered, approved, let in, offered, brought along."""
    just_before, free = BEGINS - dt.timedelta(minutes=1), Terms(approves=True, contingents={"state_police": 6, "speaker": 2})
    with clock.moved_to(BEFORE):
        found = gathering(CAPACITY, terms=free)
        rows = confirmed(found, *(f"gast{number}" for number in range(PROCESSES * 4)))
        for number in range(4):
            accept(invite(found, f"Rede{number} Muster"))
    with clock.moved_to(just_before):  # a token lasts for some months
        account, council = member("state_council", COUNCIL)
        token = issue_token(account, name="Programm", scopes=[Scope.IMPORT.value], by=council).secret
    small = Terms(approves=True, contingents={"state_police": 3, "speaker": 3})
    note = Note(just_before)
    works = [
        each(lambda row: approve(row, by=SYSTEM), rows),
        each(lambda row: approve(row, by=SYSTEM), rows[::-1]),
        each(lambda row: enrol(found, applicant(f"rief{row.number}", "state_police"), by=SYSTEM), rows[:12]),
        each(lambda row: set_terms(found, small if row.number % 2 else free, by=SYSTEM), rows[:10]),
        each(lambda row: walk_in(found, Applicant(f"Gast {row.number}", "", "other"), note, by=SYSTEM), rows[:8]),
        each(lambda row: note_guest(found, Applicant(f"Ohne Netz {row.number}", "", "other"), Note(just_before, key=str(row.number % 3)), by=SYSTEM), rows[:8]),
        each(lambda row: let_in_anyway(row, note, by=SYSTEM), rows[::4]),
        each(lambda row: register(found, applicant(f"bringt{row.number}"), ["Eins", "Zwei"], by=ANYONE), rows[:6]),
        each(lambda row: cancel(row, by=ANYONE), rows[::5]),
        each(lambda _row: register_speakers(found, by=SYSTEM), rows[:3]),
        each(lambda _row: pass_on(found), rows[:6]),
        each(lambda row: _over_the_api(token, found, f"programm{row.number}"), rows[:8]),
        work_off,
    ]
    _table(found, [f"tabelle{number}" for number in range(12)], at=just_before)
    assert at_once(*works, at=just_before) == [0] * len(works)
    assert Registration.objects.filter(name__startswith="tabelle").count() == 12
    assert Registration.objects.filter(name__startswith="programm").count() == 8
    people = Registration.objects.filter(gathering=found)
    counters = {row.contingent: row for row in Places.objects.filter(gathering=found)}
    assert sorted(counters) == ["", "speaker", "state_police"]
    assert counters[""].taken == people.holding().count() <= CAPACITY
    for kind in ("speaker", "state_police"):
        assert counters[kind].taken == people.holding().filter(participant_type=kind).count() <= counters[kind].capacity
    assert list(people.order_by("number").values_list("number", flat=True)) == list(range(1, counters[""].last_number + 1))
    assert people.filter(participant_type="speaker").count() == 4
    assert people.filter(name__startswith="Ohne Netz").count() == 3  # of eight notes that were three
    inside = Attendance.objects.present().exclude(registration__state="confirmed")
    assert {row.registration.name[:9] for row in inside} <= {"Ohne Netz"}


def _table(found: Gathering, names: Sequence[str], at: dt.datetime) -> None:
    """Hand a table in and say that it is to be entered; a job does that."""
    text = "\n".join(["Veranstaltung;Name;E-Mail", *(f"{found.title};{name};{name}@stadt.example" for name in names)])
    with clock.moved_to(at):
        batch = door.receive("anmeldungen.csv", iter([text.encode()]), by=SYSTEM)
        work_off()
        batch.refresh_from_db()
        door.take_over(batch, by=SYSTEM)


def _over_the_api(token: str, found: Gathering, name: str) -> None:
    said = json.dumps({"name": name, "email": f"{name}@stadt.example"})
    client = Client(headers={"authorization": f"Bearer {token}"})
    answer = client.post(f"/api/gatherings/{found.reference}/registrations", said, content_type="application/json")
    assert answer.status_code == 201, answer.content


def test_places_given_out_by_wishes_while_people_change_their_minds_are_never_too_many(loaded: None) -> None:
    with clock.moved_to(BEFORE):
        found = gathering(PROCESSES * EACH, terms=Terms(wishes_until=BEGINS - dt.timedelta(days=7)))
        sessions = workshops(found, 5, 4, 3)
        people = confirmed(found, *(f"gast{number}" for number in range(PROCESSES * 3)))
    wishes = [session.reference for session in sessions]
    for number, row in enumerate(people):
        with clock.moved_to(BEFORE):
            name_wishes(row, wishes[0], wishes[number % 3 :] + wishes[: number % 3], by=ANYONE)
    works = [
        *(each(lambda _row: assign_workshops(found, by=SYSTEM), people[:1]) for _number in range(2)),
        each(lambda row: name_wishes(row, wishes[0], wishes[::-1], by=ANYONE), people[::3]),
        each(lambda row: cancel(row, by=ANYONE), people[::5]),
        each(lambda row: choose(row, wishes[0], by=ANYONE), people[::4]),
        each(lambda row: leave(row, wishes[1], by=ANYONE), people[::7]),
        each(lambda row: come(found, f"neu{row.number}"), people[:8]),
        each(lambda _row: pass_on(found), people[:6]),
    ]
    assert at_once(*works) == [0] * len(works)
    for counter in SessionPlaces.objects.all():
        seated = Seat.objects.filter(session=counter.session_id)
        assert counter.taken == seated.holding().count() <= counter.capacity
    in_one = list(Seat.objects.filter(state="seated").values_list("registration", flat=True))
    assert len(set(in_one)) == len(in_one) > 0
    assert not Seat.objects.exclude(registration__state="confirmed").exists()


def test_of_many_who_choose_a_workshop_at_once_as_many_take_part_as_there_are_places(found: Gathering) -> None:
    with clock.moved_to(BEFORE):
        change_gathering(found, facts(), Room(PROCESSES * EACH), by=SYSTEM)
        first, second = workshops(found, CAPACITY, 2)
        people = confirmed(found, *(f"gast{number}" for number in range(PROCESSES * 6)))

    works = [
        *(each(lambda row: choose(row, first.reference, by=ANYONE), people[number::4]) for number in range(4)),
        each(lambda row: choose(row, second.reference, by=ANYONE), people[::2]),
        each(lambda row: leave(row, first.reference, by=ANYONE), people[::5]),
        each(lambda row: cancel(row, by=ANYONE), people[::7]),
        each(lambda row: set_places(second, 2 + row.number, by=SYSTEM), people[:6]),
        each(lambda _row: pass_on(found), people[:10]),
    ]
    assert at_once(*works) == [0] * len(works)
    for counter in SessionPlaces.objects.all():
        rows = Seat.objects.filter(session=counter.session_id)
        assert counter.taken == rows.holding().count() <= counter.capacity
        assert counter.taken == counter.capacity or not rows.in_line().exists()
    assert not Seat.objects.exclude(registration__state="confirmed").exists()
    in_one = Seat.objects.filter(state="seated").values_list("registration", flat=True)
    assert len(set(in_one)) == len(in_one)


def test_nobody_gives_her_place_away_while_she_is_being_let_in(found: Gathering) -> None:
    with clock.moved_to(BEFORE):
        ada = confirm(come(found, "Ada"), by=ANYONE)
    inside, given_away = _fork.Event(), _fork.Event()

    def let_in() -> None:
        with clock.moved_to(BEGINS), transaction.atomic():
            check_in(ada, Note(BEGINS), by=SYSTEM)
            inside.set()
            given_away.wait(0.5)  # as long as she has to wait she does not

    def give_away() -> None:
        inside.wait(60)
        try:
            cancel(ada, by=ANYONE)
        finally:
            given_away.set()

    assert at_once(let_in, give_away, at=BEGINS - dt.timedelta(minutes=1)) == [0, 1]  # who cancels is told that she is inside
    assert (standing(found), Attendance.objects.present().count(), Places.objects.get(gathering=found).taken) == ({"Ada": "confirmed"}, 1, 1)


def test_whoever_is_asked_twice_at_once_is_asked_once_and_answers_once(found: Gathering) -> None:
    assert at_once(*[lambda: invite(found)] * PROCESSES) == [0] * PROCESSES
    row = Invitation.objects.get()
    assert (Speaker.objects.count(), Session.objects.count(), Mail.objects.count()) == (1, 1, 1)
    works: list[Callable[[], object]] = [lambda: accept(row, fee="100"), lambda: withdraw_invitation(row, by=SYSTEM)]
    codes = at_once(*works * 2)
    row.refresh_from_db()
    assert (codes[1::2], row.state, row.session.speakings.count(), Expenses.objects.count()) == ([0, 0], "withdrawn", 0, 0)


def test_a_session_is_removed_while_somebody_answers(found: Gathering) -> None:
    with clock.moved_to(BEFORE):
        row = invite(found)
    codes = at_once(lambda: accept(row), lambda: remove_session(row.session, by=SYSTEM))
    assert (codes[1], Session.objects.count(), Invitation.objects.count()) == (0, 0, 0)


def test_a_session_is_removed_while_whoever_proposed_it_takes_it_back(loaded: None) -> None:
    with clock.moved_to(BEFORE):
        row = proposed(call())
        decide(row.call, [row.reference], ProposalState.ACCEPTED, by=SYSTEM)
    row.refresh_from_db()
    taking, removed, session = _fork.Event(), _fork.Event(), row.session
    assert session is not None

    def take_back() -> None:
        with transaction.atomic():
            held_proposal(row)
            taking.set()
            removed.wait(0.5)  # as long as it has to wait it does not
            withdraw(row, by=ANYONE)

    def remove() -> None:
        taking.wait(60)
        remove_session(session, by=SYSTEM)
        removed.set()

    assert at_once(take_back, remove) == [0, 0]
    row.refresh_from_db()
    assert (row.state, row.session, Session.objects.count(), Invitation.objects.count()) == ("withdrawn", None, 0, 0)


def test_of_many_stands_as_many_get_a_place_as_there_are(loaded: None) -> None:
    with clock.moved_to(BEFORE):
        found = fair(stands=CAPACITY)
        rows = [show(found, f"Stand {number}", email=f"gast{number}@stadt.example") for number in range(2 * CAPACITY)]
        draw_hall(found, 10, 3, [(row, column) for row in (1, 2, 3) for column in range(1, 11)], by=SYSTEM)

    def every(verb: Callable[[Stand], object], part: list[Stand]) -> Callable[[], None]:
        def work() -> None:
            for row in part:
                try:
                    verb(row)
                except StandError:
                    continue

        return work

    last = found.starts_at.date()
    works = [
        *(every(lambda row: accept_stands(found, [row.reference], by=SYSTEM), rows[number::2]) for number in range(2)),
        every(lambda row: accept_stands(found, [row.reference], by=SYSTEM), rows[::-1]),
        every(lambda row: refuse_stands(found, [row.reference], by=SYSTEM), rows[::5]),
        every(lambda row: withdraw_stand(row, by=ANYONE), rows[::7]),
        every(lambda row: assign_spots(found, {row.reference: 1 + rows.index(row) % 30}, by=SYSTEM), rows),
        every(lambda _row: offer_stands(found, Offer({"stand": CAPACITY}, last), by=SYSTEM), rows[:5]),
        every(lambda row: show(found, row.title, email=row.email), rows[::3]),
    ]
    assert at_once(*works) == [0] * len(works)
    counter = StandPlaces.objects.get(fair__gathering=found, kind="stand")
    assert counter.taken == Stand.objects.accepted().filter(kind="stand").count() <= CAPACITY
    with clock.moved_to(BEFORE):
        every(lambda row: accept_stands(found, [row.reference], by=SYSTEM), rows)()
    counter.refresh_from_db()
    assert counter.taken == Stand.objects.accepted().count() == CAPACITY
    assert not Stand.objects.exclude(state="accepted").filter(spot__isnull=False).exists()
    assert Fair.objects.count() == 1


def test_whoever_applies_twice_at_once_is_there_once(loaded: None) -> None:
    with clock.moved_to(BEFORE):
        found = fair()
    assert at_once(*[lambda: show(found)] * PROCESSES) == [0] * PROCESSES
    assert (Stand.objects.count(), Mail.objects.filter(kind="stand_applied").count()) == (1, 1)


def test_of_two_who_decide_at_once_one_decides_and_nobody_is_written_to_twice(loaded: None) -> None:
    with clock.moved_to(BEFORE):
        wanted = call()
        references = [proposed(wanted, name, name).reference for name in ("Ada", "Ben", "Cora")]

    def decides(decision: ProposalState, order: int) -> Callable[[], object]:
        return lambda: decide(wanted, references[::order], decision, by=SYSTEM)

    assert at_once(*(decides(decision, order) for decision in (ProposalState.ACCEPTED, ProposalState.REFUSED) for order in (1, -1))) == [0] * 4
    accepted = Proposal.objects.filter(state=ProposalState.ACCEPTED).count()
    assert accepted in {0, 3}  # who came first decided all of it
    assert (Session.objects.count(), Invitation.objects.count(), Speaker.objects.count()) == (accepted,) * 3
    assert Mail.objects.filter(kind="proposal_accepted").count() == accepted
    assert Mail.objects.filter(kind="proposal_refused").count() == 3 - accepted


def test_whoever_presses_submit_twice_at_once_has_proposed_once(loaded: None) -> None:
    with clock.moved_to(BEFORE):
        row = draft(call())
    assert at_once(*[lambda: submit(row, said(), by=ANYONE)] * PROCESSES) == [0] * PROCESSES
    assert list(Mail.objects.values_list("kind", flat=True)) == ["proposal_submitted"]
