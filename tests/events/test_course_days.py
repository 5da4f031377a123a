# SPDX-License-Identifier: EUPL-1.2
"""A course of several days: each day is checked in once, and the certificate says on how many somebody was there and for how many hours."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from asskomm.core.clock import clock
from asskomm.core.visibility import ANYONE, SYSTEM, Principal
from asskomm.events.domain.attendance import Note, check_in, take_back
from asskomm.events.domain.certificates import issue
from asskomm.events.domain.days import days_of, hours_of, share_of
from asskomm.events.domain.letters import path_of
from asskomm.events.domain.programme import SessionFacts, Slot, add_session
from asskomm.events.domain.programme_versions import release_programme
from asskomm.events.domain.queries.arriving import came_at, expected_at, turnout_by_type, turnout_of
from asskomm.events.models import Attendance, Certificate, Gathering, Registration
from tests.core.documents.samples import faults, pages
from tests.events.making import BEFORE, BEGINS, confirmed, gathering
from tests.reading import said

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Principal]
DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def found() -> Gathering:
    """A course on three days from half past nine to half past four."""
    with clock.moved_to(BEFORE):
        return gathering(9, kind="course", title="Grundlagen der Prävention", ends_at=BEGINS + 2 * DAY + dt.timedelta(hours=7))


@pytest.fixture
def ada(found: Gathering) -> Registration:
    """Somebody who comes, and Ben who does not."""
    with clock.moved_to(BEFORE):
        return confirmed(found, "Ada", "Ben")[0]


def came(row: Registration, day: int, minutes: int = 0, key: str = "") -> str:
    """Let her in on a day, and give what the person at the door reads."""
    at = BEGINS + day * DAY + minutes * MINUTE
    with clock.moved_to(max(at, clock.now())):
        return check_in(row, Note(at, "Hof", key), by=SYSTEM).sentence


def at_door(found: Gathering) -> tuple[str, list[str]]:
    """Give how many are there today, and since when."""
    return turnout_of(found).line, [came_at(row) for row in expected_at(found)]


def test_each_day_is_checked_in_once(found: Gathering, ada: Registration) -> None:
    with clock.moved_to(BEGINS):
        assert [came(ada, 0, 5), came(ada, 0, 9)] == ["Ada ist da.", "Ada war schon um 09:35 Uhr da."]
        assert at_door(found) == ("1 von 2 da", ["09:35", ""])
    with clock.moved_to(BEGINS + 2 * DAY):
        assert at_door(found) == ("0 von 2 da", ["", ""])
        assert [came(ada, 2, 0, "late"), came(ada, 2, 0, "late"), came(ada, 0, 2)] == [
            "Ada ist da.",
            "Ada war schon um 09:30 Uhr da.",
            "Ada war schon um 09:35 Uhr da.",
        ]
        assert at_door(found) == ("1 von 2 da", ["09:30", ""])
        take_back(ada, by=SYSTEM)
        take_back(ada, by=SYSTEM)
        row = Attendance.objects.get()
        assert (list(row.days), row.came_at, at_door(found)[0]) == (["2027-09-14"], BEGINS + 2 * MINUTE, "0 von 2 da")
        came(ada, 2, 20)
    with clock.moved_to(found.ends_at):
        assert turnout_of(found).line == "1 von 2 da"
        assert [type_.turnout.line for type_ in turnout_by_type(found)] == ["1 von 2 da"]
        assert share_of(Registration.objects.get(pk=ada.pk)).days == [BEGINS.date(), (BEGINS + 2 * DAY).date()]


def test_the_certificate_says_days_and_hours(client: Client, found: Gathering, ada: Registration) -> None:
    with clock.moved_to(BEGINS):
        for day in (0, 2):
            came(ada, day)
    with clock.moved_to(found.ends_at + DAY):
        paper = client.get(f"{path_of(ada)}teilnahmebestaetigung.pdf").content
        text = pages(paper)[0]
        assert [words in text for words in ("(Fortbildung)", "an 2 von 3 Tagen: 14.09.2027, 16.09.2027", "Umfang 14 Stunden")] == [True] * 3
        assert faults(paper) == []
        number = issue(Registration.objects.get(pk=ada.pk), by=ANYONE)
        page = said(client.get(f"/bestaetigung/{number}/").content.decode())
        assert "Teilgenommen an 2 von 3 Tagen Dauer 14 Stunden" in page
        came(ada, 1, 0, "sent after the first paper")
        assert issue(Registration.objects.get(pk=ada.pk), by=ANYONE) == number
        row = Certificate.objects.get()
        assert (row.days, row.hours) == (3, 21.0)


def test_hours_follow_the_programme_where_it_is_released(found: Gathering) -> None:
    def session(day: int, hour: int, hours: int) -> None:
        begin = BEGINS + day * DAY + dt.timedelta(hours=hour)
        add_session(found, SessionFacts("workshop", f"Tag {day}, {hour}"), Slot(begin, begin + dt.timedelta(hours=hours)), by=SYSTEM)

    with clock.moved_to(BEFORE):
        session(0, 0, 2)
        session(0, 3, 2)
        session(1, 0, 3)
        assert str(hours_of(found)) == "21"
        release_programme(found, by=SYSTEM)
    assert [str(hours_of(found, [(BEGINS + day * DAY).date()])) for day in range(3)] == ["5", "3", "7"]
    assert str(hours_of(found)) == "15"


@pytest.mark.parametrize(
    ("begins", "hours", "days", "lasted"),
    [(0, 7, 1, "7"), (9, 7, 1, "None"), (0, 26.5, 2, "5"), (6, 20, 2, "None")],
)
def test_an_evening_that_goes_on_after_midnight_is_one_day(begins: int, hours: float, days: int, lasted: str) -> None:
    begin = BEGINS + dt.timedelta(hours=begins)
    found = Gathering(starts_at=begin, ends_at=begin + dt.timedelta(hours=hours))
    with clock.moved_to(BEFORE):
        saved = gathering(None, starts_at=found.starts_at, ends_at=found.ends_at)
    assert (len(days_of(saved)), str(hours_of(saved))) == (days, lasted)


def test_rows_from_before_there_were_days_still_count(found: Gathering, ada: Registration) -> None:
    Attendance.objects.create(registration=ada, came_at=BEGINS, noted_at=BEGINS)
    with clock.moved_to(BEGINS + DAY):
        assert came(ada, 1) == "Ada ist da."
    assert list(Attendance.objects.get().days) == ["2027-09-14", "2027-09-15"]
    assert str(share_of(Registration.objects.get(pk=ada.pk)).hours) == "14"
