# SPDX-License-Identifier: EUPL-1.2
"""What was counted at the door stands on the press sheet of the same evening; what was told the public later takes its place."""

import datetime as dt

import pytest

from asskomm.core.clock import clock
from asskomm.core.visibility import ANYONE, SYSTEM
from asskomm.events.domain.attendance import Note, check_in
from asskomm.events.domain.programme import SessionFacts, Slot, SpeakerFacts, add_session, add_speaker
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.domain.registering import Applicant, confirm, register
from asskomm.publishing.domain.press import draft_sheet
from asskomm.publishing.domain.press_figures import CONFERENCE_AS_COUNTED, CONFERENCE_AS_TOLD
from asskomm.publishing.models import PressSheet
from tests.events.making import BEFORE, BEGINS, gathering
from tests.making import FRANKENBERG, GOERLITZ, event, place

pytestmark = pytest.mark.django_db
EVENING = BEGINS.replace(hour=20)


@pytest.fixture
def _held(loaded: None) -> None:
    """The conference takes place: two talks, one by the police, and three people from two municipalities."""
    with clock.moved_to(BEFORE):
        found = gathering(230, title="4. Fachtag")
        for number, background in enumerate(("state_police", "municipality")):
            speaker = add_speaker(found, SpeakerFacts(f"Kim {number}", participant_type=background), by=SYSTEM)
            slot = Slot(BEGINS + dt.timedelta(hours=number), BEGINS + dt.timedelta(hours=number + 1))
            add_session(found, SessionFacts("talk", f"Vortrag {number}", speakers=(speaker,)), slot, by=SYSTEM)
        release_programme(found, by=SYSTEM)
        people = [Applicant(f"Gast {n}", f"gast{n}@stadt.example", "municipality", place(key)) for n, key in enumerate((GOERLITZ, GOERLITZ, FRANKENBERG))]
        rows = [confirm(register(found, person, by=ANYONE), by=ANYONE) for person in people]
    with clock.moved_to(BEGINS):
        for row in rows:
            check_in(row, Note(BEGINS), by=SYSTEM)


def sheet_of_the_evening() -> PressSheet:
    return draft_sheet(dt.date(2026, 9, 14), EVENING.date(), by=SYSTEM)


def values(sheet: PressSheet) -> dict[str, float | None]:
    return {figure.key: figure.estimate.value for figure in sheet.figures.order_by("position")}


@pytest.mark.usefixtures("_held")
def test_the_sheet_of_the_evening_has_what_was_counted() -> None:
    with clock.moved_to(EVENING):
        sheet = sheet_of_the_evening()
        found = values(sheet)
        assert tuple(found)[-5:] == CONFERENCE_AS_COUNTED
        assert [found[key] for key in CONFERENCE_AS_COUNTED[:4]] == [3, 2, 2, 0.5]
        assert "Am letzten Fachtag nahmen 3 Menschen teil. Sie kamen aus 2 Kommunen. Es gab 2 Beiträge. Aus der Polizei kamen" in sheet.text
        assert sheet.figures.get(key="gathering_participants").name == "Teilnehmende am Fachtag"


@pytest.mark.usefixtures("_held")
def test_what_was_told_the_public_takes_its_place() -> None:
    with clock.moved_to(EVENING):
        event("conference_held", "2027-09-14", measures=(("participants", 230),))
        found = values(sheet_of_the_evening())
        assert (tuple(found)[-4:], found["conference_participants"]) == (CONFERENCE_AS_TOLD, 230)


def test_an_older_conference_that_was_counted_does_not_hide_the_newer_one_that_was_told(loaded: None) -> None:
    with clock.moved_to(EVENING):
        event("conference_held", "2027-09-13", measures=(("participants", 230),))
        assert tuple(values(sheet_of_the_evening()))[-4:] == CONFERENCE_AS_TOLD
