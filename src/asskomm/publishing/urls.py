# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the room."""

from django.urls import path

from asskomm.publishing.interfaces import handbook_pages, pages

app_name = "publishing"
urlpatterns = [
    path("", pages.home, name="home"),
    path("kennzahlen/", pages.figures, name="figures"),
    path("kennzahlen/<slug:key>/", pages.figure, name="figure"),
    path("handbuch/", handbook_pages.contents, name="handbook"),
    path("handbuch/<slug:name>/", handbook_pages.page, name="handbook_page"),
]
