# SPDX-License-Identifier: EUPL-1.2
"""Places in workshops: chosen, waited for, offered, left; wishes; and what becomes of them when somebody or something drops out."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from asskomm.core.clock import clock
from asskomm.core.jobs.domain import orders
from asskomm.core.mail.models import Mail
from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.events.domain.assigning import assign_workshops, proposals
from asskomm.events.domain.choosing import choose, leave, name_wishes
from asskomm.events.domain.door import RegistrationError
from asskomm.events.domain.forgetting import forget_who_came
from asskomm.events.domain.gatherings import GatheringError, Room, Terms, change_gathering, set_terms
from asskomm.events.domain.offers import ACCEPTS
from asskomm.events.domain.programme import ProgrammeError, Slot, place_session, remove_session
from asskomm.events.domain.queries.choices import choices_of
from asskomm.events.domain.queries.conflicts import conflicts_of
from asskomm.events.domain.queries.standing import session_places_line
from asskomm.events.domain.queries.workshops import workshops_of
from asskomm.events.domain.registering import cancel
from asskomm.events.domain.workshops import enrol_in, set_places
from asskomm.events.models import Gathering, Registration, Seat, Session, SessionPlaces, Wish
from tests.events.making import BEFORE, BEGINS, come, confirmed, facts, gathering, seats, workshops
from tests.making import FRANKENBERG, member, work_off

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
WISHES_UNTIL = BEFORE + dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with clock.moved_to(BEFORE):
        yield


def picks(row: Registration, *sessions: Session) -> None:
    """Choose one workshop after another."""
    for session in sessions:
        choose(row, session.reference, by=ANYONE)


def letters(name: str) -> list[str]:
    """Give the kinds of what somebody got about workshops."""
    about = ("seat_offered", "seat_lapsed", "workshops_assigned", "workshop_dropped")
    return list(Mail.objects.filter(address__email=f"{name.lower()}@stadt.example", kind__in=about).order_by("pk").values_list("kind", flat=True))


def test_whoever_chooses_first_takes_part_and_the_line_moves_up_in_its_order() -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    ada, ben, eva = confirmed(found, "Ada", "Ben", "Eva")
    for row in (ben, ada, ada, eva):  # a second click changes nothing
        picks(row, session)
    assert seats(session) == {"Ben": "seated", "Ada": "waiting", "Eva": "waiting"}
    leave(ben, session.reference, by=ANYONE)
    leave(ben, session.reference, by=ANYONE)
    assert (seats(session), letters("Ada"), letters("Eva")) == ({"Ada": "offered", "Eva": "waiting"}, ["seat_offered"], [])
    picks(ada, session)
    assert (seats(session), SessionPlaces.objects.get().taken) == ({"Ada": "seated", "Eva": "waiting"}, 1)
    picks(ben, session)
    assert seats(session) == {"Ada": "seated", "Eva": "waiting", "Ben": "waiting"}  # whoever comes back stands at the end


def test_an_offer_that_nobody_accepts_goes_to_the_next_one_by_a_job() -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    ada, ben, eva = confirmed(found, "Ada", "Ben", "Eva")
    for row in (ada, ben, eva):
        picks(row, session)
    leave(ada, session.reference, by=ANYONE)
    with clock.moved_to(BEFORE + ACCEPTS - MINUTE):
        orders.order("events.lapse", {}, by=SYSTEM)
        work_off()
        assert seats(session) == {"Ben": "offered", "Eva": "waiting"}
    with clock.moved_to(BEFORE + ACCEPTS):
        orders.order("events.lapse", {}, by=SYSTEM)
        work_off()
    assert (seats(session), letters("Ben"), letters("Eva")) == ({"Eva": "offered"}, ["seat_offered", "seat_lapsed"], ["seat_offered"])


def test_one_is_in_one_place_at_a_time_and_keeps_it_until_she_has_the_other() -> None:
    found = gathering(5)
    first, second = workshops(found, 1, 1)
    (later,) = workshops(found, 1, hour=3)
    ada, ben = confirmed(found, "Ada", "Ben")
    picks(ben, first)
    picks(ada, second, first, later)
    assert (seats(first), seats(second), seats(later)) == ({"Ben": "seated", "Ada": "waiting"}, {"Ada": "seated"}, {"Ada": "seated"})
    leave(ben, first.reference, by=ANYONE)
    assert (seats(first), seats(second)) == ({"Ada": "offered"}, {"Ada": "seated"})
    picks(ada, first)
    assert (seats(first), seats(second), seats(later)) == ({"Ada": "seated"}, {}, {"Ada": "seated"})
    picks(ada, second)
    assert (seats(first), seats(second)) == ({}, {"Ada": "seated"})
    assert [row.taken for row in SessionPlaces.objects.order_by("pk")] == [0, 1, 1]


def test_only_who_has_a_place_in_the_gathering_chooses_and_nothing_that_has_begun() -> None:
    found = gathering(1)
    (session,) = workshops(found, 1)
    (ada,) = confirmed(found, "Ada")
    eva = come(found, "Eva")  # waits for the gathering itself
    with pytest.raises(RegistrationError, match="sobald man für die Veranstaltung einen Platz hat"):
        picks(eva, session)
    with pytest.raises(RegistrationError, match="gibt es nicht mehr"):
        choose(ada, "nirgends", by=ANYONE)
    with clock.moved_to(BEGINS + dt.timedelta(hours=1)), pytest.raises(RegistrationError, match="hat schon begonnen"):
        picks(ada, session)
    with clock.moved_to(found.ends_at), pytest.raises(RegistrationError, match="vorbei"):
        picks(ada, session)
    assert seats(session) == {}


def test_what_is_not_released_cannot_be_chosen() -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    draft = workshops_of(found)
    place_session(session, None, by=SYSTEM)
    assert workshops_of(found) == draft  # planning changes nothing before it is released
    other = gathering(5)
    assert workshops_of(other) == ()


def test_whoever_cancels_gives_back_her_workshops_too() -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    ada, ben = confirmed(found, "Ada", "Ben")
    picks(ada, session)
    picks(ben, session)
    cancel(ada, by=ANYONE)
    assert (seats(session), SessionPlaces.objects.get().taken, letters("Ben")) == ({"Ben": "offered"}, 1, ["seat_offered"])


def test_more_places_move_the_line_up_and_fewer_than_taken_are_refused() -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    for row in confirmed(found, "Ada", "Ben", "Eva"):
        picks(row, session)
    set_places(session, 2, by=SYSTEM)
    assert seats(session) == {"Ada": "seated", "Ben": "offered", "Eva": "waiting"}
    for fewer in (1, None):
        with pytest.raises(ProgrammeError, match="schon 2 Plätze vergeben"):
            set_places(session, fewer, by=SYSTEM)
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionPlaces.objects.update(taken=3)
    for ends in ({"held_until": BEFORE, "state": "seated"}, {"held_until": None, "state": "offered"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.update(**ends)


def test_places_are_for_where_one_registers_and_can_be_taken_away_while_nobody_chose() -> None:
    open_to_all = gathering(None)
    with pytest.raises(ProgrammeError, match="meldet man sich nicht an"):
        workshops(open_to_all, 3)
    found = gathering(5)
    (session,) = workshops(found, 3)
    assert session_places_line(found, workshops_of(found)[0].part) == "Noch 3 Plätze frei"
    set_places(session, None, by=SYSTEM)
    assert (SessionPlaces.objects.count(), workshops_of(found)) == (0, ())
    _account, stranger = member("coordinator", FRANKENBERG)
    with pytest.raises(PermissionDenied):
        set_places(session, 5, by=stranger)


def test_who_was_in_a_workshop_that_is_dropped_is_told() -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    for row in confirmed(found, "Ada", "Ben"):
        picks(row, session)
    remove_session(session, by=SYSTEM)
    assert (Seat.objects.count(), letters("Ada"), letters("Ben")) == (0, ["workshop_dropped"], ["workshop_dropped"])
    assert Mail.objects.filter(kind="workshop_dropped", text__contains="„Workshop 1.0“ findet leider nicht statt").count() == 2


def test_a_room_that_is_too_small_for_its_workshop_is_a_conflict() -> None:
    from asskomm.events.domain.programme import add_room

    found = gathering(5)
    (session,) = workshops(found, 30)
    place_session(session, Slot(BEGINS, BEGINS + dt.timedelta(hours=1), add_room(found, "Raum 1", 20, by=SYSTEM)), by=SYSTEM)
    assert conflicts_of(found) == {session.reference: ["Der Raum hat 20 Plätze, vergeben werden 30."]}


def test_whoever_called_is_entered_by_those_who_invite_only() -> None:
    found = gathering(5)
    (session,) = workshops(found, 1)
    (ada,) = confirmed(found, "Ada")
    _account, stranger = member("coordinator", FRANKENBERG)
    with pytest.raises(PermissionDenied):
        enrol_in(ada, session, by=stranger)
    assert enrol_in(ada, session, by=SYSTEM).state == "seated"


def wishing(*sizes: int, capacity: int = 20) -> tuple[Gathering, list[Session]]:
    """Give a gathering that collects wishes, with workshops side by side."""
    found = gathering(capacity, terms=Terms(wishes_until=WISHES_UNTIL))
    return found, workshops(found, *sizes)


def test_wishes_are_met_as_well_as_can_be_and_the_dearer_ones_waited_for() -> None:
    found, (first, second, third) = wishing(1, 1, 5)
    ada, ben, eva, kim = confirmed(found, "Ada", "Ben", "Eva", "Kim")
    named = {kim: (first, second), eva: (first, second, third), ben: (first, third), ada: (first, second)}
    for row, wishes in named.items():  # the order in which they are named plays no part
        name_wishes(row, third.reference, [session.reference for session in wishes], by=ANYONE)
    name_wishes(kim, first.reference, [second.reference], by=ANYONE)  # she thinks again
    with pytest.raises(RegistrationError, match="Wünsche gesammelt"):
        picks(ada, third)
    (proposal,) = proposals(found)
    assert (proposal.met(), proposal.unmet(), [proposal.wanted_first(number) for number in range(3)]) == ([2, 1, 1], 0, [3, 1, 0])
    assign_workshops(found, by=SYSTEM)
    assert seats(first) == {"Ada": "seated", "Ben": "waiting", "Eva": "waiting"}
    assert (seats(second), seats(third)) == ({"Kim": "seated", "Eva": "waiting"}, {"Ben": "seated", "Eva": "seated"})
    work_off()
    assert [letters(name) for name in ("Ada", "Ben", "Eva", "Kim")] == [["workshops_assigned"]] * 4
    assert "- Workshop 1.2: dabei\n- Workshop 1.0: auf der Warteliste\n" in Mail.objects.get(kind="workshops_assigned", address__email="ben@stadt.example").text
    assert [block.outcome for row in (ada, ben, eva) for block in choices_of(Registration.objects.get(pk=row.pk))] == [
        "Sie haben Ihren 1. Wunsch.",
        "Sie haben Ihren 2. Wunsch.",
        "Sie haben Ihren 3. Wunsch.",
    ]
    with pytest.raises(RegistrationError, match="schon zugeteilt"):
        assign_workshops(found, by=SYSTEM)
    picks(ada, third)  # from now on who comes first has a place
    assert (seats(first), letters("Ben")) == ({"Ben": "offered", "Eva": "waiting"}, ["workshops_assigned", "seat_offered"])


def test_who_gets_none_of_her_wishes_is_told_and_stands_in_all_of_their_lines() -> None:
    found, (first, second, third) = wishing(1, 1, 1)
    for row in confirmed(found, "Ada", "Ben", "Eva"):
        name_wishes(row, first.reference, [first.reference, second.reference], by=ANYONE)
    assign_workshops(found, by=SYSTEM)
    assert (seats(first), seats(second), seats(third)) == (
        {"Ada": "seated", "Ben": "waiting", "Eva": "waiting"},
        {"Ben": "seated", "Eva": "waiting"},
        {},
    )
    eva = Registration.objects.select_related("gathering").get(name="Eva")
    assert choices_of(eva)[0].outcome.startswith("Keinen Ihrer Wünsche konnten wir erfüllen.")


def test_two_side_by_side_are_given_to_whoever_comes_first_even_where_wishes_are_collected() -> None:
    found, (_first, _second, third) = wishing(1, 1, 1)
    early, _late = workshops(found, 1, 1, hour=3)
    (ada,) = confirmed(found, "Ada")
    picks(ada, early)
    assert seats(early) == {"Ada": "seated"}
    assert [(block.by_wishes, len(block.options)) for block in choices_of(ada)] == [(True, 3), (False, 2)]
    with pytest.raises(RegistrationError, match="zur selben Zeit"):
        name_wishes(ada, third.reference, [early.reference], by=ANYONE)


@pytest.mark.parametrize("wishes", [[0, 0], [0, 1, 2, 3]])
def test_wishes_are_at_most_three_and_each_once(wishes: list[int]) -> None:
    found, sessions = wishing(1, 1, 1, 1)
    (ada,) = confirmed(found, "Ada")
    with pytest.raises(RegistrationError, match=r"Wählen Sie"):
        name_wishes(ada, sessions[0].reference, [sessions[number].reference for number in wishes], by=ANYONE)
    name_wishes(ada, sessions[0].reference, [sessions[2].reference], by=ANYONE)
    name_wishes(ada, sessions[0].reference, [], by=ANYONE)
    assert Wish.objects.count() == 0
    with clock.moved_to(WISHES_UNTIL), pytest.raises(RegistrationError, match="nicht mehr gesammelt"):
        name_wishes(ada, sessions[0].reference, [], by=ANYONE)


def test_wishes_are_collected_before_it_begins_and_before_places_are_taken() -> None:
    found = gathering(5)
    with pytest.raises(GatheringError, match="bevor die Veranstaltung beginnt"):
        set_terms(found, Terms(wishes_until=BEGINS), by=SYSTEM)
    (session,) = workshops(found, 1)
    (ada,) = confirmed(found, "Ada")
    picks(ada, session)
    with pytest.raises(GatheringError, match="schon Plätze vergeben"):
        set_terms(found, Terms(wishes_until=WISHES_UNTIL), by=SYSTEM)


def test_choices_are_forgotten_with_the_names_and_the_numbers_stay() -> None:
    found, (first, *_others) = wishing(1, 1, 1)
    (ada,) = confirmed(found, "Ada")
    name_wishes(ada, first.reference, [first.reference], by=ANYONE)
    assign_workshops(found, by=SYSTEM)
    forget_who_came(found)
    assert (Seat.objects.count(), Wish.objects.count()) == (0, 0)
    assert SessionPlaces.objects.get(session=first).taken == 1


class _Choosing(RuleBasedStateMachine):
    """Whatever people do, counters are right, nobody is in two places at once, and nobody waits while there is a place."""

    def __init__(self) -> None:
        super().__init__()
        Gathering.objects.all().delete()
        self.found = gathering(6)
        self.sessions = [*workshops(self.found, 1, 2), *workshops(self.found, 2, hour=3)]
        self.people = confirmed(self.found, "Ada", "Ben", "Eva", "Kim")

    @rule(person=st.integers(0, 3), session=st.integers(0, 2))
    def chooses(self, person: int, session: int) -> None:
        """Somebody chooses; whoever has cancelled is told that she cannot."""
        row = Registration.objects.get(pk=self.people[person].pk)
        if row.state == "confirmed":
            choose(row, self.sessions[session].reference, by=ANYONE)

    @rule(person=st.integers(0, 3), session=st.integers(0, 2))
    def leaves(self, person: int, session: int) -> None:
        """Somebody leaves."""
        row = Registration.objects.get(pk=self.people[person].pk)
        if row.state == "confirmed":
            leave(row, self.sessions[session].reference, by=ANYONE)

    @rule(person=st.integers(0, 3))
    def cancels(self, person: int) -> None:
        """Somebody does not come at all."""
        cancel(self.people[person], by=ANYONE)

    @rule()
    def grows(self) -> None:
        """There are more places in the gathering."""
        change_gathering(self.found, facts(), Room(7), by=SYSTEM)

    @invariant()
    def counters_are_right(self) -> None:
        """Taken is what is taken, and a line is only where it is full."""
        for counter in SessionPlaces.objects.all():
            rows = Seat.objects.filter(session=counter.session_id)
            assert counter.taken == rows.holding().count() <= counter.capacity
            assert counter.taken == counter.capacity or not rows.in_line().exists()

    @invariant()
    def nobody_is_in_two_places(self) -> None:
        """The first two run side by side."""
        held = Seat.objects.filter(state="seated", session__in=self.sessions[:2]).values_list("registration", flat=True)
        assert len(set(held)) == len(held)

    @invariant()
    def who_does_not_come_has_nothing(self) -> None:
        """Whoever cancelled has no seat."""
        assert not Seat.objects.exclude(registration__state="confirmed").exists()


def test_whatever_people_do_no_workshop_is_oversold() -> None:
    run_state_machine_as_test(_Choosing, settings=settings(max_examples=15, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)))
