# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the room."""

from django.urls import path

from asskomm.territory.interfaces import pages

app_name = "territory"
urlpatterns = [
    path("kommunen/", pages.search, name="search"),
    path("kommunen/<slug:ags>/", pages.municipality, name="municipality"),
    path("landkreise/<slug:key>/", pages.district, name="district"),
    path("sachsen/", pages.state, name="state"),
]
