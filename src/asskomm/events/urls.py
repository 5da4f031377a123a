# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the room."""

from django.urls import path

from asskomm.events.interfaces import gathering_pages, registration_pages

app_name = "events"
urlpatterns = [
    path("veranstaltungen/", gathering_pages.gatherings, name="gatherings"),
    path("veranstaltungen/neu/", gathering_pages.new, name="new"),
    path("veranstaltungen/<slug:reference>/", gathering_pages.gathering, name="gathering"),
    path("veranstaltungen/<slug:reference>/termin.ics", gathering_pages.calendar, name="calendar"),
    path("veranstaltungen/<slug:reference>/aendern/", gathering_pages.change, name="change"),
    path("veranstaltungen/<slug:reference>/veroeffentlichen/", gathering_pages.publish, name="publish"),
    path("veranstaltungen/<slug:reference>/absagen/", gathering_pages.call_off, name="call_off"),
    path("veranstaltungen/<slug:reference>/anmeldungen/", gathering_pages.participants, name="participants"),
    path("veranstaltungen/<slug:reference>/anmeldungen.<str:ending>", gathering_pages.participants_file, name="participants_file"),
    path("veranstaltungen/<slug:reference>/anmelden/", registration_pages.register, name="register"),
    path("anmeldung/<slug:reference>/<slug:word>/", registration_pages.registration, name="registration"),
]
