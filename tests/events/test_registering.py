# SPDX-License-Identifier: EUPL-1.2
"""Places, line and letters: who gets what when somebody registers, confirms, cancels, or does nothing."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from asskomm.core.clock import clock
from asskomm.core.jobs.domain import orders
from asskomm.core.mail.models import Mail
from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.events.domain.door import RegistrationError
from asskomm.events.domain.gatherings import GatheringError, Room, Terms, call_off, change_gathering, set_terms
from asskomm.events.domain.offers import ACCEPTS, HOLDS
from asskomm.events.domain.queries.standing import place_in_line, places_line
from asskomm.events.domain.registering import cancel, confirm, pass_on
from asskomm.events.models import Places, Registration
from tests.events.making import BEFORE, BEGINS, come, facts, gathering, standing
from tests.making import work_off

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def letters(name: str) -> list[str]:
    """Give the kinds of the letters to somebody, oldest first."""
    return list(Mail.objects.filter(address__email=f"{name.lower()}@stadt.example").order_by("pk").values_list("kind", flat=True))


def refusal(verb: object, row: Registration) -> str:
    with pytest.raises(RegistrationError) as caught:
        verb(row, by=ANYONE)  # type: ignore[operator]
    return str(caught.value)


def test_whoever_comes_first_has_a_place_and_the_others_wait_in_order() -> None:
    with clock.moved_to(BEFORE):
        found = gathering(2)
        rows = [come(found, name) for name in ("Ada", "Ben", "Cem", "Dora")]
        assert standing(found) == {"Ada": "held", "Ben": "held", "Cem": "waiting", "Dora": "waiting"}
        assert [row.number for row in rows] == [1, 2, 3, 4]
        assert rows[0].held_until == BEFORE + HOLDS
        assert places_line(found) == "Alle Plätze sind vergeben. Sie kommen auf die Warteliste."
        for row in rows:
            confirm(row, by=ANYONE)
        assert standing(found) == {"Ada": "confirmed", "Ben": "confirmed", "Cem": "waiting", "Dora": "waiting"}
        assert [str(place_in_line(row)) for row in rows[2:]] == ["1", "2"]
        assert letters("Ada") == ["registration_to_confirm", "registration_confirmed"]
        assert letters("Cem") == ["registration_to_confirm", "registration_waiting"]


def test_a_place_that_becomes_free_goes_to_the_next_who_confirmed_her_address() -> None:
    with clock.moved_to(BEFORE):
        found = gathering(1)
        ada, _ben, cem, dora = (come(found, name) for name in ("Ada", "Ben", "Cem", "Dora"))
        for row in (ada, dora, cem):  # Ben never does, and Dora is quicker than Cem, who came before her
            confirm(row, by=ANYONE)
        cancel(ada, by=ANYONE)
        assert standing(found) == {"Ada": "cancelled", "Ben": "waiting", "Cem": "offered", "Dora": "waiting"}
        assert letters("Cem") == ["registration_to_confirm", "registration_waiting", "registration_offered"]
        confirm(cem, by=ANYONE)
        assert standing(found)["Cem"] == "confirmed"
        assert letters("Ada") == ["registration_to_confirm", "registration_confirmed", "registration_cancelled"]


def test_what_nobody_confirms_goes_to_the_next_after_half_an_hour() -> None:
    with clock.moved_to(BEFORE):
        found = gathering(1)
        ada, ben = come(found, "Ada"), come(found, "Ben")
        confirm(ben, by=ANYONE)
    with clock.moved_to(BEFORE + HOLDS - MINUTE):
        orders.order("events.lapse", by=SYSTEM)
        work_off()
        assert standing(found) == {"Ada": "held", "Ben": "waiting"}
    with clock.moved_to(BEFORE + HOLDS):
        orders.order("events.lapse", by=SYSTEM)
        work_off()
        assert standing(found) == {"Ada": "lapsed", "Ben": "offered"}
        confirm(ada, by=ANYONE)
        assert standing(found) == {"Ben": "offered", "Ada": "waiting"}
    with clock.moved_to(BEFORE + HOLDS + ACCEPTS):
        pass_on(found)
        assert standing(found) == {"Ben": "lapsed", "Ada": "offered"}
        assert letters("Ben")[-1] == "registration_lapsed"


def test_once_it_has_begun_nobody_is_offered_a_place() -> None:
    with clock.moved_to(BEGINS - 10 * MINUTE):
        found = gathering(1)
        ada, ben, cem = (come(found, name) for name in ("Ada", "Ben", "Cem"))
        for row in (ada, ben, cem):
            confirm(row, by=ANYONE)
        cancel(ada, by=ANYONE)
    with clock.moved_to(BEGINS + 30 * MINUTE):
        pass_on(found)
        assert standing(found) == {"Ada": "cancelled", "Ben": "lapsed", "Cem": "waiting"}
        assert letters("Cem") == ["registration_to_confirm", "registration_waiting"]


def test_what_is_over_is_not_called_off() -> None:
    with clock.moved_to(BEFORE):
        found = gathering(1)
        confirm(come(found, "Ada"), by=ANYONE)
    with clock.moved_to(BEGINS + dt.timedelta(days=1)), pytest.raises(GatheringError) as fault:
        call_off(found, by=SYSTEM)
    assert str(fault.value) == "Diese Veranstaltung ist vorbei."


def test_an_address_that_nobody_confirmed_goes_after_a_week() -> None:
    with clock.moved_to(BEFORE):
        found = gathering(1)
        confirm(come(found, "Ada"), by=ANYONE)
        come(found, "Ben")
    for days, names in ((6, {"Ada": "confirmed", "Ben": "waiting"}), (8, {"Ada": "confirmed", "": "lapsed"})):
        with clock.moved_to(BEFORE + dt.timedelta(days=days)):
            orders.order("retention.delete", by=SYSTEM)
            work_off()
            assert standing(found) == names


def test_whoever_comes_back_too_late_finds_her_place_if_nobody_waits() -> None:
    with clock.moved_to(BEFORE):
        found = gathering(1)
        ada = come(found, "Ada")
    with clock.moved_to(BEFORE + HOLDS + MINUTE):
        assert confirm(ada, by=ANYONE).state == "confirmed"
        assert Places.objects.get(gathering=found).taken == 1


def test_the_line_is_served_before_anybody_new_even_when_no_job_ran() -> None:
    with clock.moved_to(BEFORE):
        found = gathering(1)
        come(found, "Ada")
        confirm(come(found, "Ben"), by=ANYONE)
    with clock.moved_to(BEFORE + HOLDS + MINUTE):
        come(found, "Cem")
        assert standing(found) == {"Ada": "lapsed", "Ben": "offered", "Cem": "waiting"}


def test_a_second_click_and_a_second_registration_change_nothing() -> None:
    with clock.moved_to(BEFORE):
        found = gathering(2)
        ada = come(found, "Ada")
        assert come(found, "ADA").pk == ada.pk
        assert letters("Ada") == ["registration_to_confirm"] * 2
        confirm(ada, by=ANYONE)
        confirm(ada, by=ANYONE)
        come(found, "Ada")
        assert letters("Ada")[2:] == ["registration_confirmed", "registration_again"]
        cancel(ada, by=ANYONE)
        cancel(ada, by=ANYONE)
        assert (standing(found), Places.objects.get(gathering=found).taken) == ({"Ada": "cancelled"}, 0)
        assert refusal(confirm, ada) == "Sie haben sich abgemeldet. Melden Sie sich neu an, wenn Sie doch kommen möchten."
        assert come(found, "Ada").number == 2


def test_an_old_link_does_not_make_a_second_registration() -> None:
    with clock.moved_to(BEFORE):
        found = gathering(2)
        old = come(found, "Ada")
    with clock.moved_to(BEFORE + HOLDS):
        pass_on(found)
        come(found, "Ada")
        assert refusal(confirm, old) == "Sie haben sich inzwischen neu angemeldet. Benutzen Sie den Link aus der neueren E-Mail."


def test_whose_contingent_is_full_waits_without_holding_the_others_up() -> None:
    with clock.moved_to(BEFORE):
        found = gathering(3, terms=Terms(contingents={"state_police": 1}))
        rows = [come(found, name, kind) for name, kind in (("Ada", "state_police"), ("Ben", "state_police"), ("Cem", "municipality"))]
        for row in rows:
            confirm(row, by=ANYONE)
        assert standing(found) == {"Ada": "confirmed", "Ben": "waiting", "Cem": "confirmed"}
        assert list(Places.objects.filter(gathering=found).values_list("contingent", "taken")) == [("", 2), ("state_police", 1)]
        cancel(rows[0], by=ANYONE)
        assert standing(found)["Ben"] == "offered"


def test_more_places_let_the_line_move_up_and_never_fewer_than_are_taken() -> None:
    with clock.moved_to(BEFORE):
        found = gathering(1)
        for name in ("Ada", "Ben", "Cem"):
            confirm(come(found, name), by=ANYONE)
        change_gathering(found, facts(), Room(2), by=SYSTEM)
        assert standing(found) == {"Ada": "confirmed", "Ben": "offered", "Cem": "waiting"}
        with pytest.raises(GatheringError) as fault:
            change_gathering(found, facts(), Room(1), by=SYSTEM)
        assert str(fault.value) == "Es sind schon 2 Plätze vergeben."
        with pytest.raises(GatheringError) as fault:
            change_gathering(found, facts(), Room(None), by=SYSTEM)
        assert str(fault.value) == "Es haben sich schon Menschen angemeldet."


def test_a_contingent_that_comes_later_counts_who_is_there() -> None:
    with clock.moved_to(BEFORE):
        found = gathering(5)
        for name in ("Ada", "Ben"):
            confirm(come(found, name, "state_police"), by=ANYONE)
        set_terms(found, Terms(contingents={"state_police": 2}), by=SYSTEM)
        come(found, "Cem", "state_police")
        assert standing(found) == {"Ada": "confirmed", "Ben": "confirmed", "Cem": "waiting"}
        change_gathering(found, facts(), Room(6), by=SYSTEM)
        assert Places.objects.filter(gathering=found).count() == 2
        set_terms(found, Terms(), by=SYSTEM)
        assert Places.objects.filter(gathering=found).count() == 1


@pytest.mark.parametrize("published", [False, True])
def test_outside_of_its_time_nobody_registers(*, published: bool) -> None:
    closed = "Die Anmeldung ist zurzeit nicht offen."
    found = gathering(1, published=published, terms=Terms(BEFORE), registers_until=BEGINS - dt.timedelta(days=7))
    for instant in (BEFORE - MINUTE, BEGINS - dt.timedelta(days=7), *(() if published else (BEFORE,))):
        with clock.moved_to(instant), pytest.raises(RegistrationError) as fault:
            come(found, "Ada")
        assert str(fault.value) == closed
    assert not Registration.objects.exists()


def test_where_nobody_registers_and_where_it_is_called_off() -> None:
    with clock.moved_to(BEFORE):
        found = gathering(None)
        with pytest.raises(RegistrationError) as fault:
            come(found, "Ada")
        assert str(fault.value) == "Für diese Veranstaltung meldet man sich nicht an."
        assert places_line(found) == ""
        off = gathering(1)
        ada, ben = come(off, "Ada"), come(off, "Ben")
        confirm(ada, by=ANYONE)
        confirm(ben, by=ANYONE)
        cem = come(off, "Cem")
        call_off(off, by=SYSTEM)
        assert [refusal(verb, row) for verb, row in ((cancel, ada), (cancel, ben), (confirm, cem))] == ["Diese Veranstaltung ist abgesagt."] * 3
        assert standing(off) == {"Ada": "confirmed", "Ben": "waiting", "Cem": "waiting"}


def test_when_it_is_over_nobody_changes_who_was_there() -> None:
    with clock.moved_to(BEFORE):
        found = gathering(1)
        ada, ben = come(found, "Ada"), come(found, "Ben")
        confirm(ada, by=ANYONE)
    with clock.moved_to(BEGINS + dt.timedelta(hours=7)):
        assert [refusal(verb, row) for verb, row in ((cancel, ada), (confirm, ben))] == ["Diese Veranstaltung ist vorbei."] * 2
        assert standing(found) == {"Ada": "confirmed", "Ben": "waiting"}


def test_the_database_itself_refuses_one_place_too_many() -> None:
    with clock.moved_to(BEFORE):
        found = gathering(1)
        come(found, "Ada")
    with pytest.raises(IntegrityError), transaction.atomic():
        Places.objects.filter(gathering=found).update(taken=2)


@dataclass
class _Guest:
    """A registration as the model of the test sees it."""

    row: Registration
    number: int
    state: str
    until: dt.datetime | None = None
    confirmed: bool = False


class Line(RuleBasedStateMachine):
    """Any order of registering, confirming, cancelling and waiting, beside a model that is as simple as the rules."""

    capacity = 2

    def __init__(self) -> None:
        """Begin with an empty gathering."""
        super().__init__()
        self.now = BEFORE
        self.guests: list[_Guest] = []
        self.numbers = 0
        with clock.moved_to(self.now):
            self.gathering = gathering(self.capacity)

    def _taken(self) -> int:
        return sum(guest.state in {"held", "confirmed", "offered"} for guest in self.guests)

    def _settle(self, at_once: _Guest | None = None) -> None:
        """Let what is overdue lapse, then serve the line."""
        for guest in self.guests:
            if guest.until and guest.until <= self.now:
                guest.state, guest.until = "lapsed", None
        for guest in sorted(self.guests, key=lambda one: one.number):
            if guest.state == "waiting" and guest.confirmed and self._taken() < self.capacity:
                direct = guest is at_once
                guest.state, guest.until = ("confirmed", None) if direct else ("offered", self.now + ACCEPTS)

    @rule()
    def register(self) -> None:
        """Somebody new comes."""
        with clock.moved_to(self.now):
            row = come(self.gathering, f"gast{len(self.guests)}")
        self._settle()
        self.numbers += 1
        seated = self._taken() < self.capacity
        self.guests.append(_Guest(row, self.numbers, "held" if seated else "waiting", self.now + HOLDS if seated else None))

    @rule(which=st.integers(0, 30))
    def confirm(self, which: int) -> None:
        """One of them confirms."""
        if not self.guests:
            return
        guest = self.guests[which % len(self.guests)]
        with clock.moved_to(self.now):
            self._settle()
            if guest.state == "cancelled":
                assert refusal(confirm, guest.row)
                return
            confirm(guest.row, by=ANYONE)
        if guest.state == "confirmed" or (guest.state == "waiting" and guest.confirmed):
            return
        if guest.state == "lapsed":
            self.numbers += 1
            guest.number, guest.state = self.numbers, "waiting"
        guest.confirmed = True
        if guest.state != "waiting":
            guest.state, guest.until = "confirmed", None
        self._settle(guest)

    @rule(which=st.integers(0, 30))
    def cancel(self, which: int) -> None:
        """One of them cancels."""
        if not self.guests:
            return
        guest = self.guests[which % len(self.guests)]
        with clock.moved_to(self.now):
            cancel(guest.row, by=ANYONE)
        self._settle()
        if guest.state not in {"cancelled", "lapsed"}:
            guest.state, guest.until = "cancelled", None
        self._settle()

    @rule(minutes=st.sampled_from([1, 29, 30, 31, 47 * 60, 48 * 60]))
    def wait(self, minutes: int) -> None:
        """Time goes by, and the job runs."""
        self.now += minutes * MINUTE
        with clock.moved_to(self.now):
            pass_on(self.gathering)
        self._settle()

    @invariant()
    def the_same(self) -> None:
        """Everybody stands where the model says, and the counter counts right."""
        found = {row.pk: (row.number, row.state) for row in Registration.objects.filter(gathering=self.gathering)}
        assert found == {guest.row.pk: (guest.number, guest.state) for guest in self.guests}
        whole = Places.objects.get(gathering=self.gathering)
        assert (whole.taken, whole.last_number) == (self._taken(), self.numbers)
        assert whole.taken <= self.capacity


Line.TestCase.settings = settings(max_examples=20, stateful_step_count=25, suppress_health_check=list(HealthCheck))


def test_whatever_happens_everybody_stands_where_the_rules_say() -> None:
    run_state_machine_as_test(Line)
