# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the room."""

from django.urls import path

from asskomm.library.interfaces import pages

app_name = "library"
urlpatterns = [
    path("themen/", pages.fields, name="fields"),
    path("themen/<slug:key>/", pages.field, name="field"),
]
