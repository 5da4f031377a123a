# SPDX-License-Identifier: EUPL-1.2
"""Each person comes once, whatever devices note, in whatever order they send it, and however often."""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from asskomm.core.audit.models import Entry
from asskomm.core.clock import clock
from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.events.domain.attendance import CheckInError, Note, check_in, take_back
from asskomm.events.domain.badge_codes import LENGTH, code_of, registration_with
from asskomm.events.domain.door import RegistrationError
from asskomm.events.domain.gatherings import call_off
from asskomm.events.domain.registering import cancel, confirm
from asskomm.events.domain.walk_ins import let_in_anyway, walk_in
from asskomm.events.models import Attendance, Gathering, Places, Registration
from tests.events.making import BEFORE, BEGINS, applicant, come, gathering, standing

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def guests(found: Gathering, *names: str) -> list[Registration]:
    """Let somebody register and confirm."""
    with clock.moved_to(BEFORE):
        return [confirm(come(found, name), by=ANYONE) for name in names]


def at(minute: int, key: str = "", station: str = "") -> Note:
    """Give a note of some minutes after the beginning."""
    return Note(BEGINS + minute * MINUTE, station, key)


def test_whoever_is_noted_twice_came_once_and_the_first_stays() -> None:
    (ada,) = guests(gathering(2), "Ada")
    with clock.moved_to(BEGINS + 60 * MINUTE):
        first = check_in(ada, at(5, "a", "Haupteingang"), by=ANYONE)
        again = check_in(ada, at(9, "b", "Hof"), by=ANYONE)
        assert (first.before, first.sentence, again.before, again.sentence) == (False, "Ada ist da.", True, "Ada war schon um 09:35 Uhr da.")
        check_in(ada, at(2, "c", "Hof"), by=ANYONE)
        row = Attendance.objects.get()
        assert (row.came_at, row.station) == (BEGINS + 2 * MINUTE, "Hof")
        check_in(ada, at(600), by=ANYONE)
        take_back(ada, by=SYSTEM)
        take_back(ada, by=SYSTEM)
        assert not Attendance.objects.present().exists()
        check_in(ada, at(2, "c"), by=ANYONE)  # sent once more by a device that got no answer
        assert not Attendance.objects.present().exists()
        check_in(ada, at(600), by=ANYONE)  # a clock that is fast
        assert Attendance.objects.get().came_at == BEGINS + 60 * MINUTE
    assert list(Entry.objects.filter(key=ada.reference).order_by("pk").values_list("action", flat=True))[2:] == ["confirmed", "undone", "confirmed"]


def test_whoever_has_no_place_is_shown_as_such_and_let_in_where_one_is_free() -> None:
    found = gathering(2)
    ada, ben, cem = guests(found, "Ada", "Ben", "Cem")
    with clock.moved_to(BEGINS):
        with pytest.raises(CheckInError) as fault:
            check_in(cem, at(0), by=ANYONE)
        assert str(fault.value) == "Cem: auf der Warteliste."
        with pytest.raises(RegistrationError) as full:
            let_in_anyway(cem, at(0), by=ANYONE)
        assert str(full.value) == "Es ist kein Platz frei."
        cancel(ada, by=ANYONE)
        with pytest.raises(CheckInError) as fault:
            check_in(ada, at(0), by=ANYONE)
        assert str(fault.value) == "Ada: abgemeldet."
        assert let_in_anyway(cem, at(0), by=ANYONE).sentence == "Cem ist da."
        assert let_in_anyway(cem, at(0), by=ANYONE).before is True
        with pytest.raises(RegistrationError) as inside:
            cancel(cem, by=ANYONE)
        assert str(inside.value) == "Sie sind schon eingelassen."
        assert standing(found) == {"Ada": "cancelled", "Ben": "confirmed", "Cem": "confirmed"}
        assert Places.objects.get(gathering=found).taken == 2
        call_off(found, by=SYSTEM)
        with pytest.raises(CheckInError) as fault:
            check_in(ben, at(0), by=ANYONE)
        assert str(fault.value) == "Diese Veranstaltung ist abgesagt."


