# SPDX-License-Identifier: EUPL-1.2
"""Dates as iCalendar (RFC 5545): one to take along, or all of them to subscribe to."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from asskomm.core.calendar.entry import Entry
from asskomm.core.clock import BERLIN, clock

TYPE = "text/calendar; charset=utf-8"
ASKED_EACH = dt.timedelta(hours=6)
"""How often a calendar that subscribes is asked to look again."""
_CALLED_OFF = 1
"""The revision of what is called off (RFC 5545, 3.8.7.4): more than the 0 of what takes place, and the last one, because nobody takes it back."""


def write_calendar(entries: Iterable[Entry], name: str) -> bytes:
    """Write dates as a calendar with its time zone; instants stand in Berlin's time, so that they stay at their hour when the clocks change."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    for key, value in {"PRODID": "-//ASSKomm//DE", "VERSION": "2.0", "X-WR-CALNAME": name, "X-WR-TIMEZONE": "Europe/Berlin"}.items():
        calendar.add(key, value)
    calendar.refresh_interval = ASKED_EACH
    for entry in entries:
        event = Event.new(summary=_title(entry), uid=_name(entry), stamp=dt.datetime.combine(clock.today(), dt.time(), dt.UTC), start=_start(entry))
        if (end := _end(entry)) is not None:
            event.end = end
        for key, value in {"LOCATION": entry.place, "DESCRIPTION": entry.text, "URL": settings.SITE_URL + entry.path if entry.path else ""}.items():
            if value:
                event.add(key, value)
        if entry.whole_day or entry.called_off:
            event.add("TRANSP", "TRANSPARENT")  # neither a deadline nor what is called off makes anybody busy
        if entry.called_off:
            event.add("STATUS", "CANCELLED")
            event.add("SEQUENCE", _CALLED_OFF)
        calendar.add_component(event)
    calendar.add_missing_timezones(first_date=dt.date(2020, 1, 1))
    written: bytes = calendar.to_ical()
    return written


def answer_with(entries: Iterable[Entry], name: str, file_name: str) -> HttpResponse:
    """Answer with a calendar; a browser hands it to whatever keeps dates on the device."""
    response = HttpResponse(write_calendar(entries, name), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{file_name}.ics"'
    return response


def _name(entry: Entry) -> str:
    return f"{entry.key}@{settings.SITE_URL.partition('://')[2].partition(':')[0]}"


def _title(entry: Entry) -> str:
    """Give the title; of what is called off it says so, because Outlook does not look at the status of a file."""
    return _("Abgesagt: %(title)s") % {"title": entry.title} if entry.called_off else entry.title


def _start(entry: Entry) -> dt.date:
    return entry.start.astimezone(BERLIN) if isinstance(entry.start, dt.datetime) else entry.start


def _end(entry: Entry) -> dt.date | None:
    if isinstance(entry.end, dt.datetime):
        return entry.end.astimezone(BERLIN)
    if isinstance(entry.start, dt.datetime):
        return None
    return (entry.end or entry.start) + dt.timedelta(days=1)  # RFC 5545: the day on which it is over
