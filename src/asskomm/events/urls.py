# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the room."""

from django.urls import path

from asskomm.events.interfaces import door_pages, gathering_pages, paper_pages, registration_pages

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
    path("veranstaltungen/<slug:reference>/am-tag/", paper_pages.day, name="day"),
    path("veranstaltungen/<slug:reference>/namensschilder-<slug:key>.pdf", paper_pages.badge_sheets, name="badges"),
    path("veranstaltungen/<slug:reference>/leere-schilder-<slug:key>.pdf", paper_pages.blank_sheet, name="blank_badges"),
    path("veranstaltungen/<slug:reference>/einlassliste.pdf", paper_pages.list_for_the_door, name="door_list"),
    path("veranstaltungen/<slug:reference>/teilnahmebestaetigungen.pdf", paper_pages.certificates, name="certificates"),
    path("veranstaltungen/<slug:reference>/einlass/", door_pages.entrance, name="entrance"),
    path("veranstaltungen/<slug:reference>/einlass/abgleich/", door_pages.merge, name="entrance_merge"),
    path("veranstaltungen/<slug:reference>/einlass/dienst.js", door_pages.worker, name="entrance_worker"),
    path("veranstaltungen/<slug:reference>/einlass/app.webmanifest", door_pages.manifest, name="entrance_manifest"),
    path("veranstaltungen/<slug:reference>/einlass/gast/", door_pages.guest, name="entrance_guest"),
    path("veranstaltungen/<slug:reference>/einlass-links/", door_pages.passes, name="door_passes"),
    path("veranstaltungen/<slug:reference>/einlass-links/<slug:door_pass>/zuruecknehmen/", door_pages.revoke, name="revoke_door_pass"),
    path("einlass/<slug:reference>/<slug:word>/", door_pages.door_pass, name="door_pass"),
    path("bestaetigung/<slug:number>/", paper_pages.verify, name="verify"),
    path("anmeldung/<slug:reference>/<slug:word>/teilnahmebestaetigung.pdf", paper_pages.certificate, name="certificate"),
    path("anmeldung/<slug:reference>/<slug:word>/", registration_pages.registration, name="registration"),
]
