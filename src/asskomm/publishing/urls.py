# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the room."""

from django.urls import path

from asskomm.publishing.interfaces import pages

app_name = "publishing"
urlpatterns = [
    path("", pages.home, name="home"),
    path("kennzahlen/", pages.figures, name="figures"),
    path("kennzahlen/<slug:key>/", pages.figure, name="figure"),
]