def test_whoever_comes_without_being_registered_takes_a_free_place_or_is_refused() -> None:
    found = gathering(3)
    guests(found, "Ada")
    nobody = applicant("Ben")
    without = [type(nobody)(name, "", "other") for name in ("Cem", "Dana")]
    with clock.moved_to(BEGINS):
        with pytest.raises(RegistrationError) as fault:
            walk_in(found, applicant("Ada"), at(0), by=SYSTEM)
        assert str(fault.value) == "Mit dieser E-Mail-Adresse ist schon jemand angemeldet."
        for guest in without:
            assert walk_in(found, guest, at(0), by=SYSTEM).attendance.walk_in is True
        with pytest.raises(RegistrationError) as fault:
            walk_in(found, nobody, at(0), by=SYSTEM)
        assert str(fault.value) == "Es ist kein Platz frei."
    assert standing(found) == {"Ada": "confirmed", "Cem": "confirmed", "Dana": "confirmed"}
    assert list(found.registrations.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    assert (Places.objects.get(gathering=found).taken, Attendance.objects.present().count()) == (3, 2)


def test_a_code_is_short_says_nothing_and_opens_one_gathering_only() -> None:
    found, other = gathering(2), gathering(2)
    (ada,) = guests(found, "Ada")
    code = code_of(ada)
    assert (len(code), code.isalnum(), code == code.upper()) == (LENGTH, True, True)
    typed = code.lower().translate(str.maketrans("yz", "zy"))
    assert [registration_with(word, found) for word in (code, f" {code.lower()} ", typed)] == [ada] * 3
    assert [registration_with(word, found) for word in ("", "Ada", ada.reference, code[:-1] + "x", "ü" * LENGTH)] == [None] * 5
    assert registration_with(code, other) is None


@dataclass
class _Device:
    """A telephone at a door: what it noted and did not hear of yet."""

    notes: list[tuple[int, Note]] = field(default_factory=list)


class Doors(RuleBasedStateMachine):
    """Three devices note and send in any order, twice if they like, and an organiser takes back, beside a model of sets."""

    def __init__(self) -> None:
        """Begin with four guests."""
        super().__init__()
        self.rows = guests(gathering(4), "Ada", "Ben", "Cem", "Dana")
        self.devices = [_Device() for _ in range(3)]
        self.counted: list[dict[str, dt.datetime]] = [{} for _ in self.rows]
        self.gone: list[set[str]] = [set() for _ in self.rows]
        self.keys = 0

    @rule(device=st.integers(0, 2), who=st.integers(0, 3), minute=st.integers(0, 50))
    def note(self, device: int, who: int, minute: int) -> None:
        """A device notes somebody without asking anybody."""
        self.keys += 1
        self.devices[device].notes.append((who, at(minute, str(self.keys), f"Tür {device}")))

    @rule(device=st.integers(0, 2), heard=st.booleans())
    def send(self, device: int, heard: bool) -> None:  # noqa: FBT001 -- a rule has no other way to take it
        """It sends all it noted; where it hears no answer it will do so again."""
        with clock.moved_to(BEGINS + 60 * MINUTE):
            for who, note in self.devices[device].notes:
                check_in(self.rows[who], note, by=ANYONE)
                if note.key not in self.gone[who]:
                    self.counted[who][note.key] = note.at
        if heard:
            self.devices[device].notes.clear()

    @rule(who=st.integers(0, 3))
    def take_back(self, who: int) -> None:
        """An organiser takes back what is known by now."""
        take_back(self.rows[who], by=SYSTEM)
        self.gone[who] |= self.counted[who].keys()
        self.counted[who].clear()

    @invariant()
    def the_same(self) -> None:
        """The earliest note that was not taken back counts."""
        found = {row.registration_id: row.came_at for row in Attendance.objects.present().filter(registration__in=self.rows)}
        assert found == {row.pk: min(notes.values()) for row, notes in zip(self.rows, self.counted, strict=True) if notes}


Doors.TestCase.settings = settings(max_examples=12, stateful_step_count=20, suppress_health_check=list(HealthCheck))


def test_whatever_devices_send_in_whatever_order_the_result_is_the_same() -> None:
    run_state_machine_as_test(Doors)
