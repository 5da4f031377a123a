# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the room."""

from django.urls import path

from asskomm.alliance.interfaces import contact_pages, event_pages, network_pages, unseen_pages

app_name = "alliance"
urlpatterns = [
    path("netzwerk/", network_pages.map_page, name="map"),
    path("netzwerk/tabelle/", network_pages.table_page, name="table"),
    path("netzwerk/kommunen.geojson", network_pages.export_geojson, name="geojson"),
    path("netzwerk/kommunen/<str:form>", network_pages.export_table, name="export"),
    path("netzwerk/lange-nichts-gehoert/", unseen_pages.unseen, name="unseen"),
    path("netzwerk/noch-nicht-dabei/", contact_pages.not_in_yet, name="not_in_yet"),
    path("netzwerk/noch-nicht-dabei.<str:ending>", contact_pages.export_not_in_yet, name="not_in_yet_file"),
    path("netzwerk/kontakt/<str:ags>/", contact_pages.contact, name="contact"),
    path("ereignisse/", event_pages.events, name="events"),
    path("ereignisse/neu/", event_pages.enter, name="enter"),
    path("ereignisse/<slug:reference>/", event_pages.event, name="event"),
    path("ereignisse/<slug:reference>/aendern/", event_pages.correct, name="correct"),
    path("ereignisse/<slug:reference>/bestaetigen/", event_pages.confirm, name="confirm"),
    path("ereignisse/<slug:reference>/zuruecknehmen/", event_pages.withdraw, name="withdraw"),
    path("ereignisse/<slug:reference>/wiederherstellen/", event_pages.restore, name="restore"),
]
