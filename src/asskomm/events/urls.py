# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the room."""

from django.urls import path

from asskomm.events.interfaces import admission_pages, gathering_pages, programme_pages, registration_pages, released_pages

app_name = "events"
urlpatterns = [
    path("veranstaltungen/", gathering_pages.gatherings, name="gatherings"),
    path("veranstaltungen/neu/", gathering_pages.new, name="new"),
    path("veranstaltungen/<slug:reference>/", gathering_pages.gathering, name="gathering"),
    path("veranstaltungen/<slug:reference>/termin.ics", gathering_pages.calendar, name="calendar"),
    path("veranstaltungen/<slug:reference>/aendern/", gathering_pages.change, name="change"),
    path("veranstaltungen/<slug:reference>/veroeffentlichen/", gathering_pages.publish, name="publish"),
    path("veranstaltungen/<slug:reference>/absagen/", gathering_pages.call_off, name="call_off"),
    path("veranstaltungen/<slug:reference>/anmeldungen/", admission_pages.participants, name="participants"),
    path("veranstaltungen/<slug:reference>/anmeldungen.<str:ending>", admission_pages.participants_file, name="participants_file"),
    path("veranstaltungen/<slug:reference>/anmeldungen/neu/", admission_pages.enrol, name="enrol"),
    path("veranstaltungen/<slug:reference>/anmeldungen/<int:number>/<slug:decision>/", admission_pages.decide, name="decide"),
    path("veranstaltungen/<slug:reference>/anmeldung-einrichten/", admission_pages.terms, name="terms"),
    path("veranstaltungen/<slug:reference>/bedarf/", admission_pages.needs, name="needs"),
    path("veranstaltungen/<slug:reference>/anmelden/", registration_pages.register, name="register"),
    path("veranstaltungen/<slug:reference>/programm/", released_pages.programme, name="programme"),
    path("veranstaltungen/<slug:reference>/programm/programm.ics", released_pages.programme_calendar, name="programme_calendar"),
    path("veranstaltungen/<slug:reference>/programm/schedule.xml", released_pages.xml, name="schedule_xml"),
    path("veranstaltungen/<slug:reference>/programm/schedule.json", released_pages.json, name="schedule_json"),
    path("veranstaltungen/<slug:reference>/programm/beitrag/<slug:session>/", released_pages.session, name="session"),
    path("veranstaltungen/<slug:reference>/programm/beitrag/<slug:session>/termin.ics", released_pages.session_calendar, name="session_calendar"),
    path("veranstaltungen/<slug:reference>/programm/mitwirkende/<slug:speaker>/", released_pages.speaker, name="speaker"),
    path("veranstaltungen/<slug:reference>/programm/mitwirkende/<slug:speaker>/termine.ics", released_pages.speaker_calendar, name="speaker_calendar"),
    path("veranstaltungen/<slug:reference>/programm/bearbeiten/", programme_pages.programme_change, name="programme_change"),
    path("veranstaltungen/<slug:reference>/programm/bearbeiten/raum/", programme_pages.room_new, name="room_new"),
    path("veranstaltungen/<slug:reference>/programm/bearbeiten/themenreihe/", programme_pages.track_new, name="track_new"),
    path("veranstaltungen/<slug:reference>/programm/bearbeiten/mitwirkende/", programme_pages.speaker_new, name="speaker_new"),
    path("veranstaltungen/<slug:reference>/programm/bearbeiten/mitwirkende/<slug:speaker>/", programme_pages.speaker_change, name="speaker_change"),
    path("veranstaltungen/<slug:reference>/programm/bearbeiten/beitrag/", programme_pages.session_new, name="session_new"),
    path("veranstaltungen/<slug:reference>/programm/bearbeiten/beitrag/<slug:session>/", programme_pages.session_change, name="session_change"),
    path("veranstaltungen/<slug:reference>/programm/bearbeiten/beitrag/<slug:session>/platz/", programme_pages.session_place, name="session_place"),
    path("veranstaltungen/<slug:reference>/programm/bearbeiten/beitrag/<slug:session>/entfernen/", programme_pages.session_remove, name="session_remove"),
    path("veranstaltungen/<slug:reference>/programm/veroeffentlichen/", programme_pages.programme_release, name="programme_release"),
    path("anmeldung/<slug:reference>/<slug:word>/", registration_pages.registration, name="registration"),
    path("anmeldung/<slug:reference>/<slug:word>/aendern/", registration_pages.change, name="registration_change"),
    path("anmeldung/<slug:reference>/<slug:word>/teilnehmende/", registration_pages.others, name="registration_others"),
]
