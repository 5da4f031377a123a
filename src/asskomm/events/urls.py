# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the room."""

from django.urls import path

from asskomm.events.interfaces import admission_pages, gathering_pages, registration_pages

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
    path("anmeldung/<slug:reference>/<slug:word>/", registration_pages.registration, name="registration"),
    path("anmeldung/<slug:reference>/<slug:word>/aendern/", registration_pages.change, name="registration_change"),
    path("anmeldung/<slug:reference>/<slug:word>/teilnehmende/", registration_pages.others, name="registration_others"),
]
