# SPDX-License-Identifier: EUPL-1.2
"""Conflicts of a programme, its versions, and what changed between two of them."""

import datetime as dt
import itertools
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asskomm.core.clock import clock
from asskomm.core.visibility import SYSTEM
from asskomm.events.domain import programme as verbs
from asskomm.events.domain.programme import ProgrammeError, SessionFacts, Slot, SpeakerFacts
from asskomm.events.domain.programme_content import Part, Programme, Voice, freeze, latest_version, read, released_programme, written
from asskomm.events.domain.programme_versions import ConflictsError, draft_notes, release_programme
from asskomm.events.domain.queries.conflicts import conflicts_of
from asskomm.events.models import Gathering
from tests.events.making import BEFORE, BEGINS, gathering

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _in_may() -> object:
    with clock.moved_to(BEFORE):
        yield


def test_conflicts_are_said_on_both_sides() -> None:
    found = gathering(100)
    hall, small = verbs.add_room(found, "Saal", 200, by=SYSTEM), verbs.add_room(found, "Kammer", 12, by=SYSTEM)
    track = verbs.add_track(found, "Jugend", by=SYSTEM)
    ada = verbs.add_speaker(found, SpeakerFacts("Ada"), by=SYSTEM)
    first = verbs.add_session(found, SessionFacts("talk", "Eins", speakers=[ada], track=track), Slot(BEGINS, BEGINS + HOUR, hall), by=SYSTEM)
    second = verbs.add_session(found, SessionFacts("talk", "Zwei", speakers=[ada]), Slot(BEGINS + HOUR / 2, BEGINS + HOUR, hall), by=SYSTEM)
    third = verbs.add_session(found, SessionFacts("plenary", "Drei", track=track), Slot(BEGINS, BEGINS + HOUR / 2, small), by=SYSTEM)
    late = verbs.add_session(found, SessionFacts("break", "Ausklang"), Slot(BEGINS + 7 * HOUR, BEGINS + 8 * HOUR), by=SYSTEM)
    assert conflicts_of(found) == {
        first.reference: [
            "Gleichzeitig in derselben Themenreihe: „Drei“ um 09:30 Uhr.",
            "Der Raum ist schon belegt: „Zwei“ um 10:00 Uhr.",
            "Ada ist gleichzeitig bei „Zwei“ um 10:00 Uhr.",
        ],
        second.reference: ["Der Raum ist schon belegt: „Eins“ um 09:30 Uhr.", "Ada ist gleichzeitig bei „Eins“ um 09:30 Uhr."],
        third.reference: ["Gleichzeitig in derselben Themenreihe: „Eins“ um 09:30 Uhr.", "Der Raum hat 12 Plätze, eingeladen sind 100."],
        late.reference: ["Liegt außerhalb der Zeit der Veranstaltung."],
    }
    with pytest.raises(ConflictsError):
        release_programme(found, by=SYSTEM)
    assert release_programme(found, knowing_conflicts=True, by=SYSTEM).number == 1


def test_a_version_stays_as_it_was_and_the_next_says_what_is_different() -> None:
    found = gathering()
    with pytest.raises(ProgrammeError, match="Noch hat kein Beitrag eine Zeit"):
        release_programme(found, by=SYSTEM)
    hall = verbs.add_room(found, "Saal", 200, by=SYSTEM)
    ada, ben = (verbs.add_speaker(found, SpeakerFacts(name, f"{name}@stadt.example"), by=SYSTEM) for name in ("Ada", "Ben"))
    stays, moved, gone = (
        verbs.add_session(found, SessionFacts("talk", title, speakers=[ada]), Slot(BEGINS + HOUR * at, BEGINS + HOUR * (at + 1), hall), by=SYSTEM)
        for at, title in enumerate(("Bleibt", "Wandert", "Weg"))
    )
    assert draft_notes(found) == ""
    version = release_programme(found, by=SYSTEM)
    assert "stadt.example" not in json.dumps(version.content)
    before = freeze(found)
    assert released_programme(found) == before
    assert draft_notes(found) == ""
    verbs.change_session(stays, SessionFacts("talk", "Bleibt doch", speakers=[ben]), by=SYSTEM)
    verbs.place_session(moved, Slot(BEGINS + 3 * HOUR, BEGINS + 4 * HOUR), by=SYSTEM)
    verbs.remove_session(gone, by=SYSTEM)
    verbs.add_session(found, SessionFacts("break", "Mittag"), Slot(BEGINS + HOUR, BEGINS + 2 * HOUR), by=SYSTEM)
    verbs.add_session(found, SessionFacts("talk", "Ohne Zeit"), by=SYSTEM)
    assert released_programme(found) == before
    notes = draft_notes(found)
    assert notes.splitlines() == [
        "„Bleibt“ heißt jetzt „Bleibt doch“.",
        "Bei „Bleibt doch“ jetzt: Ben.",
        "Neu: „Mittag“, 14.09.2027, 10:30 bis 11:30 Uhr.",
        "Verlegt: „Wandert“, jetzt 14.09.2027, 12:30 bis 13:30 Uhr.",
        "Entfällt: „Weg“.",
    ]
    second = release_programme(found, notes, by=SYSTEM)
    assert (second.number, latest_version(found), second.notes) == (2, second, notes)


_PARTS = st.lists(st.tuples(st.integers(0, 8), st.integers(1, 3), st.sampled_from(["", "A", "B"]), st.sampled_from(["", "T"]), st.booleans()), max_size=6)


@given(drawn=_PARTS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_conflicts_agree_with_looking_at_every_half_hour(drawn: list[tuple[int, int, str, str, bool]]) -> None:
    found = Gathering(pk=0, starts_at=BEGINS, ends_at=BEGINS + 12 * HOUR)
    parts = tuple(
        Part(str(n), str(n), "talk", str(n), "", "", track, room, BEGINS + at * HOUR / 2, BEGINS + (at + length) * HOUR / 2, (), ("v",) if speaks else ())
        for n, (at, length, room, track, speaks) in enumerate(drawn)
    )
    programme = Programme(parts=parts, voices=(Voice("v", "v", "Ada", "", ""),))
    assert read(json.loads(json.dumps(written(programme)))) == programme
    touched = set()
    for half in range(12):
        running = [part for part in parts if part.starts_at <= BEGINS + half * HOUR / 2 < part.ends_at]
        for one, other in itertools.permutations(running, 2):
            if (one.room and one.room == other.room) or (one.track and one.track == other.track) or set(one.speakers) & set(other.speakers):
                touched.add(one.reference)
    assert conflicts_of(found, programme).keys() == touched
