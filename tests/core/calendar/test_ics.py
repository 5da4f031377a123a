# SPDX-License-Identifier: EUPL-1.2
"""Dates as other calendars read them, over the days on which clocks change."""

import datetime as dt
from typing import Any

import pytest
from icalendar import Calendar

from asskomm.core.calendar import Entry
from asskomm.core.calendar.ics import answer_with, write_calendar
from asskomm.core.clock import BERLIN, clock


def read_back(*entries: Entry) -> list[Any]:
    return Calendar.from_ical(write_calendar(entries, "Termine")).events


def instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-29T01:00", "2026-03-29T04:00", 2),  # an hour is skipped
        ("2026-10-25T01:00", "2026-10-25T04:00", 4),  # an hour comes twice
        ("2026-07-01T09:00", "2026-07-01T10:00", 1),
    ],
)
def test_the_hour_on_the_wall_and_the_length_are_right_when_clocks_change(start: str, end: str, hours: int) -> None:
    (event,) = read_back(Entry("a", "Dialog", instant(start), instant(end)))
    assert [event.start.strftime("%Y-%m-%dT%H:%M"), event.end.strftime("%Y-%m-%dT%H:%M")] == [start, end]
    assert event.end.astimezone(dt.UTC) - event.start.astimezone(dt.UTC) == dt.timedelta(hours=hours)


def test_an_instant_of_another_zone_stands_in_berlin_time_with_its_zone_in_the_file() -> None:
    text = write_calendar([Entry("a", "Dialog", dt.datetime(2026, 1, 7, 9, tzinfo=dt.UTC))], "Termine").decode()
    assert "DTSTART;TZID=Europe/Berlin:20260107T100000" in text
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "TZOFFSETTO:+0200" in text


def test_a_whole_day_stays_a_day_and_makes_nobody_busy() -> None:
    one, several = read_back(Entry("a", "Frist", dt.date(2026, 3, 29)), Entry("b", "Klausur", dt.date(2026, 3, 28), dt.date(2026, 3, 29)))
    assert [(e["DTSTART"].dt, e["DTEND"].dt, str(e["TRANSP"])) for e in (one, several)] == [
        (dt.date(2026, 3, 29), dt.date(2026, 3, 30), "TRANSPARENT"),
        (dt.date(2026, 3, 28), dt.date(2026, 3, 30), "TRANSPARENT"),
    ]


def test_all_that_is_known_of_a_date_is_read_back() -> None:
    title = "Sitzung; Präventionsrat, „Görlitz“\\neu"
    (event,) = read_back(Entry("s:1", title, instant("2026-05-01T10:00"), path="/x/?a=1&b=2", place="Rathaus, Zimmer 2", text="Zeile 1\nZeile 2"))
    assert (str(event["SUMMARY"]), str(event["LOCATION"]), str(event["DESCRIPTION"])) == (title, "Rathaus, Zimmer 2", "Zeile 1\nZeile 2")
    assert (str(event["URL"]), str(event["UID"])) == ("http://localhost:8000/x/?a=1&b=2", "s:1@localhost")


def test_what_is_called_off_is_struck_out_and_makes_nobody_busy() -> None:
    start, end = instant("2026-05-01T10:00"), instant("2026-05-01T12:00")
    (before,), (after,) = read_back(Entry("s:1", "Dialog", start, end)), read_back(Entry("s:1", "Dialog", start, end, called_off=True))
    assert [before.get(key) for key in ("STATUS", "SEQUENCE", "TRANSP")] == [None, None, None]
    assert [str(after[key]) for key in ("STATUS", "SEQUENCE", "TRANSP", "SUMMARY")] == ["CANCELLED", "1", "TRANSPARENT", "Abgesagt: Dialog"]
    assert (after["UID"], after.start, after.end) == (before["UID"], start, end)


def test_lines_are_short_enough_and_the_same_state_gives_the_same_bytes() -> None:
    entry = Entry("a", "ä" * 200, dt.date(2026, 3, 29))
    with clock.moved_to(instant("2026-01-01T08:00")):
        early = write_calendar([entry], "Termine")
    with clock.moved_to(instant("2026-01-01T20:00")):
        assert write_calendar([entry], "Termine") == early
    assert max(len(line) for line in early.split(b"\r\n")) <= 75


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (dt.datetime(2026, 1, 1, 8), None, "an instant needs its time zone"),  # noqa: DTZ001 -- the fault
        (dt.date(2026, 1, 1), dt.datetime(2026, 1, 1, 8, tzinfo=BERLIN), "a day and an instant do not mix"),
        (dt.date(2026, 1, 2), dt.date(2026, 1, 1), "it ends before it begins"),
    ],
)
def test_a_date_that_cannot_be(start: dt.date, end: dt.date | None, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Entry("a", "x", start, end)


def test_the_answer_is_a_file_for_calendars() -> None:
    response = answer_with([Entry("a", "Frist", dt.date(2026, 3, 29))], "Termine", "termin")
    assert (response["Content-Type"], response["Content-Disposition"]) == ("text/calendar; charset=utf-8", 'attachment; filename="termin.ics"')
